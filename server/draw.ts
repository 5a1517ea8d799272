import { createHash } from 'node:crypto'

/**
 * 抽查、抽样回访: how many to draw, and which. Anybody can do it again with a pencil and a program for SHA-256: everything that goes in stands in the
 * register, and nothing of it could be chosen once the draw was foreseeable.
 */

const MARK = 'clearhold draw v1'

/**
 * The chance that a draw without putting back notices anything, when `missing` of `population` are not there (hypergeometric):
 * 1 - C(population - missing, size) / C(population, size).
 * @returns 0 to 1; 1 where less than `missing` are left outside the draw
 */
export function confidenceOf(population: number, missing: number, size: number): number {
  let unnoticed = 1
  for (let drawn = 0; drawn < size; drawn += 1)
    unnoticed *= Math.max(0, population - missing - drawn) / (population - drawn)
  return 1 - unnoticed
}

/**
 * The smallest draw that notices, with at least this confidence, that `missing` or more of `population` are not there.
 * @param confidence_percent more than 0, less than 100
 * @returns all of them where no smaller draw will do, also where as many are said to be missing as there are
 */
export function sampleSize(population: number, missing: number, confidence_percent: number): number {
  let unnoticed = 1
  for (let size = 0; size < population; size += 1) {
    if (1 - unnoticed >= confidence_percent / 100) return size
    unnoticed *= Math.max(0, population - missing - size) / (population - size)
  }
  return population
}

/** What stands in the register before the draw. */
export function hashOfSeed(seed: string): string {
  return sha256(seed)
}

/**
 * The items (or services, by their ids) that a seed draws: each has a lot, the SHA-256 of `clearhold draw v1`, the seed, the hash of the order's entry and its own code, with
 * line feeds between, in hexadecimal; the lowest lots are drawn. The hash of the order covers what was expected and cannot be known before it
 * is written, so that neither who made the seed nor who ordered the count could aim.
 * @param seed 64 hexadecimal digits
 * @param orderHash of the entry that ordered the count, in hexadecimal
 * @returns `size` codes in the order of their lots
 */
export function drawItems(
  population: readonly string[],
  { seed, orderHash, size }: { readonly seed: string; readonly orderHash: string; readonly size: number },
): string[] {
  return population
    .map((item) => ({ item, lot: sha256([MARK, seed, orderHash, item].join('\n')) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, size)
    .map(({ item }) => item)
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
