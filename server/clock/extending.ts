/** How far a clock may be put off by its terms, and from when on (延长). Pure. */

import { type Calendars, dayOf, dueAfter } from './calendar.ts'
import type { Clock } from './clock.ts'
import type { ShownDeadline } from './protocol.ts'
import { parseSpan } from './span.ts'

/** Whether it is put off as long as its cause lasts, and not by a span of the rule. */
export function isByCause({ terms }: Pick<Clock, 'terms'>): boolean {
  return terms.extend?.times === null
}

/** By how much it may still be put off; null where it may not be. */
export function longerBy({ terms, state, extensions }: Clock): string | null {
  const { deferrable, extend: once } = terms
  if (!deferrable || once === null || state !== 'running') return null
  return once.times !== null && extensions >= once.times ? null : once.by
}

/** The last day that a due moment leaves. */
export function lastDayOf(dueAt: string): string {
  return dayOf(new Date(Date.parse(dueAt) - 1).toISOString())
}

/** The furthest day that may be reviewed next; null where it is not put off by a cause, or cannot be now. */
export function reviewUntilOf(clock: Clock, calendars: Calendars, at: string): string | null {
  const by = longerBy(clock)
  if (by === null || !isByCause(clock) || at > clock.dueAt) return null
  const last = new Date(Date.parse(clock.dueAt) - 1).toISOString()
  return lastDayOf(dueAfter(last, parseSpan(by), clock.terms.counting, calendars).dueAt)
}

/** Whether its rule lets it be put off at this moment. */
export function isExtendable(clock: Clock, at: string): boolean {
  return longerBy(clock) !== null && at <= clock.dueAt && !(clock.furtherFrom !== undefined && at < clock.furtherFrom)
}

/** Why who would put it off cannot: it was, as often as its rule allows, or the time granted last has not begun; null where neither is so. */
export function furtherOf({ terms, state, extensions, furtherFrom }: Clock, at: string): ShownDeadline['further'] {
  if (state !== 'running' || extensions === 0 || terms.extend === null) return null
  if (terms.extend.times !== null) return extensions < terms.extend.times ? null : { from: null }
  return furtherFrom === undefined || at >= furtherFrom ? null : { from: dayOf(furtherFrom) }
}

/** When it would be due if it were put off now by the span of its rule; null where its cause says until when, or it cannot be. */
export function extendedDueOf(clock: Clock, calendars: Calendars, at: string): string | null {
  const by = longerBy(clock)
  if (by === null || isByCause(clock) || at > clock.dueAt) return null
  return dueAfter(new Date(Date.parse(clock.dueAt) - 1).toISOString(), parseSpan(by), clock.terms.counting, calendars)
    .dueAt
}
