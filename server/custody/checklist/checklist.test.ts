import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { paperSources } from '../../modules.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import type { CaseAccount } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'
import { pointsOf } from './checklist.ts'

const CASE = '云税稽〔2026〕41号'
const URL = `/api/cases/${encodeURIComponent(CASE)}`
const NOTICE = taking.measure.noticeNumber
const [OFFICER, OTHER] = ['zhang-wei', 'li-na'] as const
let server: TestServer

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
    },
  })
  const of = { number: CASE, title: '某案', track: 'TAX', unit: 'dept-1', officers: [OFFICER, OTHER] }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...of }, { cause: 'open' })
})
afterAll(() => server.close())

const register = (checked: readonly string[]) =>
  server.as(OFFICER, { method: 'POST', url: `${URL}/items`, payload: { items: [general], ...taking, checked } })
const lists = async (): Promise<CaseAccount['checklists']> =>
  (await server.as(OTHER, { method: 'GET', url: URL })).json<CaseAccount>().checklists
const check = (points: readonly string[], person: string = OTHER, notice: string = NOTICE) =>
  server.as(person, { method: 'POST', url: `${URL}/checks`, payload: { notice, points } })
const codeOf = async (answer: ReturnType<typeof check>): Promise<string> => (await answer).json<RefusalNotice>().code
const openOf = async (): Promise<string[]> =>
  (await lists()).flatMap(({ points }) =>
    points.filter(({ ticked }) => ticked === null).map(({ point }) => point.value),
  )

it('points are ticked with the registration, and those that were not stay open, each with its article', async () => {
  expect((await register(['approved', 'living-costs'])).json<RefusalNotice>().code).toBe('custody.check-point')
  expect((await register(['approved', 'two-officers'])).statusCode).toBe(201)
  const [list, ...others] = await lists()
  expect(others).toEqual([])
  expect(list).toMatchObject({ notice: NOTICE, kind: { value: 'SEIZED' } })
  expect(list?.points.map(({ point }) => point.value)).toEqual(pointsOf('TAX'))
  expect(list?.points.filter(({ basis }) => basis.startsWith('行政强制法 18'))).toHaveLength(10)
  expect(list?.points[0]).toMatchObject({ ticked: { by: { who: `person/${OFFICER}` } } })
  expect(await openOf()).toEqual(pointsOf('TAX').slice(2))
  // The same notice once more says nothing new.
  expect((await register(['approved'])).statusCode).toBe(201)
  expect(await openOf()).toEqual(pointsOf('TAX').slice(2))
})

it('an officer of the case ticks the rest in his own name; nobody ticks twice, for another notice or in another case', async () => {
  expect(await codeOf(check(['heard'], 'chen-jing'))).toMatch(/custody\.unknown-case|access\./)
  expect(await codeOf(check(['heard'], OTHER, '没有的文号'))).toBe('custody.check-notice')
  expect(await codeOf(check(['approved']))).toBe('custody.check-known')
  expect((await check(['approved', 'heard'])).statusCode).toBe(201)
  const heard = (await lists())[0]?.points.find(({ point }) => point.value === 'heard')
  expect(heard).toMatchObject({ ticked: { by: { who: `person/${OTHER}` } } })
})

it('the list prints what was seen to, by whom, and what nobody has said', async () => {
  const issued = { paper: 'seizure-list', of: CASE, part: NOTICE }
  const { paper } = (await server.as(OFFICER, { method: 'POST', url: '/api/papers', payload: issued })).json<{
    paper: string
  }>()
  const { rawPayload } = await server.as(OFFICER, { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
  const text = readPdf(rawPayload)
    .pages.map((page) => page.text)
    .join('')
    .replaceAll(/\s/g, '')
  expect(text).toContain('实施前经负责人批准、两名以上执法人员实施（核对：张伟')
  expect(text).toContain('听取当事人的陈述和申辩（核对：李娜')
  expect(text).toContain('未核对：出示执法身份证件')
})

it('the tables equal a replay', async () => {
  const { database, modules, keys } = server
  const proof = { db: database.db, modules, folder: checkpointFolderOf(keys) }
  expect((await verifyStore({ ...proof, key: keys.key, installation: keys.installation })).faults).toEqual([])
})
