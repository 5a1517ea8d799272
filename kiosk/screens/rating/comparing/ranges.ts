/** Ranges to begin with, and where a difference stands on its line. Pure. */
import { daysOf } from '../seeing/period.ts'

interface Days {
  readonly from: string
  readonly to: string
}

const DAY_MS = 86_400_000
const MONTH_DAYS = 30

/** The last thirty days, and the thirty before. */
export function usualRanges(now: Date): { readonly first: Days; readonly second: Days } {
  return {
    first: daysOf('month', new Date(now.getTime() - MONTH_DAYS * DAY_MS)),
    second: daysOf('month', now),
  }
}

/** A line no shorter than ten points on either side, so that a small change looks small. */
const REACH_LEAST = 0.1
const ROOM = 1.1
const MIDDLE = 50

/** Where nothing, the change and the ends of its interval stand on a line from 0 to 100; nothing is always in the middle. */
export function onLine({ by, low, high }: { readonly by: number; readonly low: number; readonly high: number }): {
  readonly zero: number
  readonly by: number
  readonly low: number
  readonly high: number
} {
  const reach = ROOM * Math.max(REACH_LEAST, Math.abs(low), Math.abs(high))
  const at = (value: number): number => MIDDLE + (MIDDLE * value) / reach
  return { zero: MIDDLE, by: at(by), low: at(low), high: at(high) }
}
