import { afterAll, beforeAll, expect, it, test } from 'vitest'
import type { Summary } from '../protocol.ts'
import { ballotOf, CLERK, HALL, MANAGER, TestHall } from '../testing.ts'
import type { Dashboard } from '../seeing/protocol.ts'
import { CUSUM_RULE } from '../statistics.ts'
import { heightsFor } from './heights.ts'
import { type ChosenRule, ruleOn } from './watch.ts'

const SUPERVISOR = 'zhou-ping'
const DAY_MS = 86_400_000
/** The day of the setting, and the one from which it holds. */
const [TODAY, TOMORROW] = ['2026-03-02', '2026-03-03']

let hall: TestHall
const set = (person: string, falseRedsAYear: number) =>
  hall.post(person, `/api/rating/halls/${HALL}/watch`, { falseRedsAYear })
const watchOn = async (to: string) =>
  (await hall.get<Dashboard>(SUPERVISOR, `/api/rating/dashboard?hall=${HALL}&from=2026-02-20&to=${to}`)).body.watch
const warningsTo = async (to: string) =>
  (await hall.get<Summary>(SUPERVISOR, `/api/rating/summary?hall=${HALL}&to=${to}`)).body.rows.map(
    ({ warning }) => warning,
  )

beforeAll(async () => {
  hall = await TestHall.open()
  await hall.tally()
  await hall.signOn(CLERK, 'counter-1')
})
afterAll(() => hall.close())

it(
  'follows from what is monitored, holds from the next day on, and leaves the warnings of days before',
  { timeout: 90_000 },
  async () => {
    expect(await set(SUPERVISOR, 1)).toMatchObject({ status: 409, code: 'rating.nothing-monitored' })
    for (let nth = 0; nth < 10; nth += 1) {
      const { token } = await hall.served('counter-1')
      expect((await hall.vote(token, ballotOf(nth < 3 ? 1 : 5, { answers: { integrity: 5 } }))).status).toBe(201)
    }
    await hall.tally()
    expect(await watchOn(TODAY)).toMatchObject({
      ...{ rule: { version: 1, heights: CUSUM_RULE.heights, chosen: null }, next: null },
      clerks: [{ id: CLERK, warning: 'yellow' }],
    })

    expect(await set(MANAGER, 1)).toMatchObject({ code: 'access.no-post' })
    expect((await set(SUPERVISOR, 0)).status).toBe(400)
    expect((await set(SUPERVISOR, 1)).status).toBe(200)
    // One clerk, and two questions that ten have answered.
    const monitored = { charts: 2, votesAMonth: 10, falseRedsAYear: 1 }
    const chosen = { ...monitored, from: TOMORROW, by: { id: SUPERVISOR } }
    const heights = heightsFor(monitored)
    // 3.7 is yellow by the house's own rule, and orange by this one: so few votes bring no false red.
    const before = await watchOn(TODAY)
    expect(before).toMatchObject({ rule: { version: 1, chosen: null }, next: { version: 2, heights, chosen } })
    expect(before.clerks).toMatchObject([{ warning: 'yellow' }])
    hall.pass(DAY_MS)
    expect(await watchOn(TOMORROW)).toMatchObject({
      rule: { version: 2, heights, chosen },
      next: null,
      clerks: [{ warning: 'orange' }],
    })
    expect([await warningsTo(TODAY), await warningsTo(TOMORROW)]).toEqual([['yellow'], ['orange']])

    // Set anew, it is a further version; each day keeps its own.
    expect((await set(SUPERVISOR, 2)).status).toBe(200)
    hall.pass(DAY_MS)
    expect(
      [await watchOn(TODAY), await watchOn(TOMORROW), await watchOn('2026-03-04')].map(({ rule }) => rule.version),
    ).toEqual([1, 2, 3])
    expect((await watchOn(TODAY)).clerks).toMatchObject([{ warning: 'yellow' }])
    expect(await hall.faults()).toEqual([])
  },
)

test('of two that begin on one day the later holds; before the first it is the house’s own', () => {
  const rule = (version: number, from: string): ChosenRule => ({
    ...{ ...CUSUM_RULE, version, from, charts: 1, votesAMonth: 1, falseRedsAYear: 1, by: '', at: '' },
  })
  const rules = [rule(2, '2026-03-03'), rule(3, '2026-03-03'), rule(4, '2026-04-01')]
  const versions = ['2026-03-02', '2026-03-03', '2026-03-31', '2026-04-01'].map((day) => ruleOn(rules, day).version)
  expect(versions).toEqual([1, 3, 3, 4])
})
