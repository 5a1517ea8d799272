import type { Rate } from '../../../../server/rating/protocol.ts'

const STEP = 0.1

/** Where the scale of all intervals begins: the tenth below the lowest of them. */
export function floorOf(rates: readonly (Rate | null)[]): number {
  const lowest = Math.min(1 - STEP, ...rates.flatMap((rate) => (rate === null ? [] : [rate.low])))
  return Math.floor(lowest / STEP + 1e-9) * STEP
}

/** Start, end and middle of an interval, in percent of the scale. */
export function placed({ good, n, low, high }: Rate, floor: number): { start: number; end: number; at: number } {
  const percent = (rate: number): number => (100 * (rate - floor)) / (1 - floor)
  return { start: percent(low), end: percent(high), at: percent(good / n) }
}
