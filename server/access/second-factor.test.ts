import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPerson } from '../demo/organisation.ts'
import type { Account } from '../org/protocol.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { testServer, type TestServer } from '../testing.ts'
import { base32, codeOf, stepAt, stepOf, STEP_SECONDS } from './one-time-code.ts'
import { TRIES_BEFORE_PAUSE } from './tries.ts'

/** Signing in by password with a code of an authenticator app: set up, asked for, used once, limited, reset. */

const WHO = 'zhang-wei'
const { login, password } = demoPerson(WHO)

let server: TestServer

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

interface Answered {
  readonly status: number
  readonly code?: string
  readonly token?: string
}

/** As somebody who is not signed in. */
async function signIn(code?: string, key?: string): Promise<Answered> {
  const answer = await server.app.inject({
    ...{ method: 'POST', url: '/api/session' },
    headers: key === undefined ? {} : { 'idempotency-key': key },
    payload: { login, password, ...(code === undefined ? {} : { code }) },
  })
  return { status: answer.statusCode, ...answer.json<{ code?: string; token?: string }>() }
}

async function does<T>(person: string, url: string, payload: object, status = 200, key?: string): Promise<T> {
  const answer = await server.as(person, { method: 'POST', url, payload, ...(key === undefined ? {} : { key }) })
  expect(answer.statusCode, answer.body).toBe(status)
  return (answer.body === '' ? null : answer.json()) as T
}

/** RFC 4648, for the app that a phone has. */
function bytesOf(text: string): Buffer {
  const bits = [...text]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** What the phone shows; `ahead` steps later than now. */
const shown = (secret: string, ahead = 0): string => codeOf(bytesOf(secret), stepAt(Date.now()) + ahead)

/** Lets every code be taken again, and forgets wrong tries, as time would. */
async function wait(): Promise<void> {
  await sql`update second_factors set last_step = 0, last_cause = null`.execute(server.database.ownerDb)
  await sql`delete from sign_in_tries`.execute(server.database.ownerDb)
}

async function faults(): Promise<readonly unknown[]> {
  const { key, installation } = server.keys
  const folder = checkpointFolderOf(server.keys)
  const report = await verifyStore({ db: server.database.ownerDb, modules: server.modules, folder, key, installation })
  return report.faults
}

describe('codes', () => {
  it('are those of RFC 6238', () => {
    const secret = Buffer.from('12345678901234567890', 'ascii')
    const known = {
      59: '287082',
      1111111109: '081804',
      1111111111: '050471',
      1234567890: '005924',
      2000000000: '279037',
      20000000000: '353130',
    }
    for (const [seconds, code] of Object.entries(known))
      expect(codeOf(secret, stepAt(Number(seconds) * 1_000))).toBe(code)
  })

  it('are good for the step before and the one behind, and no longer', () => {
    const secret = Buffer.alloc(20, 7)
    const at_ms = 1_700_000_000_000
    const code = codeOf(secret, stepAt(at_ms))
    const good = [-2, -1, 0, 1, 2].map((steps) => stepOf(secret, code, at_ms + steps * STEP_SECONDS * 1_000) !== null)
    expect(good).toEqual([false, true, true, true, false])
  })

  it('come from a secret that is written in base32 (RFC 4648)', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
    expect(bytesOf('MZXW6YTBOI').toString()).toBe('foobar')
  })
})

