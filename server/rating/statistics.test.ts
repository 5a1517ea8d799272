import { describe, expect, test } from 'vitest'
import {
  binomialAtMost,
  chanceOfAtLeast,
  cusum,
  CUSUM_RULE,
  type CusumRule,
  difference,
  FUNNEL_INNER_TAIL,
  FUNNEL_OUTER_TAIL,
  funnelFloor,
  funnelLimit,
  warningAt,
  wilson,
} from './statistics.ts'

/** Percent with as many places as the reference gives. */
const percent = (rate: number, places: number): number => Number((100 * rate).toFixed(places))

describe('Wilson’s interval', () => {
  test.each([
    [10, 10, 72, 100, 0],
    [27, 30, 74, 97, 0],
    [30, 30, 89, 100, 0],
    [1, 30, 0.6, 16.7, 1],
    [3, 100, 1.0, 8.5, 1],
    [0, 10, 0, 28, 0],
  ])('of %d of %d', (good, n, low, high, places) => {
    const found = wilson(good, n)
    expect([percent(found?.low ?? -1, places), percent(found?.high ?? -1, places)]).toEqual([low, high])
  })

  test('of nothing is none, and is within 10 points at 95 % from 83 on', () => {
    expect(wilson(0, 0)).toBeNull()
    const width = (n: number) => {
      const { low, high } = wilson(0.95 * n, n) ?? { low: 0, high: 1 }
      return high - low
    }
    expect(width(82)).toBeGreaterThan(0.1)
    expect(width(83)).toBeLessThanOrEqual(0.1)
  })
})

describe('the difference of two rates', () => {
  // Newcombe 1998, table II: the score interval (method 10) of 56/70 - 48/80.
  test('has Newcombe’s interval', () => {
    const found = difference({ good: 48, n: 80 }, { good: 56, n: 70 })
    expect(found?.change).toBeCloseTo(0.2, 10)
    expect(found?.low).toBeCloseTo(0.0524, 4)
    expect(found?.high).toBeCloseTo(0.3339, 4)
  })

  test('of nothing is none', () => expect(difference({ good: 0, n: 0 }, { good: 1, n: 2 })).toBeNull())
})

describe('funnel limits of a base rate of 2 %', () => {
  test.each([
    [30, 2, 4],
    [100, 5, 7],
    [300, 11, 15],
  ])('for %d votes', (n, inner, outer) => {
    expect(funnelLimit(n, 0.02, FUNNEL_INNER_TAIL)).toBe(inner)
    expect(funnelLimit(n, 0.02, FUNNEL_OUTER_TAIL)).toBe(outer)
  })

  test('have a floor below which fewer come by chance too rarely', () => {
    expect(funnelFloor(100, 0.02, FUNNEL_INNER_TAIL)).toBe(0)
    const floor = funnelFloor(600, 0.02, FUNNEL_INNER_TAIL)
    expect(binomialAtMost(floor - 1, 600, 0.02)).toBeLessThan(FUNNEL_INNER_TAIL)
    expect(binomialAtMost(floor, 600, 0.02)).toBeGreaterThanOrEqual(FUNNEL_INNER_TAIL)
  })

  test('rest on the exact binomial', () => {
    expect(binomialAtMost(3, 10, 0.5)).toBeCloseTo(176 / 1024, 12)
    expect(chanceOfAtLeast(1, 10, 0.02)).toBeCloseTo(1 - 0.98 ** 10, 12)
    expect([binomialAtMost(-1, 5, 0.5), binomialAtMost(5, 5, 0.5), binomialAtMost(0, 5, 1)]).toEqual([0, 1, 0])
  })
})

/** Votes with a seed, each bad with the chance `p`: how many until the height is reached. */
function runLength(random: () => number, p: number, rule: CusumRule, height: number): number {
  const forBad = Math.log(rule.outOfOrder / rule.inOrder)
  const forGood = Math.log((1 - rule.outOfOrder) / (1 - rule.inOrder))
  let at = 0
  for (let votes = 1; ; votes += 1) {
    at = Math.max(0, at + (random() < p ? forBad : forGood))
    if (at >= height) return votes
  }
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('the CUSUM', () => {
  const reference: CusumRule = { ...CUSUM_RULE, inOrder: 0.02, outOfOrder: 0.06 }

  // Votes between false alarms, and until 6 % and 10 % are found; the reference was simulated too, so within a fifth of it.
  test.each([
    [3.0, 1_306, 97, 40],
    [4.5, 7_121, 147, 61],
  ])('of height %d has the run lengths of the reference', { timeout: 120_000 }, (height, inOrder, six, ten) => {
    const random = seeded(20_261_121)
    const mean = (p: number, runs: number): number =>
      Array.from({ length: runs }, () => runLength(random, p, reference, height)).reduce((sum, one) => sum + one, 0) /
      runs
    for (const [found, expected] of [
      [mean(0.02, 1_500), inOrder],
      [mean(0.06, 3_000), six],
      [mean(0.1, 3_000), ten],
    ] as const) {
      expect(found).toBeGreaterThan(0.8 * expected)
      expect(found).toBeLessThan(1.2 * expected)
    }
  })

  test('moves once a batch, never below nothing, and is called by three heights', () => {
    const path = cusum(
      [
        { bad: 0, n: 10 },
        { bad: 3, n: 10 },
        { bad: 0, n: 40 },
      ],
      CUSUM_RULE,
    )
    expect(path[0]).toBe(0)
    expect(path[1]).toBeCloseTo(3 * Math.log(4) + 7 * Math.log(0.92 / 0.98), 10)
    expect(path[2]).toBeLessThan(path[1] ?? 0)
    expect([0, 3, 4.5, 7].map((height) => warningAt(height, CUSUM_RULE))).toEqual(['none', 'yellow', 'orange', 'red'])
  })
})
