/** Small texts that several screens say the same way. */

import { formatTime } from '../format.ts'
import { t } from '../words/words.svelte.ts'
import { spanOf } from './times.ts'

export function saySpan(span_ms: number): string {
  const { unit, count } = spanOf(span_ms)
  return t(`time.${unit}`, { count })
}

/** Since when something is late: `3 天`. */
export function sayLate(dueAt: string, now_ms: number): string {
  return saySpan(now_ms - Date.parse(dueAt))
}

export function sayMinute(at: string): string {
  return formatTime(at, 'minute')
}
