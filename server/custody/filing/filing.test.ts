import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { testServer, type TestServer } from '../../testing.ts'
import type { CaseAccount } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'

const CASE = '云行立〔2026〕61号'
const URL = `/api/cases/${encodeURIComponent(CASE)}`
const OFFICER = 'zhang-wei'
/** Where the organ is, already the second day of the month. */
const FIRST = '2026-02-01T17:00:00.000Z'
const BEFORE = '2026-02-01T15:00:00.000Z'
const filing = { filedOn: '2026-02-02', document: '立〔2026〕8号' }
let server: TestServer

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const of = { number: CASE, title: '某案', track: 'ADMIN', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...of }, { cause: 'open' })
})
afterAll(() => server.close())

const file = (payload: object, person = OFFICER) => server.as(person, { method: 'POST', url: `${URL}/filing`, payload })
const take = (measure: object) =>
  server.as(OFFICER, {
    ...{ method: 'POST', url: `${URL}/items` },
    payload: { items: [general], ...taking, measure: { ...taking.measure, ...measure } },
  })
const account = async (): Promise<CaseAccount> =>
  (await server.as(OFFICER, { method: 'GET', url: URL })).json<CaseAccount>()
const codeOf = async (answer: ReturnType<typeof take>): Promise<string> => (await answer).json<RefusalNotice>().code

it('a case whose day of filing nobody has said is not held to one', async () => {
  expect((await account()).filing).toBeNull()
  expect((await take({ takenAt: BEFORE })).statusCode).toBe(201)
})

it('an officer says it once, and not for a day to come', async () => {
  expect(await codeOf(file({ ...filing, filedOn: '2027-01-01' }))).toBe('custody.filing-day')
  expect((await file(filing, 'chen-jing')).statusCode).toBeGreaterThanOrEqual(400)
  expect((await file(filing)).statusCode).toBe(201)
  expect(await codeOf(file({ ...filing, filedOn: '2026-01-01' }))).toBe('custody.filing-known')
  expect((await account()).filing).toMatchObject({ ...filing, by: { who: `person/${OFFICER}` } })
})

it('nothing is registered as taken before that day, counted where the organ is, but on the spot', async () => {
  const refused = (await take({ takenAt: BEFORE })).json<{ code: string; rule: string }>()
  expect([refused.code, refused.rule]).toEqual(['custody.before-filing', expect.stringContaining('中办发〔2015〕7号')])
  expect((await take({ takenAt: FIRST })).statusCode).toBe(201)
  expect((await take({ takenAt: BEFORE, emergency: true })).statusCode).toBe(201)
})

it('is said with the opening of the case, where it is known by then', async () => {
  const open = (number: string, filedOn: string) =>
    server.as(OFFICER, {
      ...{ method: 'POST', url: '/api/cases' },
      payload: {
        ...{ number, title: '某某涉嫌违法案', track: 'TAX', unit: 'dept-1', officers: [OFFICER, 'li-na'] },
        filing: { ...filing, filedOn },
      },
    })
  expect(await codeOf(open('云行立〔2026〕62号', '2027-01-01'))).toBe('custody.filing-day')
  const opened = await open('云行立〔2026〕62号', filing.filedOn)
  expect([opened.statusCode, opened.json<CaseAccount>().filing]).toMatchObject([201, filing])
})

it('the tables equal a replay', async () => {
  const { database, modules, keys } = server
  const proof = { db: database.db, modules, folder: checkpointFolderOf(keys) }
  expect((await verifyStore({ ...proof, key: keys.key, installation: keys.installation })).faults).toEqual([])
})
