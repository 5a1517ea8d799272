import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoPerson } from '../demo/organisation.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { TEST_START, testServer, type TestServer } from '../testing.ts'
import { codeOf, stepAt } from './one-time-code.ts'
import { beginSetUp, confirmSetUp, secondFactorOf } from './second-factor.ts'
import { appointAtMachine, issueBadgeAtMachine, resetAtMachine, type Warrant } from './operator.ts'

const SECRETS = { password: 'abcdefghijkmnpqr', pin: '481957260318' }
const REASON = '三名管理员的口令信封在搬迁中遗失'

let server: TestServer
let step = 0

beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())
beforeEach(() => everybodyCan())

const options = () => ({ cause: `admin:${(step += 1)}`, at: TEST_START })
const machine = () => ({ ...server.deps, pepper: server.keys.pepper })
const reset = (person: string, warrant: Warrant) =>
  resetAtMachine(machine(), { person, ...SECRETS }, warrant, options())

async function everybodyCan(): Promise<void> {
  await sql`update credentials set good_until = null, used_at = null`.execute(server.deps.db)
}

/** His secrets were dealt and have lapsed. */
async function cannotSignIn(...people: string[]): Promise<void> {
  await sql`update credentials set good_until = '2026-01-01' where person = any(${people})`.execute(server.deps.db)
}

async function typesOf(after: number): Promise<string[]> {
  const rows = await sql<{
    type: string
  }>`select type from entries where register = 'org' and seq > ${after} order by seq`.execute(server.deps.db)
  return rows.rows.map(({ type }) => type)
}

async function head(): Promise<number> {
  const rows = await sql<{ seq: number }>`select max(seq) as seq from entries where register = 'org'`.execute(
    server.deps.db,
  )
  return rows.rows[0]?.seq ?? 0
}

async function shown(
  by: string,
): Promise<{ status: number; glass: { reason: string; person: string; deed: string }[] }> {
  const answer = await server.as(by, { url: '/api/broken-glass' })
  return { status: answer.statusCode, ...answer.json<{ glass: [] }>() }
}

describe('the operator at the machine, alone', () => {
  it('deals nothing and issues nothing while an administrator of another role can sign in', async () => {
    const before = await head()
    await expect(reset('xu-system', null)).rejects.toMatchObject({ code: 'org.two-needed' })
    await expect(reset('zhang-wei', null)).rejects.toMatchObject({ code: 'org.two-needed' })
    const badge = { person: 'zhang-wei', badge: 'B900009' }
    await expect(issueBadgeAtMachine(machine(), badge, null, options())).rejects.toMatchObject({
      code: 'org.two-needed',
    })
    await cannotSignIn('an-security')
    await expect(reset('xu-system', null), 'one of the two others can').rejects.toMatchObject({
      code: 'org.two-needed',
    })
    expect(await head()).toBe(before)
    const { login, password } = demoPerson('xu-system')
    expect(await server.deps.signIn.open({ login, password })).toMatchObject({ person: 'xu-system' })
  })

  it('does it for an administrator when nobody of the other roles can sign in, and for nobody else', async () => {
    await cannotSignIn('an-security', 'ji-audit')
    await expect(reset('zhang-wei', null)).rejects.toMatchObject({ code: 'org.two-needed' })
    await reset('xu-system', null)
    const { login } = demoPerson('xu-system')
    expect(await server.deps.signIn.open({ login, password: SECRETS.password })).toMatchObject({
      mustChange: 'password',
    })
  })
})

