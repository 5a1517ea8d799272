import { afterAll, beforeAll, expect, it } from 'vitest'
import { VOTE_LIFE_MS } from '../services.ts'
import { ballotOf, CLERK, HALL, MANAGER, TestHall } from '../testing.ts'
import type { HallWall } from '../hall/protocol.ts'
import type { Dashboard } from './protocol.ts'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

const url = (more = ''): string => `/api/rating/dashboard?hall=${HALL}${more}`
const look = async (more?: string) => (await hall.get<Dashboard>(MANAGER, url(more))).body

it('shows nothing of votes before ten were counted, and then all of them', { timeout: 60_000 }, async () => {
  for (let nth = 0; nth < 9; nth += 1) {
    const { token } = await hall.served('counter-1')
    expect((await hall.vote(token, ballotOf(nth < 3 ? 1 : 5, { answers: { integrity: 5 } }))).status).toBe(201)
  }
  await hall.tally()
  // What may still be cast is no response yet.
  expect(await look()).toMatchObject({ satisfied: null, levels: null, response: null, funnel: { base: null } })
  const { token } = await hall.served('counter-1')
  await hall.vote(token, ballotOf(5, { answers: { integrity: 5 } }))
  hall.pass(VOTE_LIFE_MS)
  await hall.tally()

  const seen = await look()
  expect(seen).toMatchObject({
    days: { from: '2025-12-02', to: '2026-03-02' },
    satisfied: { good: 7, n: 10 },
    levels: { 1: 3, 5: 7 },
    response: { asked: 10, rated: 10 },
    comparison: { days: { from: '2025-09-02', to: '2025-12-01' }, satisfied: null, change: null },
  })
  expect(seen.trend).toHaveLength(13)
  expect(seen.trend.at(-1)).toMatchObject({ satisfied: { n: 10 }, response: { asked: 10 } })
  expect(seen.funnel.points).toMatchObject([{ id: CLERK, bad: 3, n: 10 }])
  expect(seen.heat.rows).toMatchObject([{ id: 'counter-1', name: '1号窗口' }])
  expect(seen.watch.clerks).toMatchObject([{ id: CLERK, name: '吴霞' }])
  expect(seen.signals).toMatchObject([
    { kind: 'hurried', id: CLERK, count: 9, of: 10 },
    { kind: 'burst', about: 'counter', id: 'counter-1', name: '1号窗口', count: 7, of: 1 },
  ])
  expect(seen.proposals).toEqual([])

  expect(await look('&question=integrity')).toMatchObject({ satisfied: { good: 10, n: 10 } })
  expect(await look('&from=2026-02-01&to=2026-02-28')).toMatchObject({ satisfied: null, trend: { length: 28 } })
  expect(await look('&against=year')).toMatchObject({ comparison: { days: { from: '2024-12-02', to: '2025-03-02' } } })
  expect(await look('&otherFrom=2026-03-02&otherTo=2026-03-02')).toMatchObject({
    comparison: { satisfied: { n: 10 }, sharedDays: 1, change: null },
  })
})

it('is for the head of that hall and for supervisors; days have to be some', async () => {
  const as = async (person: string, more = '') => (await hall.get(person, url(more))).code
  expect(await as('zhou-ping')).toBeUndefined()
  for (const person of [CLERK, 'zhang-wei', 'he-fang']) expect(await as(person), person).toBe('rating.not-for-you')
  expect(await as(MANAGER, '&from=2026-03-02&to=2026-03-01')).toBe('rating.wrong-days')
  expect(await as(MANAGER, '&from=2020-01-01')).toBe('rating.wrong-days')
})

it(
  'hangs in the hall without any grade that is not published, and goes out by the year',
  { timeout: 60_000 },
  async () => {
    const made = await hall.post<{ code: string }>('xu-system', '/api/stations/counter-1/code')
    const opened = await hall.server.app.inject({
      ...{ method: 'POST', url: '/api/stations/counter-1/screen', payload: { code: made.body.code } },
      headers: { 'idempotency-key': crypto.randomUUID() },
    })
    const cookies = Object.fromEntries(opened.cookies.map(({ name, value }) => [name, value]))
    const wall = async () =>
      (await hall.server.app.inject({ url: '/api/stations/counter-1/wall', cookies })).json<HallWall>()
    expect((await hall.server.app.inject({ url: '/api/stations/counter-1/wall' })).json()).toMatchObject({
      code: 'stations.not-a-screen',
    })
    await hall.served('counter-1', { number: 'A012' })
    expect(await wall()).toMatchObject({
      ...{ hall: '云州市办税服务厅', served: 11, response: null, published: null },
      counters: [
        { id: 'counter-1', clerk: '吴霞', ticket: 'A012', serving: true },
        { id: 'counter-2', clerk: null, ticket: null, serving: false },
      ],
    })
    // The number of a file is nobody else's business.
    await hall.served('counter-1', { number: '云税稽〔2026〕12号' })
    expect((await wall()).counters[0]).toMatchObject({ ticket: null, serving: true })
    expect(JSON.stringify(await wall())).not.toMatch(/"(level|overall|words|satisfied)"/)

    const year = (person: string, format = 'csv') =>
      hall.server.as(person, { url: `/api/rating/year.${format}?hall=${HALL}&year=2026` })
    const [head = '', row = ''] = (await year(MANAGER)).body.split('\r\n')
    expect(head).toContain('满意率')
    expect(row).toContain('吴霞')
    expect(row).toContain('70.0%')
    expect((await year(MANAGER, 'xlsx')).rawPayload.subarray(0, 2).toString()).toBe('PK')
    expect((await year(CLERK)).json()).toMatchObject({ code: 'rating.not-for-you' })
  },
)
