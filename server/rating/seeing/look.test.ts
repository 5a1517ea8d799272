import { describe, expect, test } from 'vitest'
import type { Levels } from '../counts.ts'
import type { Group } from '../rating.ts'
import { CUSUM_RULE } from '../statistics.ts'
import type { CountedBatch, ServedDay } from './figures.ts'
import { comparisonOf, funnelOf, heatOf, trendOf, watchOf } from './look.ts'
import { signalsOf } from './signals.ts'
import { proposalsOf } from './thresholds.ts'

const DAYS = { from: '2026-03-01', to: '2026-03-30' }
const EARLIER = { from: '2026-01-30', to: '2026-02-28' }
const group = (clerk: string, counter = 'counter-1'): Group => ({
  ...{ hall: 'hall-1', counter, clerk, matter: 'general', questionnaire: 'hall-service@1' },
})
const nameOf = (id: string): string => id.toUpperCase()

/** `bad` of `n` are very dissatisfied, the others satisfied. */
function batch(clerk: string, day: string, n: number, bad: number, counter?: string): CountedBatch {
  const overall: Levels = { 1: bad, 2: 0, 3: 0, 4: n - bad, 5: 0 }
  return { group: group(clerk, counter), day, counts: { v: 1, overall, answers: {}, reasons: {}, unread: 0 } }
}

const served = (clerk: string, day: string, asked: number, rated: number, counter?: string): ServedDay => ({
  ...{ group: group(clerk, counter), day, asked, rated },
})
const seen = (batches: readonly CountedBatch[], of: readonly ServedDay[] = []) => ({
  ...{ batches, served: of, question: 'overall' as const },
})

describe('a trend', () => {
  test('has no figure where nothing was counted, nor a response of fewer than ten', () => {
    const steps = trendOf(
      seen([batch('a', '2026-03-02', 20, 1)], [served('a', '2026-03-02', 30, 20), served('a', '2026-03-03', 9, 9)]),
      DAYS,
    )
    expect(steps).toHaveLength(30)
    expect(steps[1]).toMatchObject({ satisfied: { good: 19, n: 20 }, response: { asked: 30, rated: 20 } })
    expect(steps[2]).toMatchObject({ satisfied: null, response: null })
  })

  test('takes no batch of which fewer than ten can be read', () => {
    const steps = trendOf(seen([batch('a', '2026-03-02', 9, 0)]), DAYS)
    expect(steps.every(({ satisfied }) => satisfied === null)).toBe(true)
  })
})

describe('two periods', () => {
  test.each([
    [10, 1, 'no-difference'],
    [500, 100, 'worse'],
  ] as const)('of %d votes with %d bad ones after none: %s', (n, bad, verdict) => {
    const found = comparisonOf(seen([batch('a', '2026-02-03', n, 0), batch('a', '2026-03-03', n, bad)]), DAYS, EARLIER)
    expect(found.change?.verdict).toBe(verdict)
    expect(found.change?.by).toBeCloseTo(-bad / n, 10)
  })

  test('are not compared where one has no figure', () => {
    expect(comparisonOf(seen([batch('a', '2026-03-03', 50, 1)]), DAYS, EARLIER).change).toBeNull()
  })
})

describe('a funnel', () => {
  test('holds each clerk against the hall, and tells outside from chance', () => {
    const batches = [
      batch('usual', '2026-03-03', 900, 18),
      batch('high', '2026-03-03', 100, 7),
      batch('beyond', '2026-03-03', 100, 12),
      batch('few', '2026-03-03', 10, 1),
      batch('low', '2026-03-03', 600, 3),
    ]
    const { base, points, limits } = funnelOf(seen(batches), DAYS, nameOf)
    expect(base).toBeCloseTo(41 / 1710, 10)
    expect(Object.fromEntries(points.map(({ id, place }) => [id, place]))).toEqual({
      ...{ usual: 'inside', high: 'high', beyond: 'beyond', few: 'inside', low: 'low' },
    })
    expect(limits[0]?.n).toBe(10)
    expect(limits.at(-1)?.n).toBeGreaterThanOrEqual(900)
    for (const { lower, inner, outer } of limits) expect(lower <= inner && inner <= outer).toBe(true)
  })

  test('of nothing has no base', () => {
    expect(funnelOf(seen([]), DAYS, nameOf)).toEqual({ base: null, points: [], limits: [] })
  })
})

