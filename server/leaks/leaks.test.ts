import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadActor } from '../access/actor.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { testServer, type TestServer } from '../testing.ts'
import { LEAK_KINDS, leakTerms } from './leaks.ts'
import type { ShownLeak, ShownLeakKind } from './protocol.ts'
import { leakRoutes } from './routes.ts'
import { leakWork } from './work.ts'

const [FINDER, OTHER, SUPERVISOR] = ['zhang-wei', 'li-na', 'zhou-ping'] as const
const HOUR_MS = 3_600_000
const WHAT = '登记簿一页被拍照外传'
const WHOM = '证人王某某一人'

let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')

const at = (hours = 0): string => new Date(clock + hours * HOUR_MS).toISOString()
const post = (person: string, url: string, payload: object) => server.as(person, { method: 'POST', url, payload })
const codeOf = async (person: string, url: string, payload: object): Promise<string> => {
  const answer = await post(person, url, payload)
  return answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code
}
const register = async (person: string, more: object = {}): Promise<string> => {
  const body = { kind: 'REPORTER', foundAt: at(-1), what: WHAT, concerned: WHOM, ...more }
  const answer = await post(person, '/api/leaks', body)
  expect([answer.statusCode, answer.body]).toMatchObject([201, expect.any(String)])
  return answer.json<{ id: string }>().id
}
const listed = async (person: string) =>
  (await server.as(person, { method: 'GET', url: '/api/leaks' })).json<{ leaks: ShownLeak[] }>().leaks
const workOf = async (person: string) => {
  const actor = await loadActor(server.deps.db, person, at())
  return leakWork(server.deps.db, { actor, now: at(), after: null, limit: 50 })
}

beforeAll(async () => {
  server = await testServer({
    at: at(),
    extend: async (app, deps) => void (await app.register(leakRoutes, deps)),
  })
})
afterAll(() => server.close())

it('is registered by whoever finds it, seen by him and by supervisors, and its words stand sealed beside the register', async () => {
  expect(await codeOf(FINDER, '/api/leaks', { kind: 'WORK', foundAt: at(1), what: WHAT, concerned: WHOM })).toBe(
    'leaks.time',
  )
  const id = await register(FINDER)
  const [leak] = await listed(SUPERVISOR)
  expect(leak).toMatchObject({
    ...{ id, kind: { value: 'REPORTER' }, concerned: WHOM, dueAt: at(leakTerms.REPORTER.hours - 1), overdue: false },
    ...{ what: { text: WHAT, by: { who: `person/${FINDER}` } }, stillToTell: ['authority', 'persons', 'leader'] },
    ...{ mayAct: true, mayClose: true },
  })
  expect(await listed(FINDER)).toMatchObject([{ id, mayClose: false }])
  expect(await listed(OTHER)).toEqual([])
  expect(await codeOf(OTHER, `/api/leaks/${id}/note-measure`, { text: '收回' })).toBe('leaks.unknown')
  const rows = await sql<{ text: string }>`select text from entries where subject = ${`leak/${id}`}`.execute(
    server.deps.db,
  )
  expect(rows.rows).toHaveLength(1)
  for (const said of [WHAT, WHOM]) expect(JSON.stringify(rows.rows)).not.toContain(said)
  const kept = await sql`select * from leaks`.execute(server.deps.db)
  for (const said of [WHAT, WHOM]) expect(JSON.stringify(kept.rows)).not.toContain(said)
})

it('waits on the list of supervisors, late when nobody was told in time, until a second person has closed it', async () => {
  const [{ id } = { id: '' }] = await listed(FINDER)
  expect(await workOf(FINDER)).toEqual([])
  expect(await workOf(SUPERVISOR)).toMatchObject([{ id, level: 'waiting' }])
  clock += 24 * HOUR_MS
  server.setNow(at())
  expect(await workOf(SUPERVISOR)).toMatchObject([{ id, level: 'overdue' }])
  expect(await listed(SUPERVISOR)).toMatchObject([{ overdue: true }])
  const url = (step: string): string => `/api/leaks/${id}/${step}`
  expect(await codeOf(FINDER, url('close'), { text: '无危害' })).toBe('access.no-post')
  expect(await codeOf(SUPERVISOR, url('close'), { text: '无危害' })).toBe('leaks.nothing-done')
  expect(await codeOf(FINDER, url('note-measure'), { text: '已收回并删除照片' })).toBe('done')
  expect(await codeOf(FINDER, url('tell'), { whom: 'authority', who: '上级案件监督管理室，书面' })).toBe('done')
  expect(await codeOf(FINDER, url('tell'), { whom: 'leader', who: '分管领导，当面' })).toBe('done')
  expect(await listed(SUPERVISOR)).toMatchObject([
    { stillToTell: ['persons'], measures: [{ text: '已收回并删除照片' }] },
  ])
  expect(await codeOf(SUPERVISOR, url('close'), { text: '已消除影响' })).toBe('leaks.untold')
  expect(await codeOf(SUPERVISOR, url('close'), { text: '已消除影响', untold: '措施已有效避免危害' })).toBe('done')
  expect(await listed(SUPERVISOR)).toMatchObject([
    {
      closed: { text: '已消除影响', untold: '措施已有效避免危害', by: { who: `person/${SUPERVISOR}` } },
      mayAct: false,
    },
  ])
  expect(await workOf(SUPERVISOR)).toEqual([])
  expect(await codeOf(FINDER, url('note-measure'), { text: '再收回' })).toBe('leaks.closed')
})

it('is never closed by who registered it, though he is a supervisor', async () => {
  const id = await register(SUPERVISOR, { kind: 'WORK' })
  expect(await codeOf(SUPERVISOR, `/api/leaks/${id}/note-measure`, { text: '收回' })).toBe('done')
  expect(await codeOf(SUPERVISOR, `/api/leaks/${id}/close`, { text: '办结', untold: '无' })).toBe('leaks.second-person')
})

it('every kind says by which rule it is reported', async () => {
  const { kinds } = (await server.as(OTHER, { method: 'GET', url: '/api/leaks/kinds' })).json<{
    kinds: ShownLeakKind[]
  }>()
  expect(kinds.map(({ value }) => value)).toEqual([...LEAK_KINDS])
  for (const { hours, tell, basis } of kinds) {
    expect(hours).toBeGreaterThan(0)
    expect(tell.length).toBeGreaterThan(0)
    expect(basis).toMatch(/法|条例/)
  }
})

it('the table is what its facts add up to', async () => {
  const { modules, keys, database } = server
  const { key, installation } = keys
  const report = await verifyStore({
    ...{ db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation },
  })
  expect(report.faults).toEqual([])
})
