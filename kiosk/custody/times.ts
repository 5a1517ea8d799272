/** Times as a form takes them, in the organisation's zone whatever the machine's, and how long something took. */

import { DEFAULT_ZONE, formatTime } from '../format.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/

/** What a `datetime-local` field shows of a moment: `2026-11-21T09:30`. */
export function localOf(at: string, zone = DEFAULT_ZONE): string {
  return formatTime(at, 'minute', zone).replace(' ', 'T')
}

/** The moment that a `datetime-local` field means, RFC 3339 in UTC with milliseconds; null while it is not complete. */
export function instantOf(local: string, zone = DEFAULT_ZONE): string | null {
  if (!LOCAL.test(local)) return null
  const wanted_ms = Date.parse(`${local}:00Z`)
  if (Number.isNaN(wanted_ms)) return null
  const shift = (at_ms: number): number => Date.parse(`${localOf(new Date(at_ms).toISOString(), zone)}:00Z`) - at_ms
  const guess_ms = wanted_ms - shift(wanted_ms)
  return new Date(wanted_ms - shift(guess_ms)).toISOString()
}

/** The largest whole unit of a time span, never less than a minute. */
export function spanOf(span_ms: number): { readonly unit: 'days' | 'hours' | 'minutes'; readonly count: number } {
  if (span_ms >= DAY_MS) return { unit: 'days', count: Math.floor(span_ms / DAY_MS) }
  if (span_ms >= HOUR_MS) return { unit: 'hours', count: Math.floor(span_ms / HOUR_MS) }
  return { unit: 'minutes', count: Math.max(1, Math.floor(span_ms / MINUTE_MS)) }
}