describe('breaking the glass', () => {
  it('stands in the register before the deed, with its reason beside the register, and on the screens of those who watch', async () => {
    const before = await head()
    await reset('feng-yan', { reason: REASON })
    await issueBadgeAtMachine(machine(), { person: 'feng-yan', badge: 'B900010' }, { reason: REASON }, options())
    expect(await typesOf(before)).toEqual([
      ...['org.glass-broken', 'org.secret-dealt', 'org.secret-dealt'],
      ...['org.glass-broken', 'org.badge-issued'],
    ])
    const kept = await sql<{
      text: string
    }>`select text from entries where register = 'org' and seq > ${before}`.execute(server.deps.db)
    expect(JSON.stringify(kept.rows)).not.toContain(REASON)
    for (const watcher of ['zhou-ping', 'ji-audit', 'an-security'])
      expect(await shown(watcher), watcher).toMatchObject({
        status: 200,
        glass: [
          { person: 'feng-yan', reason: REASON },
          { person: 'feng-yan', reason: REASON },
        ],
      })
    expect(await shown('guo-tao')).toMatchObject({ status: 403, code: 'access.no-post' })
    const { key, installation } = server.keys
    const folder = checkpointFolderOf(server.keys)
    const proof = { db: server.database.ownerDb, modules: server.modules, folder, key, installation }
    expect((await verifyStore(proof)).faults).toEqual([])
  })

  it('leaves nothing when the deed is refused: both or neither', async () => {
    const before = await head()
    const { badge } = demoPerson('li-na')
    await expect(
      issueBadgeAtMachine(machine(), { person: 'zhang-wei', badge }, { reason: REASON }, options()),
    ).rejects.toMatchObject({ code: 'org.badge-taken' })
    await expect(reset('zhang-wei', { reason: '急' })).rejects.toMatchObject({ code: 'request.invalid' })
    expect(await head()).toBe(before)
  })

  it('is no command of anybody who signs in', async () => {
    const command = { type: 'org.break-glass', deed: 'reset', person: 'li-na', reason: REASON }
    for (const person of ['xu-system', 'an-security', 'ji-audit'])
      await expect(server.deps.act({ person }, command, options())).rejects.toMatchObject({ code: 'access.no-post' })
  })

  it('leaves the screens after a month', async () => {
    server.setNow(new Date(Date.parse(TEST_START) + 31 * 86_400_000).toISOString())
    expect((await shown('zhou-ping')).glass).toEqual([])
    server.setNow(TEST_START)
  })
})

describe('a post given at the machine', () => {
  const appoint = (person: string, post: 'security-admin' | 'audit-admin', warrant: Warrant) =>
    appointAtMachine(machine(), { person, post, place: 'organ' }, warrant, options())

  it('takes a reason, and brings back who was made inactive or lost the post', async () => {
    await expect(appoint('an-security', 'security-admin', null)).rejects.toMatchObject({ code: 'org.two-needed' })
    const gone = (type: string, body: object, cause: string) =>
      server.deps.act({ person: 'system' }, { type, person: 'an-security', ...body }, { cause })
    await gone('org.deactivate', {}, 'he is inactive')
    const before = await head()
    await appoint('an-security', 'security-admin', { reason: REASON })
    expect(await typesOf(before)).toEqual(['org.glass-broken', 'org.person-active-set'])
    await gone('org.end-appointment', { post: 'security-admin', place: 'organ' }, 'his post is ended')
    const between = await head()
    await appoint('an-security', 'security-admin', { reason: REASON })
    expect(await typesOf(between)).toEqual(['org.glass-broken', 'org.appointed'])
    expect((await shown('an-security')).glass.filter(({ deed }) => deed === 'appoint')).toHaveLength(2)
    await expect(appoint('an-security', 'audit-admin', { reason: REASON })).rejects.toMatchObject({
      code: 'org.administrators-exclude',
    })
  })
})

it('who lost password and authenticator app gets in again: the app goes with the password, and the register says so', async () => {
  const [person, login] = ['an-security', 'an-security']
  const deps = { ...server.deps, keys: server.keys }
  await beginSetUp(deps, { person, login }, `begin:${(step += 1)}`)
  const pending = await secondFactorOf(server.deps.db, person, 'pending')
  const code = codeOf(pending?.secret ?? Buffer.alloc(0), stepAt(Date.now()))
  await confirmSetUp(deps, person, code, options())
  const before = await head()
  await reset(person, { reason: REASON })
  expect(await typesOf(before)).toEqual([
    'org.glass-broken',
    'org.secret-dealt',
    'org.secret-dealt',
    'org.second-factor-reset',
  ])
  expect(await secondFactorOf(server.deps.db, person)).toBeNull()
  const session = await server.deps.signIn.open({ login, password: SECRETS.password })
  expect(session).toMatchObject({ person, mustChange: 'password' })
})
