/** Small texts that several screens say the same way. */

import { formatTime } from '../format.ts'
import { chosen, t } from '../words/words.svelte.ts'
import { lawsIn } from './laws.ts'
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

/** When something is due. A day ends at 24:00, as the law counts; midnight of the day after would read as a day more. */
export function sayDue(dueAt: string): string {
  const minute = formatTime(dueAt, 'minute')
  if (!minute.endsWith('00:00')) return minute
  return `${formatTime(new Date(Date.parse(dueAt) - 1).toISOString(), 'day')} 24:00`
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

/** The article that something rests on; in English with the names of the laws: `监察法(2024) 69 (Supervision Law)`. */
export function sayBasis(basis: string): string {
  const laws = chosen.language === 'en' ? lawsIn(basis).map((key) => t(key)) : []
  return laws.length === 0 ? basis : sayAside(basis, sayList(laws))
}
