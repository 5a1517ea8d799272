import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseCsv } from '../../csv.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { gapRoutes } from './gap-routes.ts'
import type { IntakeGap } from '../protocol.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '云纪立〔2026〕51号'
const [OFFICER, STRANGER, CUSTODIAN, SUPERVISOR] = ['zhang-wei', 'wang-qiang', 'chen-jing', 'zhou-ping'] as const
const [FEB_10, FEB_20] = ['2026-02-10T01:00:00.000Z', '2026-02-20T01:00:00.000Z']
const NOW = '2026-03-02T02:00:00.000Z'

let server: TestServer
let codes: string[] = []
let location: unknown
let causes = 0

const does = async (
  person: string,
  command: { readonly type: string } & Readonly<Record<string, unknown>>,
  signers: readonly string[] = [],
) => (await server.deps.act({ person, with: signers }, command, { cause: `c${(causes += 1)}` })).result
const gapsOf = async (person: string, query = 'state=open') =>
  (await server.as(person, { url: `/api/intake-gaps?${query}` })).json<{ gaps: IntakeGap[]; after: string | null }>()

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(gapRoutes, deps)
    },
  })
  await does(OFFICER, {
    ...{ type: 'custody.open-case', number: CASE, title: '某案', track: 'SUPERVISION' },
    ...{ unit: 'dept-1', officers: [OFFICER, 'li-na'] },
  })
  const taken = (takenAt: string) => ({ ...taking.measure, takenAt })
  const { items } = (await does(OFFICER, {
    ...{ type: 'custody.register', case: CASE, ...taking },
    items: [
      { ...general, name: '=1+1', measure: taken(FEB_20) },
      { ...general, name: '手机', measure: taken(FEB_10) },
      { ...general, name: '硬盘', measure: taken(FEB_10) },
    ],
  })) as unknown as { items: { code: string }[] }
  codes = items.map(({ code }) => code)
  const stored = codes.slice(2)
  await does(OFFICER, { type: 'custody.add-photo', items: stored.map((item) => ({ item, photos: [PHOTO] })) })
  const shelf = { store: 'store-1', name: '架', storageClass: 'ordinary', capacity: 9 }
  location = (await does(CUSTODIAN, { type: 'custody.add-location', ...shelf }))['code']
  await onFilm(server.deps, stored)
  await does(OFFICER, { type: 'custody.hand-over', items: stored, store: 'store-1' })
  await does(CUSTODIAN, { type: 'custody.check-in', items: stored, location }, [OFFICER])
  server.setNow(NOW)
})
afterAll(() => server.close())

it('what no store has yet, the longest first, with both times', async () => {
  for (const person of [OFFICER, SUPERVISOR]) {
    const { gaps } = await gapsOf(person)
    expect(gaps.map(({ name, takenAt, storedAt, days }) => [name, takenAt, storedAt, days])).toEqual([
      ['手机', FEB_10, null, 20],
      ['=1+1', FEB_20, null, 10],
    ])
    expect(gaps.every(({ registeredAt }) => registeredAt > FEB_20)).toBe(true)
  }
})

it('page by page', async () => {
  const first = await gapsOf(OFFICER, 'limit=1')
  const next = await gapsOf(OFFICER, `limit=1&after=${first.after}`)
  expect([...first.gaps, ...next.gaps]).toEqual((await gapsOf(OFFICER)).gaps)
})

it('what a store took in, with how long it took', async () => {
  const { gaps } = await gapsOf(OFFICER, 'state=stored')
  expect(gaps.map(({ name, days }) => [name, days])).toEqual([['硬盘', 20]])
  expect(gaps[0]?.storedAt).not.toBeNull()
})

it('is for who may see the items', async () => {
  expect((await gapsOf(STRANGER)).gaps).toEqual([])
  expect((await gapsOf(STRANGER, 'state=stored')).gaps).toEqual([])
})

it('as a table no cell is a formula', async () => {
  const { body } = await server.as(OFFICER, { url: '/api/intake-gaps.csv' })
  const { rows } = parseCsv(body)
  expect(rows.slice(1).map((row) => [row[1], row[3], row[4], row[6], row[7]])).toEqual([
    ['手机', expect.any(String), '2026-02-10', '', '20'],
    ["'=1+1", expect.any(String), '2026-02-20', '', '10'],
  ])
})

it('goes on behind a line that was taken in since its page was read', async () => {
  const first = await gapsOf(OFFICER, 'limit=1')
  const taken = first.gaps.map(({ code }) => code)
  await does(OFFICER, { type: 'custody.add-photo', items: taken.map((item) => ({ item, photos: [PHOTO] })) })
  await onFilm(server.deps, taken)
  await does(OFFICER, { type: 'custody.hand-over', items: taken, store: 'store-1' })
  await does(CUSTODIAN, { type: 'custody.check-in', items: taken, location }, [OFFICER])
  const next = await gapsOf(OFFICER, `limit=1&after=${first.after}`)
  expect(next.gaps.map(({ name }) => name)).toEqual(['=1+1'])
})
