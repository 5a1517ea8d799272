import type { JsonObject } from '../../module.ts'
import { Refusal, type RefusalValues, type Words } from '../../refusal.ts'
import { categories, type Category } from '../categories.ts'
import { storageNames } from '../keeping/storage-classes.ts'
import { type Ask, type Field, type FieldId, fields, type Keeping, keepingWords } from './category-fields.ts'

/** What was said of an item beside name and quantity, as its category asks: by field, as it was typed. */
export type Details = { readonly [F in FieldId]?: string }

const WHOLE = /^(0|[1-9]\d*)$/
const SUM = /^(0|[1-9]\d*)(\.\d{1,2})?$/
const HASH = /^[0-9a-f]{64}$/
const DAY = /^2\d{3}-\d{2}-\d{2}$/

/**
 * What the category asks for, complete and as the fields take it; nothing else.
 * @param place of the line at fault, for the refusal's values
 * @throws Refusal `custody.field-not-asked`, `custody.field-missing`, `custody.field-value`
 */
export function mustAnswer(category: Category, given: Details, place: RefusalValues): void {
  const { name, asks } = categories[category]
  const of = { category: name.zh, categoryEn: name.en }
  const asked = asks.filter((ask) => isAsked(ask, given))
  const at = (field: FieldId): RefusalValues => ({
    ...{ what: fields[field].name.zh, whatEn: fields[field].name.en },
    ...{ ...place, field: `details.${field}` },
  })
  const stray = fieldsOf(given).find((field) => !asked.some((ask) => ask.field === field))
  if (stray !== undefined) throw new Refusal('custody.field-not-asked', { ...of, ...at(stray) })
  for (const ask of asked) {
    const value = given[ask.field]
    if (value === undefined) {
      const spared = ask.unless !== undefined && given[ask.unless] !== undefined
      if (ask.required && !spared) throw new Refusal('custody.field-missing', { ...of, ...at(ask.field) })
      continue
    }
    const wrong = wrongWith(ask, value, given)
    if (wrong !== null)
      throw new Refusal('custody.field-value', { ...at(ask.field), allowed: wrong.zh, allowedEn: wrong.en })
  }
}

function isAsked({ when }: Ask, given: Details): boolean {
  return when === undefined || when.is.includes(given[when.field] ?? '')
}

/** What the field would take instead; null where it takes the value. */
function wrongWith({ field, only }: Ask, value: string, given: Details): Words | null {
  const { kind, longest, choices = {} }: Field = fields[field]
  if (value.trim() === '' || value.length > longest)
    return { zh: `1 至 ${longest} 个字`, en: `1 to ${longest} characters` }
  switch (kind) {
    case 'text':
      return null
    case 'count':
      return WHOLE.test(value) ? null : { zh: '零或正整数', en: 'zero or a whole number' }
    case 'sum':
      return SUM.test(value) ? null : { zh: '金额，最多两位小数', en: 'a sum with two decimals at most' }
    case 'hash':
      return HASH.test(value) ? null : { zh: '64 位十六进制数（小写）', en: '64 hexadecimal digits in lower case' }
    case 'day':
      if (!isDay(value)) return { zh: '写作 2026-11-21 的日期', en: 'a day written as 2026-11-21' }
      return field === 'reviewOn' && given.expiresOn !== undefined && value > given.expiresOn
        ? { zh: `不晚于保存期 ${given.expiresOn}`, en: `not after ${given.expiresOn}, until which it keeps` }
        : null
    case 'choice': {
      const open = Object.entries(choices).filter(([choice]) => only?.includes(choice) ?? true)
      if (open.some(([choice]) => choice === value)) return null
      return {
        zh: open.map(([, words]) => words.zh).join('、'),
        en: open.map(([, words]) => words.en).join(', '),
      }
    }
  }
}

/** A day of the calendar, written as `2026-11-21`. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false
  const time = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** The fields that something was said in, in the order of the catalogue. */
export function fieldsOf(details: Details): FieldId[] {
  return (Object.keys(fields) as FieldId[]).filter((field) => details[field] !== undefined)
}

/** What the register holds in clear, and what is sealed beside it; null where there is nothing of the kind. */
export function partedDetails(given: Details): {
  readonly marks: Details | null
  readonly personal: JsonObject | null
} {
  const inClear = (field: FieldId): boolean => (fields[field] as Field).inClear === true
  const part = (wanted: readonly FieldId[]): JsonObject | null =>
    wanted.length === 0 ? null : Object.fromEntries(wanted.map((field) => [field, given[field] ?? '']))
  const all = fieldsOf(given)
  return { marks: part(all.filter(inClear)), personal: part(all.filter((field) => !inClear(field))) }
}

/** The numbers among what was said, by each of which the thing is found. */
export function numbersIn(details: Details): string[] {
  return fieldsOf(details).flatMap((field) => ((fields[field] as Field).finds ? [details[field] ?? ''] : []))
}

/** Characters of a number that is masked which still stand, as banks print them; a number of fewer than twice as many shows none. */
const SHOWN_LAST = 4

/** Whether a field is shown masked but to who asks for it with a reason (rules T-14). */
export function isGuarded(field: FieldId): boolean {
  return (fields[field] as Field).guarded === true
}

/** `****6789` of `6222 0234 5678 6789`, which tells neither the rest nor how long it is; `****` of a number too short for that. */
export function masked(number: string): string {
  const signs = [...number.replaceAll(/[\s-]/g, '')]
  return `****${signs.length < 2 * SHOWN_LAST ? '' : signs.slice(-SHOWN_LAST).join('')}`
}

/** The same details with every guarded field masked. */
export function maskedDetails(details: Details): Details {
  return Object.fromEntries(
    Object.entries(details).map(([field, value]) => [field, isGuarded(field as FieldId) ? masked(value) : value]),
  )
}

/** The guarded number as it was typed; null where none was, or where it was lawfully erased. */
export function guardedIn(details: Details): string | null {
  const field = fieldsOf(details).find(isGuarded)
  return field === undefined ? null : (details[field] ?? null)
}

/** How an item is kept, where it has a card but no shelf; `STORE` for all that is handed over. */
export function keepingOf(marks: Details | undefined): Keeping {
  return (marks?.keeping as Keeping | undefined) ?? 'STORE'
}

/** In which room of a store it belongs, or who keeps it instead: as its card has it. */
export function roomOnCard(category: Category, marks: Details | undefined): string {
  const keeping = keepingOf(marks)
  return keeping === 'STORE' ? storageNames[categories[category].storage[0] ?? 'ordinary'] : keepingWords[keeping].zh
}

/** A value as a person reads it. */
export function sayDetail(field: FieldId, value: string): Words {
  const { choices }: Field = fields[field]
  return choices?.[value] ?? { zh: value, en: value }
}

/** `序列号：X；页数：3`, as a cell of a form carries it. */
export function detailsOnPaper(details: Details): string {
  return fieldsOf(details)
    .filter((field) => (fields[field] as Field).offPaper !== true)
    .map((field) => `${fields[field].name.zh}：${sayDetail(field, details[field] ?? '').zh}`)
    .join('；')
}