describe('a person with an app', () => {
  let secret: string
  let recovery: string[]

  it('sets it up with his password; nothing changes before the first code, and a request sent again shows the same', async () => {
    const url = '/api/session/second-factor'
    expect((await server.as(WHO, { url })).json()).toEqual({ since: null, recoveryLeft: 0 })
    const wrong = await server.as(WHO, { method: 'POST', url, payload: { password: 'not my password' } })
    expect(wrong.json<{ code: string }>().code).toBe('access.wrong-secret')
    const begun = await does<{ secret: string; address: string; qr: string }>(WHO, url, { password }, 200, 'begin')
    secret = begun.secret
    expect(begun.address).toMatch(new RegExp(`^otpauth://totp/.*${login}\\?secret=${secret}&issuer=`))
    expect(begun.qr).toContain('<svg')
    expect(await does(WHO, url, { password }, 200, 'begin')).toEqual(begun)
    expect((await signIn()).status).toBe(200)
    const bad = await server.as(WHO, { method: 'POST', url: `${url}/confirm`, payload: { code: '000000' } })
    expect(bad.json<{ code: string }>().code).toBe('access.wrong-code')
    const confirmed = await does<{ recovery: string[] }>(WHO, `${url}/confirm`, { code: shown(secret) }, 200, 'confirm')
    recovery = confirmed.recovery
    expect(new Set(recovery).size).toBe(10)
    const { rows } = await sql<{ text: string }>`select s::text as text from second_factors s`.execute(
      server.database.ownerDb,
    )
    expect(rows).toHaveLength(1)
    for (const form of [secret, bytesOf(secret).toString('hex'), recovery[0] ?? ''])
      expect(rows[0]?.text).not.toContain(form)
    const again = await server.as(WHO, { url })
    expect(again.json()).toEqual({ since: expect.any(String) as string, recoveryLeft: 10 })
  })

  it('is asked for a code, which opens once; the same request again is the same opening', async () => {
    await wait()
    expect(await signIn()).toMatchObject({ status: 401, code: 'access.code-needed' })
    const code = shown(secret)
    const [first, again] = [await signIn(code, 'desk-1'), await signIn(code, 'desk-1')]
    expect(first.status).toBe(200)
    expect(again.token).toBe(first.token)
    expect(await signIn(code)).toMatchObject({ status: 401, code: 'access.code-used' })
    expect((await signIn(shown(secret, 1))).status).toBe(200)
  })

  it('of two at once with one code, one gets in', async () => {
    await wait()
    const code = shown(secret)
    const both = await Promise.all([signIn(code), signIn(code)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it('comes in by a recovery code once, whatever its spaces and letters', async () => {
    await wait()
    const [one = '', other = ''] = recovery
    expect((await signIn(` ${one.toLowerCase().replace('-', ' ')} `)).status).toBe(200)
    expect(await signIn(one)).toMatchObject({ status: 401, code: 'access.code-used' })
    expect((await signIn(other)).status).toBe(200)
    expect((await server.as(WHO, { url: '/api/session/second-factor' })).json()).toMatchObject({ recoveryLeft: 8 })
  })

  it('guesses at a code are limited as those at a password are; that none was given is no guess', async () => {
    await wait()
    for (let nth = 0; nth < TRIES_BEFORE_PAUSE; nth += 1) expect((await signIn()).code).toBe('access.code-needed')
    const guesses: (string | undefined)[] = []
    for (let nth = 0; nth <= TRIES_BEFORE_PAUSE; nth += 1) guesses.push((await signIn('000000')).code)
    expect(guesses.slice(0, -2)).toEqual(Array(TRIES_BEFORE_PAUSE - 1).fill('access.wrong-code'))
    expect(guesses.slice(-2)).toEqual(['access.locked-out', 'access.locked-out'])
    expect((await signIn(shown(secret))).code).toBe('access.locked-out')
    await wait()
  })

  it('signs in by badge and PIN as before: those are two factors', async () => {
    const { badge, pin } = demoPerson(WHO)
    const answer = await server.app.inject({ method: 'POST', url: '/api/session', payload: { badge, pin } })
    expect(answer.statusCode).toBe(200)
  })

  it('sets up another app with a code of this one alone', async () => {
    await wait()
    const url = '/api/session/second-factor'
    const without = await server.as(WHO, { method: 'POST', url, payload: { password } })
    expect(without.json<{ code: string }>().code).toBe('access.code-needed')
    const asked = { password, code: shown(secret) }
    const begun = await does<{ secret: string }>(WHO, url, asked, 200, 'another-app')
    // The answer was lost: the same request shows the same, and the code is of no use to any other.
    expect(await does(WHO, url, asked, 200, 'another-app')).toEqual(begun)
    await does(WHO, url, asked, 401, 'a-third-app')
    expect(await signIn(asked.code, 'another-app')).toMatchObject({ status: 401, code: 'access.code-used' })
    await does(WHO, `${url}/confirm`, { code: shown(begun.secret) })
    await wait()
    expect(await signIn(shown(secret))).toMatchObject({ code: 'access.wrong-code' })
    secret = begun.secret
    expect((await signIn(shown(secret))).status).toBe(200)
  })

  it('who lost it is let in by the security administrator, with a reason that stands beside the register', async () => {
    const url = `/api/people/${WHO}/second-factor/reset`
    const reason = { reason: '手机遗失，已当面核实' }
    for (const person of ['xu-system', 'ji-audit', 'zhou-ping'])
      expect(await does(person, url, reason, 403)).toMatchObject({ code: 'access.no-post' })
    expect(await does('an-security', url, { reason: '' }, 400)).toMatchObject({ code: 'request.invalid' })
    const open = (await signInAfresh()).token ?? ''
    await does('an-security', url, reason, 204)
    const ended = await server.app.inject({ url: '/api/session', headers: { authorization: `Bearer ${open}` } })
    expect(ended.statusCode).toBe(401)
    expect((await signIn()).status).toBe(200)
    expect(await does('an-security', url, reason, 409)).toMatchObject({ code: 'org.no-second-factor' })
    expect(await does('an-security', '/api/people/an-security/second-factor/reset', reason, 403)).toMatchObject({
      code: 'org.own-second-factor',
    })
    const { accounts } = (await server.as('an-security', { url: '/api/accounts' })).json<{ accounts: Account[] }>()
    expect(accounts.find(({ id }) => id === WHO)?.secondFactor).toBeNull()
    const { rows } = await sql<{ text: string }>`select text from entries where type like 'org.second-factor%'`.execute(
      server.database.ownerDb,
    )
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toContain('手机遗失')
    expect(await faults()).toEqual([])
  })

  async function signInAfresh(): Promise<Answered> {
    await wait()
    return signIn(shown(secret))
  }
})

describe('a post that asks for an app', () => {
  const POLICY = '/api/sign-in-policy'
  const clerk = demoPerson('zheng-kai')
  let keys = 0
  const asClerk = async (token: string, url: string, payload?: object) =>
    server.app.inject({
      ...{ method: payload === undefined ? 'GET' : 'POST', url },
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': `clerk-${(keys += 1)}` },
      ...(payload === undefined ? {} : { payload }),
    })
  const come = async (credentials: object) => {
    const answer = await server.app.inject({ method: 'POST', url: '/api/session', payload: credentials })
    return answer.json<{ token: string; person: { mustChange: string | null } }>()
  }
  const byPassword = { login: clerk.login, password: clerk.password }
  const require = (posts: readonly string[]) =>
    server.as('an-security', { method: 'PUT', url: POLICY, payload: { secondFactor: posts } })

  it('asks for none until the security administrator decides, and nobody else does', async () => {
    expect((await server.as('an-security', { url: POLICY })).json()).toEqual({ secondFactor: [] })
    expect((await come(byPassword)).person.mustChange).toBeNull()
    for (const person of ['xu-system', 'ji-audit', 'zhou-ping'])
      expect((await server.as(person, { method: 'PUT', url: POLICY, payload: { secondFactor: [] } })).statusCode).toBe(
        403,
      )
  })

  it('leaves who has none nothing but to set one up, also where he is signed in already; by badge he works on', async () => {
    const before = await come(byPassword)
    const decided = await require(['clerk'])
    expect(decided.statusCode, decided.body).toBe(200)
    const badge = await come({ badge: clerk.badge, pin: clerk.pin })
    expect(badge.person.mustChange).toBeNull()
    expect((await asClerk(badge.token, '/api/people')).statusCode).toBe(200)
    const { token, person } = await come(byPassword)
    expect(person.mustChange).toBe('second-factor')
    for (const one of [before.token, token]) {
      const refused = await asClerk(one, '/api/people')
      expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'access.must-set-up'])
    }
    const url = '/api/session/second-factor'
    const begun = await asClerk(token, url, { password: clerk.password })
    expect(begun.statusCode, begun.body).toBe(200)
    const { secret } = begun.json<{ secret: string }>()
    const confirmed = await asClerk(token, `${url}/confirm`, { code: shown(secret) })
    expect(confirmed.statusCode, confirmed.body).toBe(200)
    expect((await asClerk(token, '/api/people')).statusCode).toBe(200)
    expect((await server.as('an-security', { url: POLICY })).json()).toEqual({ secondFactor: ['clerk'] })
  })

  it('is lifted as it was made, stands in the register, and is found again by its replay', async () => {
    await server.deps.act(
      { person: 'system' },
      { type: 'org.reset-second-factor', person: 'zheng-kai', reason: '手机遗失' },
      { cause: 'lost' },
    )
    await sql`delete from second_factors where person = 'zheng-kai'`.execute(server.database.ownerDb)
    expect((await come(byPassword)).person.mustChange).toBe('second-factor')
    expect((await require([])).statusCode).toBe(200)
    expect((await come(byPassword)).person.mustChange).toBeNull()
    expect(await faults()).toEqual([])
  })
})
