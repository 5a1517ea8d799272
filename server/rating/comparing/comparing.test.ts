import { afterAll, beforeAll, expect, it } from 'vitest'
import { ballotOf, CLERK, HALL, MANAGER, TestHall } from '../testing.ts'
import type { RangeComparison } from './protocol.ts'

let hall: TestHall

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

const [FIRST, SECOND] = ['2026-03-02', '2026-03-03']
const query = (from: string, to: string, otherFrom: string, otherTo: string): string =>
  new URLSearchParams({ hall: HALL, from, to, otherFrom, otherTo }).toString()
const compare = async (...days: [string, string, string, string]) =>
  (await hall.get<RangeComparison>(MANAGER, `/api/rating/comparison?${query(...days)}`)).body

/** So many are rated and counted on a day. */
async function counted(day: string, n: number, bad: number): Promise<void> {
  for (let nth = 0; nth < n; nth += 1) {
    const { token } = await hall.served('counter-1')
    expect((await hall.vote(token, ballotOf(nth < bad ? 1 : 5, { answers: { integrity: 5 } }))).status).toBe(201)
  }
  hall.setDay(day)
  await hall.tally()
}

it(
  'holds any two ranges of days beside each other, each with its figures; a file says the same',
  { timeout: 90_000 },
  async () => {
    await counted(FIRST, 12, 0)
    expect(await compare('2025-11-01', FIRST, SECOND, '2026-03-31')).toMatchObject({
      lines: [{ id: 'overall', first: { good: 12, n: 12 }, second: null, change: null }, {}, {}, {}, {}],
    })
    await counted(SECOND, 10, 9)
    const apart = await compare('2025-11-01', FIRST, SECOND, '2026-03-31')
    expect(apart).toMatchObject({ sharedDays: 0, least: 10, hall: { id: HALL } })
    expect(apart.lines[0]).toMatchObject({
      ...{ first: { good: 12, n: 12 }, second: { good: 1, n: 10 } },
      change: { by: expect.closeTo(-0.9, 10), verdict: 'worse' },
    })
    expect(apart.lines.find(({ id }) => id === 'integrity')).toMatchObject({ change: { verdict: 'no-difference' } })
    // Also ranges that share days are shown, but nothing is said of a difference.
    const shared = await compare(FIRST, SECOND, SECOND, SECOND)
    expect(shared).toMatchObject({
      sharedDays: 1,
      lines: [{ first: { n: 22 }, second: { n: 10 }, change: null }, {}, {}, {}, {}],
    })

    const file = (person: string, format: string, language = 'zh') =>
      hall.server.as(person, {
        url: `/api/rating/comparison.${format}?${query('2025-11-01', FIRST, SECOND, '2026-03-31')}&language=${language}`,
      })
    const [head = '', overall = ''] = (await file(MANAGER, 'csv')).body.split('\r\n')
    expect(head).toContain('时段一满意率')
    expect(head).toContain('变化的 95% 区间下限')
    expect(overall).toMatch(/^"?总体评价"?,.*100\.0%.*10\.0%.*-90\.0.*有下降/)
    expect((await file(MANAGER, 'csv', 'en')).body).toContain('worse')
    expect((await file(MANAGER, 'xlsx')).rawPayload.subarray(0, 2).toString()).toBe('PK')
    expect((await file(CLERK, 'csv')).json()).toMatchObject({ code: 'rating.not-for-you' })
  },
)

it('is for the head of the hall and for supervisors; each range has days', async () => {
  const as = async (person: string, ...days: [string, string, string, string]) =>
    (await hall.get(person, `/api/rating/comparison?${query(...days)}`)).code
  expect(await as('zhou-ping', FIRST, FIRST, SECOND, SECOND)).toBeUndefined()
  for (const person of [CLERK, 'zhang-wei', 'he-fang'])
    expect(await as(person, FIRST, FIRST, SECOND, SECOND), person).toBe('rating.not-for-you')
  expect(await as(MANAGER, SECOND, FIRST, SECOND, SECOND)).toBe('rating.wrong-days')
  expect(await as(MANAGER, FIRST, FIRST, '2020-01-01', SECOND)).toBe('rating.wrong-days')
})
