import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoPerson } from '../demo/organisation.ts'
import { quietLog } from '../database/testing.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import type { Account } from '../org/protocol.ts'
import { testServer, type TestServer } from '../testing.ts'
import { ATTEMPT_MINUTES, openProvider } from './provider.ts'
import { CLIENT, type EmulatedProvider, type Says, startProvider } from './testing-provider.ts'

/** Signing in through the organ's provider of identities, which is a server of its own here: who gets in, and who does not. */

const WHO = 'zhang-wei'
const SITE = 'http://localhost'
const SUBJECT = 'person-1'

let there: EmulatedProvider
let server: TestServer
let ahead_ms = 0

beforeAll(async () => {
  there = await startProvider()
  const settings = {
    ...{ issuer: there.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, name: '统一身份认证' },
    ...{ loginClaim: 'preferred_username', returnTo: `${SITE}/signing-in` },
  }
  server = await testServer({
    provider: ({ content: key }) => openProvider(settings, { key, log: quietLog, now_ms: () => Date.now() + ahead_ms }),
  })
})
afterAll(async () => {
  await server.close()
  await there.close()
})
beforeEach(() => {
  ahead_ms = 0
  Object.assign(there.says, {
    subject: SUBJECT,
    login: demoPerson(WHO).login,
    amr: ['pwd'],
    spoil: 'nothing',
  } satisfies Says)
})

interface Answered {
  readonly status: number
  readonly code?: string
  readonly token?: string
  readonly person?: { readonly id: string }
}

const pressed = () => ({
  ...({ method: 'POST', url: '/api/session/provider/attempts' } as const),
  headers: { 'idempotency-key': crypto.randomUUID() },
})

/** Presses the button: where the browser goes, and the cookie that it keeps. */
async function leave(): Promise<{ readonly address: URL; readonly cookie: string }> {
  const answer = await server.app.inject(pressed())
  expect(answer.statusCode, answer.body).toBe(200)
  const [kept] = answer.cookies
  expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Strict', maxAge: ATTEMPT_MINUTES * 60 })
  return { address: new URL(answer.json<{ address: string }>().address), cookie: `${kept?.name}=${kept?.value}` }
}

/** The person signs in there; what the address says that he is sent back to. */
async function signInThere(address: URL): Promise<string> {
  const page = await (await fetch(address)).text()
  const back = /href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(back.startsWith(`${SITE}/signing-in?`)).toBe(true)
  return new URL(back).search
}

async function comeBack(query: string, cookie: string | null): Promise<Answered> {
  const answer = await server.app.inject({
    ...{ method: 'POST', url: '/api/session/provider', payload: { query } },
    headers: { 'idempotency-key': crypto.randomUUID(), ...(cookie === null ? {} : { cookie }) },
  })
  return { status: answer.statusCode, ...answer.json<{ code?: string; token?: string }>() }
}

async function signIn(): Promise<Answered> {
  const { address, cookie } = await leave()
  return comeBack(await signInThere(address), cookie)
}

const linked = async (): Promise<unknown[]> => {
  const { rows } = await sql`
    select person_id from (select id as person_id from people where state ? 'provider') found
  `.execute(server.database.ownerDb)
  return rows
}

async function account(id: string): Promise<Account | undefined> {
  const answer = await server.as('an-security', { method: 'GET', url: '/api/accounts?limit=500' })
  return answer.json<{ accounts: Account[] }>().accounts.find((one) => one.id === id)
}

