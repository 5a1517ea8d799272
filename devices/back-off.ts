const FIRST_MS = 500
const LONGEST_MS = 30_000

/**
 * How long to wait before the next attempt, when `failures` (one or more) have gone before in a row: from half a second doubling to half a
 * minute, and up to half of it less by `chance` (0 to 1), so that devices behind one broken switch do not knock all at once.
 */
export function backOff_ms(failures: number, chance: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (1 - chance / 2)
}
