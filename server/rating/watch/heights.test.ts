import { describe, expect, test } from 'vitest'
import { cusum, CUSUM_RULE, type CusumRule } from '../statistics.ts'
import { falseRedsAt, heightsFor, RUN_LENGTHS, votesBetween } from './heights.ts'

const { inOrder, outOfOrder } = CUSUM_RULE
const FOR_BAD = Math.log(outOfOrder / inOrder)
const FOR_GOOD = Math.log((1 - inOrder) / (1 - outOfOrder))

/**
 * The mean number of votes until a height, exactly: a Markov chain whose states are good votes away from nothing. A bad vote goes up by 21.9 of
 * them, so by 21 or 22 in that share. The equations are all but triangular: one sweep down, one back.
 */
function meanRun(height: number): number {
  const states = Math.round(height / FOR_GOOD)
  const up = Math.floor(FOR_BAD / FOR_GOOD)
  const over = FOR_BAD / FOR_GOOD - up
  const rows = Array.from({ length: states }, (_, from) => {
    const row = new Float64Array(states + 1)
    const add = (to: number, by: number): void => {
      if (to < states) row[to] = (row[to] ?? 0) + by
    }
    add(from, 1)
    add(Math.max(0, from - 1), inOrder - 1)
    add(from + up, -inOrder * (1 - over))
    add(from + up + 1, -inOrder * over)
    row[states] = 1
    return row
  })
  for (let at = 0; at + 1 < states; at += 1) {
    const [row, below] = [rows[at] as Float64Array, rows[at + 1] as Float64Array]
    const factor = (below[at] ?? 0) / (row[at] ?? 1)
    for (let to = at; to <= states; to += 1) below[to] = (below[to] ?? 0) - factor * (row[to] ?? 0)
  }
  const mean = new Float64Array(states)
  for (let at = states - 1; at >= 0; at -= 1) {
    const row = rows[at] as Float64Array
    let left = row[states] ?? 0
    for (let to = at + 1; to < states; to += 1) left -= (row[to] ?? 0) * (mean[to] ?? 0)
    mean[at] = left / (row[at] ?? 1)
  }
  return mean[0] ?? 0
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

/** Reds of a chart in order over so many years; it begins anew after each. By `batch` votes at once. */
function falseReds(random: () => number, red: number, years: number, votesAYear: number, batch: number): number {
  const rule: CusumRule = { ...CUSUM_RULE, heights: [1, 2, red] }
  let reds = 0
  let height = 0
  for (let cast = 0; cast < years * votesAYear; cast += batch) {
    let bad = 0
    for (let nth = 0; nth < batch; nth += 1) if (random() < inOrder) bad += 1
    height = Math.max(0, height + bad * FOR_BAD - (batch - bad) * FOR_GOOD)
    if (height < rule.heights[2]) continue
    reds += 1
    height = 0
  }
  return reds
}

describe('the table of run lengths', () => {
  test('is what the chain gives, at every height', () => {
    for (const [height, votes] of RUN_LENGTHS)
      expect(Math.abs(meanRun(height) / votes - 1), String(height)).toBeLessThan(0.005)
  })

  test('gives limit 7 its false alarms: 0.09 a clerk and year at 20 votes on each of 250 days', () => {
    const asked = { charts: 1, votesAMonth: (20 * 250) / 12 }
    expect(falseRedsAt(7, asked)).toBeGreaterThan(0.08)
    expect(falseRedsAt(7, asked)).toBeLessThan(0.1)
  })

  test('grows with every tenth of a height', () => {
    for (let height = 10; height < 180; height += 1)
      expect(votesBetween((height + 1) / 10)).toBeGreaterThan(votesBetween(height / 10))
  })
})

describe('heights chosen from the number monitored', () => {
  test.each([
    [5, 420, 1],
    [20, 420, 1],
    [100, 420, 4],
    [400, 420, 4],
    [2_000, 900, 1],
  ])(
    'of %d charts with %d votes a month let no more than %d false reds through a year, and no fewer than need be',
    (charts, votesAMonth, falseRedsAYear) => {
      const [yellow, orange, red] = heightsFor({ charts, votesAMonth, falseRedsAYear })
      expect(falseRedsAt(red, { charts, votesAMonth })).toBeLessThanOrEqual(falseRedsAYear)
      expect(falseRedsAt(red - 0.1, { charts, votesAMonth })).toBeGreaterThan(falseRedsAYear)
      expect(yellow < orange && orange < red).toBe(true)
      expect(votesBetween(red) / votesBetween(orange)).toBeGreaterThan(8)
      expect(votesBetween(red) / votesBetween(orange)).toBeLessThan(12)
    },
  )

  test('rise with the number of charts and of votes, fall with the false reds put up with, and never below the lowest', () => {
    const red = (charts: number, votesAMonth: number, falseRedsAYear: number) =>
      heightsFor({ charts, votesAMonth, falseRedsAYear })[2]
    expect(red(400, 420, 1)).toBeGreaterThan(red(40, 420, 1))
    expect(red(40, 840, 1)).toBeGreaterThan(red(40, 420, 1))
    expect(red(40, 420, 10)).toBeLessThan(red(40, 420, 1))
    expect(heightsFor({ charts: 1, votesAMonth: 1, falseRedsAYear: 100 })).toEqual([1, 2, 4])
    expect(heightsFor({ charts: 100_000, votesAMonth: 100_000, falseRedsAYear: 1 })[2]).toBeGreaterThan(18)
  })

  // 4,000 clerk-years of 420 votes a month, one chart each: 100 charts over 40 years.
  test(
    'let the wanted false reds through in 4,000 simulated clerk-years, by batches no more',
    { timeout: 240_000 },
    () => {
      const [charts, votesAMonth, wanted, years] = [100, 420, 8, 40]
      const red = heightsFor({ charts, votesAMonth, falseRedsAYear: wanted })[2]
      const a = (batch: number) => falseReds(seeded(20_261_122), red, years * charts, votesAMonth * 12, batch) / years
      const byVote = a(1)
      expect(byVote).toBeGreaterThan(0.8 * wanted)
      expect(byVote).toBeLessThan(1.2 * wanted)
      expect(a(10)).toBeLessThan(byVote)
    },
  )

  test('are reached by a rise to 20 % within days also where they are high', () => {
    const red = heightsFor({ charts: 400, votesAMonth: 420, falseRedsAYear: 1 })[2]
    const path = cusum(
      Array.from({ length: 10 }, () => ({ bad: 2, n: 10 })),
      CUSUM_RULE,
    )
    expect(path.findIndex((height) => height >= red) + 1).toBeLessThanOrEqual(6)
  })
})
