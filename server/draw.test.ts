import { describe, expect, it } from 'vitest'
import { confidenceOf, drawItems, hashOfSeed, sampleSize } from './draw.ts'

/** n over k, exactly. */
function choose(n: number, k: number): bigint {
  if (k > n) return 0n
  let value = 1n
  for (let i = 1n; i <= BigInt(k); i += 1n) value = (value * (BigInt(n) - BigInt(k) + i)) / i
  return value
}

describe('the confidence of a draw', () => {
  it.each([
    [5, 1, 3],
    [100, 1, 95],
    [1_000, 10, 258],
    [2_000, 5, 901],
  ])('of %i with %i missing and %i drawn is the hypergeometric one', (population, missing, size) => {
    const unnoticed = Number((choose(population - missing, size) * 10n ** 12n) / choose(population, size)) / 1e12
    expect(confidenceOf(population, missing, size)).toBeCloseTo(1 - unnoticed, 9)
  })

  it('is certainty where less is left than is missing', () => {
    expect(confidenceOf(10, 3, 8)).toBe(1)
  })
})

describe('the size of a sample', () => {
  it.each([
    [1_000, 10, 95],
    [200, 2, 90],
    [37, 1, 99.9],
    [5, 1, 50],
  ])('of %i with %i missing at %d %% is the smallest that will do', (population, missing, percent) => {
    const size = sampleSize(population, missing, percent)
    expect(confidenceOf(population, missing, size)).toBeGreaterThanOrEqual(percent / 100)
    expect(confidenceOf(population, missing, size - 1)).toBeLessThan(percent / 100)
  })

  it('is one where everything is missing', () => {
    expect(sampleSize(10, 10, 99)).toBe(1)
    expect(sampleSize(0, 1, 95)).toBe(0)
  })
})

describe('a draw', () => {
  const population = Array.from({ length: 40 }, (_, nth) => `W01260${String(nth).padStart(6, '0')}`)
  const [seed, orderHash] = ['5a'.repeat(32), 'c3'.repeat(32)]

  it('takes each item once, and depends on the order of nothing', () => {
    const drawn = drawItems(population, { seed, orderHash, size: 12 })
    expect(new Set(drawn).size).toBe(12)
    expect(drawItems(population.toReversed(), { seed, orderHash, size: 12 })).toEqual(drawn)
    expect(drawItems(population, { seed, orderHash, size: 13 }).slice(0, 12)).toEqual(drawn)
  })

  it('is another with another seed or another order', () => {
    const drawn = drawItems(population, { seed, orderHash, size: 12 })
    expect(drawItems(population, { seed: '5b'.repeat(32), orderHash, size: 12 })).not.toEqual(drawn)
    expect(drawItems(population, { seed, orderHash: 'c4'.repeat(32), size: 12 })).not.toEqual(drawn)
  })

  it('gives every item the same chance', () => {
    const times = new Map(population.map((item) => [item, 0]))
    for (let nth = 0; nth < 2_000; nth += 1)
      for (const item of drawItems(population, { seed: hashOfSeed(String(nth)), orderHash, size: 10 }))
        times.set(item, (times.get(item) ?? 0) + 1)
    // 500 each are expected; the seeds are fixed, so what comes out is too.
    expect(Math.min(...times.values())).toBeGreaterThan(420)
    expect(Math.max(...times.values())).toBeLessThan(580)
  })
})
