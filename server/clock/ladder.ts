import type { Tier } from './deadline-rules.ts'

const MS_PER_DAY = 86_400_000

/** What of a clock its ladder goes by. */
export interface OnLadder {
  readonly from: string
  readonly dueAt: string
  readonly ladder: readonly Tier[]
  /** Offsets that were raised for this due moment. */
  readonly raised: readonly number[]
}

/** When a tier comes due. */
export function momentOf(dueAt: string, { offset_days }: Tier): string {
  return new Date(Date.parse(dueAt) + offset_days * MS_PER_DAY).toISOString()
}

/** Tiers still to come, lowest first. One that lies before the beginning of the period is none, and what was passed over never comes. */
function pending({ from, dueAt, ladder, raised }: OnLadder): Tier[] {
  const highest = Math.max(...raised, -Infinity)
  return ladder
    .filter((tier) => tier.offset_days > highest && momentOf(dueAt, tier) > from)
    .sort((a, b) => a.offset_days - b.offset_days)
}

/**
 * What is to be raised at this moment, in order. After a time in which nobody looked, of the warnings before expiry only the last one
 * is worth raising, and none once it is overdue; each one after expiry has its own people to tell.
 */
export function tiersDue(clock: OnLadder, at: string): Tier[] {
  const passed = pending(clock).filter((tier) => momentOf(clock.dueAt, tier) <= at)
  const late = passed.filter(({ offset_days }) => offset_days >= 0)
  return late.length > 0 ? late : passed.slice(-1)
}

/** When the next tier comes due; null when none is left. */
export function nextMoment(clock: OnLadder): string | null {
  const [next] = pending(clock)
  return next === undefined ? null : momentOf(clock.dueAt, next)
}
