import type { Words } from '../../refusal.ts'
import { headingKey } from './headings.ts'

/** What any cell of an imported table may hold: digits and days as spreadsheets write them, words of a choice, names of people. */

/** Somebody whom a cell may name. */
export interface NamedPerson {
  readonly id: string
  readonly name: string
}

/** How Excel shows a long number that it took for one: its last digits are gone. */
const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E[+-]?\d+$/i
const DAY = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/
const MG_DIGITS = 3
const GRAMS = /^(0|[1-9]\d*)(?:\.(\d+))?$/
const BETWEEN_NAMES = /[、，,;；/\n]/

/** Whether its last digits are lost. */
export function isScientific(text: string): boolean {
  return SCIENTIFIC.test(text.normalize('NFKC'))
}

/** Full-width digits as plain ones. */
export function figures(text: string): string {
  return text.normalize('NFKC').trim()
}

/** Grams as milligrams; null for what is no weight. */
export function milligramsOf(text: string): number | null {
  const [, whole, fraction = ''] = GRAMS.exec(figures(text)) ?? []
  if (whole === undefined || fraction.length > MG_DIGITS) return null
  const weight_mg = Number(whole + fraction.padEnd(MG_DIGITS, '0'))
  return Number.isSafeInteger(weight_mg) ? weight_mg : null
}

/** `2026/3/5` as `2026-03-05`; what is no day stays as it is. */
export function dayOf(text: string): string {
  const [, year, month = '', day = ''] = DAY.exec(figures(text)) ?? []
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A choice by its value or its name in either language. */
export function choiceOf<V extends string>(text: string, choices: Readonly<Record<V, Words>>): V | null {
  const key = headingKey(text)
  const found = Object.entries<Words>(choices).find(([value, { zh, en }]) =>
    [value, zh, en].some((one) => headingKey(one) === key),
  )
  return found === undefined ? null : (found[0] as V)
}

/** The names of a cell, one by one. */
export function namesIn(text: string): string[] {
  return text
    .split(BETWEEN_NAMES)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** One of them by id or name; of two with one name neither is meant. */
export function personOf(text: string, people: readonly NamedPerson[]): string | null {
  const [only, ...others] = people.filter(({ id, name }) => id === text || name === text)
  return others.length === 0 ? (only?.id ?? null) : null
}

export const cellWords = {
  missing: { zh: '没有填写', en: 'is missing' },
  scientific: (text: string): Words => ({
    zh: `“${text}”已被表格软件改成科学计数法，末尾数字已丢失；请把该栏设为“文本”后重新填写`,
    en: `“${text}” was turned into scientific notation and lost its last digits; format the column as text and type it again`,
  }),
  grams: (text: string): Words => ({
    zh: `“${text}”不是以克计的重量，最多 ${MG_DIGITS} 位小数`,
    en: `“${text}” is no weight in grams with at most ${MG_DIGITS} decimals`,
  }),
  choice: (choices: readonly Words[]): Words => ({
    zh: `应为：${choices.map(({ zh }) => zh).join('、')}`,
    en: `has to be: ${choices.map(({ en }) => en).join(', ')}`,
  }),
}