describe('who comes back', () => {
  it('is asked for anew there, whoever was signed in, and proves that he began here', async () => {
    const { address } = await leave()
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      ...{ client_id: CLIENT.id, response_type: 'code', scope: 'openid profile', prompt: 'login' },
      ...{ code_challenge_method: 'S256', redirect_uri: `${SITE}/signing-in`, max_age: String(ATTEMPT_MINUTES * 60) },
    })
  })

  it.each(['issuer', 'audience', 'nonce', 'key', 'stale', 'claim'] as const)(
    'does not get in with an answer whose %s is wrong',
    async (spoil) => {
      there.says.spoil = spoil
      expect(await signIn()).toMatchObject({ status: 401, code: 'access.provider-refused' })
      expect(await linked()).toEqual([])
    },
  )

  it('does not get in without the cookie of his attempt, with that of another, too late, or with what the provider refused', async () => {
    const [one, other] = [await leave(), await leave()]
    const query = await signInThere(one.address)
    expect(await comeBack(query, null)).toMatchObject({ status: 409, code: 'access.attempt-over' })
    expect(await comeBack(query, 'clearhold-attempt=AAAA')).toMatchObject({ status: 409, code: 'access.attempt-over' })
    expect(await comeBack(query, other.cookie)).toMatchObject({ status: 401, code: 'access.provider-refused' })
    const state = new URLSearchParams(query).get('state') ?? ''
    expect(await comeBack(`?error=access_denied&state=${state}`, one.cookie)).toMatchObject({
      ...{ status: 401, code: 'access.provider-refused' },
    })
    expect(await comeBack('', one.cookie)).toMatchObject({ status: 401, code: 'access.provider-refused' })
    ahead_ms = (ATTEMPT_MINUTES + 1) * 60_000
    expect(await comeBack(query, one.cookie)).toMatchObject({ status: 409, code: 'access.attempt-over' })
    expect(await linked()).toEqual([])
  })

  it('is whom the provider names, and from then on the account there, whatever its name', async () => {
    expect(await signIn()).toMatchObject({ status: 200, person: { id: WHO } })
    expect((await account(WHO))?.provider).toEqual(expect.any(String))
    there.says.login = 'renamed'
    const answer = await signIn()
    expect(answer).toMatchObject({ status: 200, person: { id: WHO } })
    const own = await server.app.inject({
      ...{ method: 'GET', url: '/api/session', headers: { authorization: `Bearer ${answer.token}` } },
    })
    expect(own.json()).toMatchObject({ person: { id: WHO, mustChange: null } })
    const { rows } = await sql<{ text: string }>`
      select text from entries where text like '%provider-linked%'
    `.execute(server.database.ownerDb)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.text).not.toContain(SUBJECT)
  })

  it('uses each code once', async () => {
    const { address, cookie } = await leave()
    const query = await signInThere(address)
    expect(await comeBack(query, cookie)).toMatchObject({ status: 200 })
    expect(await comeBack(query, cookie)).toMatchObject({ status: 401, code: 'access.provider-refused' })
  })

  it('is not somebody else who was given the name since, until the security administrator has undone the link', async () => {
    there.says.subject = 'person-2'
    expect(await signIn()).toMatchObject({ status: 403, code: 'access.provider-other' })
    const forget = (who: string) =>
      server.as(who, {
        ...{ method: 'POST', url: `/api/people/${WHO}/provider/forget` },
        payload: { reason: '人员账号已更换，已当面核实' },
      })
    expect((await forget(WHO)).json()).toMatchObject({ code: 'access.no-post' })
    expect((await forget('an-security')).statusCode).toBe(204)
    expect((await forget('an-security')).json()).toMatchObject({ code: 'org.no-provider' })
    expect((await account(WHO))?.provider).toBeNull()
    expect(await signIn()).toMatchObject({ status: 200, person: { id: WHO } })
    there.says.subject = SUBJECT
    expect(await signIn()).toMatchObject({ status: 403, code: 'access.provider-other' })
  })
})

describe('who does not', () => {
  it('is nobody whom this house does not know, and none of the three administrators', async () => {
    Object.assign(there.says, { subject: 'person-3', login: 'nobody' })
    expect(await signIn()).toMatchObject({ status: 403, code: 'access.provider-unknown' })
    there.says.login = demoPerson('an-security').login
    expect(await signIn()).toMatchObject({ status: 403, code: 'access.provider-administrator' })
  })

  it('comes with one factor where his post asks for two', async () => {
    const change = { method: 'PUT', url: '/api/sign-in-policy' } as const
    await server.as('an-security', { ...change, payload: { secondFactor: ['officer'] } })
    there.says.subject = 'person-2'
    expect(await signIn()).toMatchObject({ status: 403, code: 'access.provider-single-factor' })
    there.says.amr = ['pwd', 'mfa']
    expect(await signIn()).toMatchObject({ status: 200, person: { id: WHO } })
    await server.as('an-security', { ...change, payload: { secondFactor: [] } })
  })

  it('was stopped here', async () => {
    there.says.subject = 'person-2'
    const { token } = await signIn()
    await server.as('xu-system', { method: 'POST', url: '/api/people/deactivate', payload: { person: WHO } })
    const own = await server.app.inject({
      ...{ method: 'GET', url: '/api/session', headers: { authorization: `Bearer ${token}` } },
    })
    expect(own.statusCode).toBe(401)
    expect(await signIn()).toMatchObject({ status: 403, code: 'access.provider-unknown' })
  })

  it('finds the provider away, and is told so', async () => {
    await there.close()
    ahead_ms = 25 * 3_600_000
    const answer = await server.app.inject(pressed())
    expect(answer.json()).toMatchObject({ status: 503, code: 'access.provider-away' })
    const { key, installation } = server.keys
    const folder = checkpointFolderOf(server.keys)
    const report = await verifyStore({
      db: server.database.ownerDb,
      modules: server.modules,
      folder,
      key,
      installation,
    })
    expect(report.faults).toEqual([])
  })
})
