import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Command } from '../../module.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { exportRoutes } from '../exports/export-routes.ts'
import type { CaseSummary, Dashboard, ItemSummary } from '../protocol.ts'
import { general, gold, PHOTO, taking } from '../testing.ts'
import { dashboardRoutes } from './routes.ts'
import { onFilm } from '../testing-film.ts'

const [OFFICER, CUSTODIAN, SUPERVISOR, STRANGER] = ['zhang-wei', 'chen-jing', 'zhou-ping', 'wang-qiang'] as const
/** Ten in the morning where the organ is. */
const START = Date.parse('2026-03-02T02:00:00.000Z')
const DAY_MS = 86_400_000

let server: TestServer
let clock = START
let causes = 0

function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 1_000)).toISOString()
  server.setNow(at)
  return server.deps.act({ person, with: signers }, command, { cause: `test ${(causes += 1)}`, at })
}

async function read<T>(person: string, url: string): Promise<T> {
  const got = await server.as(person, { url })
  expect(got.statusCode, got.body).toBe(200)
  return got.json<T>()
}
const behind = async (query: Record<string, string>): Promise<readonly ItemSummary[]> => {
  const asked = new URLSearchParams(query).toString()
  return (await read<{ items: ItemSummary[] }>(SUPERVISOR, `/api/dashboard/items?${asked}`)).items
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(dashboardRoutes, deps)
      await app.register(exportRoutes, deps)
    },
  })
  const opened = { number: '图表案', title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  await does(OFFICER, { type: 'custody.open-case', ...opened })
  const shelf = async (storageClass: string): Promise<string> => {
    const added = { type: 'custody.add-location', store: 'store-1', name: storageClass, storageClass, capacity: 9 }
    return String((await does(CUSTODIAN, added)).result['code'])
  }
  const [ordinary, precious] = [await shelf('ordinary'), await shelf('precious')]
  const bar = { ...gold, seal: { number: 'F-1', signers: [OFFICER, 'li-na'] } }
  const items = [general, general, general, bar]
  const { result } = await does(OFFICER, { type: 'custody.register', case: '图表案', items, ...taking })
  const codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  await does(OFFICER, { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  const [one = '', two = '', , four = ''] = codes
  await onFilm(server.deps, [one, two, four])
  await does(OFFICER, { type: 'custody.hand-over', items: [one, two, four], store: 'store-1' })
  const taken = [
    ...[one, two].map((item) => ({ item, location: ordinary })),
    { item: four, location: precious, weight_mg: gold.weight_mg, sealNumber: 'F-1' },
  ]
  await does(CUSTODIAN, { type: 'custody.check-in', items: taken }, [OFFICER])
  clock += 2 * DAY_MS
  const dueAt = new Date(clock + DAY_MS).toISOString()
  const deed = { command: 'borrow', items: [two], dueAt, purpose: 'TESTING' }
  const approval = String((await does(OFFICER, { type: 'approvals.ask', deed, reason: '检验' })).result['id'])
  await does('qian-lei', { type: 'approvals.grant', approval })
  await does(CUSTODIAN, { type: 'custody.borrow', items: [two], approval }, [OFFICER])
  await does(CUSTODIAN, { type: 'custody.incident', items: [one], kind: 'damage', note: '裂' })
  const seen = { place: 'store-1', item: four, epc: 'D4'.padEnd(24, '0'), side: 'inner' }
  await does('system', { type: 'custody.door-alarm', ...seen })
  clock += 6 * DAY_MS
  server.setNow(new Date(clock).toISOString())
})
afterAll(() => server.close())

it('counts what there is, where, since when, and how it moved', async () => {
  const { stock, loans, incidents, alarms, cases, days, weeks } = await read<Dashboard>(SUPERVISOR, '/api/dashboard')
  expect(stock).toEqual([
    { category: 'general', place: 'BORROWED', items: 1 },
    { category: 'general', place: 'WITH_CASE_DEPT', items: 1 },
    { category: 'general', place: 'store/store-1', items: 1 },
    { category: 'valuables', place: 'store/store-1', items: 1 },
  ])
  // Five days late.
  expect(loans.filter(({ count }) => count > 0)).toEqual([{ age: 'days-4', count: 1 }])
  expect(incidents).toMatchObject([{ kind: 'damage', count: 1 }])
  expect(alarms).toMatchObject([{ store: 'store-1', count: 1 }])
  expect(cases.filter(({ count }) => count > 0)).toEqual([{ age: 'days-0', count: 1 }])
  expect(days).toHaveLength(28)
  expect(days.at(-1)?.day).toBe('2026-03-10')
  expect(days.filter((day) => day.in + day.out > 0)).toEqual([
    { day: '2026-03-02', in: 3, out: 0 },
    { day: '2026-03-04', in: 0, out: 1 },
  ])
  expect(weeks).toHaveLength(12)
  expect(weeks.slice(-3)).toEqual([
    { from: '2026-02-18', to: '2026-02-24', in: 0, out: 0, stock: 0, incidents: 0, alarms: 0 },
    { from: '2026-02-25', to: '2026-03-03', in: 3, out: 0, stock: 3, incidents: 0, alarms: 0 },
    { from: '2026-03-04', to: '2026-03-10', in: 0, out: 1, stock: 2, incidents: 1, alarms: 1 },
  ])
})

it('has behind each figure as many as it says', async () => {
  const { stock, loans, incidents, cases, days, weeks } = await read<Dashboard>(SUPERVISOR, '/api/dashboard')
  for (const { category, place, items } of stock)
    expect(await behind({ figure: 'stock', category, place })).toHaveLength(items)
  for (const { age, count } of loans) expect(await behind({ figure: 'loans', age }), age).toHaveLength(count)
  for (const { kind, count } of incidents) expect(await behind({ figure: 'incidents', kind })).toHaveLength(count)
  for (const day of days.slice(-9)) {
    const of = { from: day.day, to: day.day }
    expect(await behind({ figure: 'in', ...of }), day.day).toHaveLength(day.in)
    expect(await behind({ figure: 'out', ...of }), day.day).toHaveLength(day.out)
  }
  for (const { from, to, stock: held, incidents: opened, alarms } of weeks.slice(-3)) {
    expect(await behind({ figure: 'held', to }), to).toHaveLength(held)
    expect(await behind({ figure: 'opened', from, to }), to).toHaveLength(opened)
    expect(await behind({ figure: 'alarms', from, to }), to).toHaveLength(alarms)
  }
  for (const { age, count } of cases) {
    const found = await read<{ cases: CaseSummary[] }>(SUPERVISOR, `/api/dashboard/cases?age=${age}`)
    expect(found.cases, age).toHaveLength(count)
  }
})

it('counts nothing that is not in sight, and gives the list as a file', async () => {
  const { stock, loans, incidents, alarms, cases, weeks } = await read<Dashboard>(STRANGER, '/api/dashboard')
  expect([...stock, ...incidents, ...alarms]).toEqual([])
  for (const { count } of [...loans, ...cases]) expect(count).toBe(0)
  for (const week of weeks) expect(week).toMatchObject({ in: 0, out: 0, stock: 0, incidents: 0, alarms: 0 })
  const file = await server.as(SUPERVISOR, { url: '/api/exports/figure.csv?figure=stock&category=general' })
  expect(file.statusCode, file.body).toBe(200)
  expect(file.body.trim().split('\r\n')).toHaveLength(4)
  const cases_ = await server.as(SUPERVISOR, { url: '/api/exports/open-cases.csv?age=days-0' })
  expect(cases_.body).toContain('图表案')
})
