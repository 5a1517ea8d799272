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

/** Several of a kind in one line: `张伟、李娜`. */
export function sayList(texts: readonly string[]): string {
  return texts.join(t('text.comma'))
}

/** With what says more in brackets: `张伟（第一审查调查室）`. */
export function sayAside(text: string, aside: string): string {
  return t('text.aside', { text, aside })
}

/** What it is about, then what is said of it: `手机：已登记 2 张照片`. */
export function sayOf(what: string, words: string): string {
  return t('text.of', { what, words })
}