test('the heat of a counter and day is the sum of its batches', () => {
  const batches = [
    batch('a', '2026-03-02', 20, 2, 'counter-1'),
    batch('b', '2026-03-02', 10, 0, 'counter-1'),
    batch('b', '2026-03-30', 10, 10, 'counter-2'),
  ]
  const { rows, days } = heatOf(seen(batches), DAYS, nameOf)
  expect(rows.map(({ name, cells }) => [name, cells.length === days.length])).toEqual([
    ['COUNTER-1', true],
    ['COUNTER-2', true],
  ])
  expect(rows[0]?.cells[1]).toMatchObject({ good: 28, n: 30 })
  expect(rows[1]?.cells.filter((cell) => cell !== null)).toMatchObject([{ good: 0, n: 10 }])
})

describe('the watch over clerks', () => {
  test('began before the days looked at, and says with which rule', () => {
    const batches = [batch('a', '2026-02-20', 20, 2), batch('a', '2026-03-05', 20, 3), batch('b', '2026-03-05', 50, 0)]
    const { rule, clerks } = watchOf(seen(batches), DAYS, nameOf, [])
    expect(rule).toMatchObject({ version: CUSUM_RULE.version, heights: CUSUM_RULE.heights })
    const [a, b] = clerks
    expect(a?.path).toHaveLength(1)
    const alone = watchOf(seen(batches.slice(1)), DAYS, nameOf, []).clerks[0]
    expect(a?.path[0]?.height).toBeGreaterThan(alone?.path[0]?.height ?? 0)
    expect(a?.warning).not.toBe('none')
    expect(a?.chance).toBeLessThan(0.05)
    expect(b).toMatchObject({ warning: 'none', chance: null })
  })
})

describe('signals', () => {
  const names = { clerk: nameOf, counter: nameOf }
  const usual = [served('a', '2026-03-05', 200, 120), served('b', '2026-03-05', 200, 118, 'counter-2')]

  test('are none where all is alike', () => expect(signalsOf(usual, [], [], DAYS, names)).toEqual([]))

  test.each([
    [10, 'silent'],
    [99, 'eager'],
  ] as const)('of a clerk whose vote came %d times in 100: %s', (rated, kind) => {
    const found = signalsOf([...usual, served('odd', '2026-03-06', 100, rated, 'counter-3')], [], [], DAYS, names)
    expect(found).toMatchObject([{ kind, about: 'clerk', id: 'odd', of: 100 }])
    expect(found[0]?.chance).toBeLessThan(0.001)
    expect(found[0]?.expected).toBeGreaterThan(30)
  })

  test('judge nobody by a few services', () => {
    expect(signalsOf([...usual, served('odd', '2026-03-06', 29, 0, 'counter-3')], [], [], DAYS, names)).toEqual([])
  })

  test('tell of a counter without a vote in the last days, and of services faster than anybody serves', () => {
    const still = served('a', '2026-03-29', 20, 0, 'counter-9')
    const paces = [
      { clerk: 'a', services: 40, hurried: 4, outside: 0 },
      { clerk: 'fast', services: 40, hurried: 5, outside: 2 },
    ]
    expect(signalsOf([...usual, still], paces, [], DAYS, names).map(({ kind, id }) => [kind, id])).toEqual([
      ['hurried', 'fast'],
      ['outside', 'fast'],
      ['still', 'counter-9'],
    ])
  })
})

describe('below 70 % satisfied', () => {
  test.each([
    ['three votes', 3, 2, false],
    ['twenty-nine', 29, 29, false],
    ['thirty, the interval reaching over it', 30, 12, false],
    ['thirty, the whole interval below', 30, 16, true],
    ['a thousand at 69 %', 1_000, 310, false],
    ['a thousand at 65 %', 1_000, 350, true],
  ])('%s', (_name, n, bad, met) => {
    const found = proposalsOf([batch('a', '2026-03-05', n, bad)], DAYS, nameOf)
    expect(found.map(({ rule, clerk }) => [rule, clerk.name])).toEqual(met ? [['below-70', 'A']] : [])
  })
})
