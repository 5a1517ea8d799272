import type { Words } from '../../refusal.ts'
import { CATEGORIES, categories } from '../categories.ts'
import { type Field, type FieldId, fields } from '../intake/category-fields.ts'
import { type ColumnId, columns, headingKey, valueWords } from './columns.ts'
import type { NewItem } from '../schemas.ts'

/** An officer of the case, as a cell may name him. */
export interface NamedOfficer {
  readonly id: string
  readonly name: string
}

/** What is wrong with a cell, by its column. */
export interface CellFault {
  readonly column: ColumnId
  readonly what: Words
}

const MG_DIGITS = 3
const GRAMS = /^(0|[1-9]\d*)(?:\.(\d+))?$/
/** How Excel shows a long number that it took for one: its last digits are gone. */
const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E[+-]?\d+$/i
const DAY = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/
const BETWEEN_NAMES = /[、，,;；/\n]/

/**
 * One row as a registration has it. Digits and dates may be written in the ways that spreadsheets and input methods write them; nothing else
 * is guessed. What a field has to be in the end, the registration itself says.
 * @param cells by column, without the space around; empty ones left out
 */
export function readCells(
  cells: ReadonlyMap<ColumnId, string>,
  officers: readonly NamedOfficer[],
): { readonly item: NewItem | null; readonly faults: readonly CellFault[] } {
  const faults: CellFault[] = []
  const wrong = (column: ColumnId, what: Words): null => {
    faults.push({ column, what })
    return null
  }
  for (const [column, text] of cells)
    if (column !== 'name' && column !== 'features' && SCIENTIFIC.test(text.normalize('NFKC')))
      wrong(column, words.scientific(text))
  for (const { id } of columns.filter(({ always }) => always)) if (!cells.has(id)) wrong(id, words.missing)
  const typed = (column: ColumnId): string => cells.get(column) ?? ''
  const chosen = <V extends string>(column: ColumnId, choices: Readonly<Record<V, Words>>): V | null => {
    const text = cells.get(column)
    if (text === undefined) return null
    return choiceOf(text, choices) ?? wrong(column, words.choice(Object.values(choices)))
  }
  const category = chosen('category', categoryWords)
  const valueStatus = chosen<keyof typeof valueWords>('valueStatus', valueWords)
  const weight = cells.get('weight')
  const weight_mg = weight === undefined ? null : (milligramsOf(weight) ?? wrong('weight', words.grams(weight)))
  const signers = typed('signers')
    .split(BETWEEN_NAMES)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => officerOf(one, officers) ?? wrong('signers', words.officer(one, officers)))
  if (signers.length > 0 && !cells.has('seal')) wrong('signers', words.signersOnly)
  const details: [FieldId, string][] = []
  for (const [column, text] of cells) {
    if (!column.startsWith('details.')) continue
    const field = column.slice('details.'.length) as FieldId
    const value = detailOf(fields[field], text)
    if (value === null) wrong(column, words.choice(Object.values((fields[field] as Field).choices ?? {})))
    else details.push([field, value])
  }
  if (faults.length > 0 || category === null) return { item: null, faults }
  const seal = cells.get('seal')
  const [features, cannotSealReason] = [cells.get('features'), cells.get('cannotSealReason')]
  const item: NewItem = {
    ...{ name: typed('name'), category, unit: typed('unit'), quantity: figures(typed('quantity')) },
    ...(features === undefined ? {} : { features }),
    ...(details.length === 0 ? {} : { details: Object.fromEntries(details) }),
    ...(valueStatus === null ? {} : { valueStatus }),
    ...(weight_mg === null ? {} : { weight_mg }),
    ...(seal === undefined ? {} : { seal: { number: seal, signers: signers.filter((one) => one !== null) } }),
    ...(cannotSealReason === undefined ? {} : { cannotSealReason }),
  }
  return { item, faults }
}

const categoryWords = Object.fromEntries(CATEGORIES.map((one) => [one, categories[one].name])) as Readonly<
  Record<(typeof CATEGORIES)[number], Words>
>

function choiceOf<V extends string>(text: string, choices: Readonly<Record<V, Words>>): V | null {
  const key = headingKey(text)
  const found = Object.entries<Words>(choices).find(([value, { zh, en }]) =>
    [value, zh, en].some((one) => headingKey(one) === key),
  )
  return found === undefined ? null : (found[0] as V)
}

/** Full-width digits as plain ones. */
function figures(text: string): string {
  return text.normalize('NFKC').trim()
}

function milligramsOf(text: string): number | null {
  const [, whole, fraction = ''] = GRAMS.exec(figures(text)) ?? []
  if (whole === undefined || fraction.length > MG_DIGITS) return null
  const weight_mg = Number(whole + fraction.padEnd(MG_DIGITS, '0'))
  return Number.isSafeInteger(weight_mg) ? weight_mg : null
}

/** One officer by id or name; of two with one name neither is meant. */
function officerOf(text: string, officers: readonly NamedOfficer[]): string | null {
  const [only, ...others] = officers.filter(({ id, name }) => id === text || name === text)
  return others.length === 0 ? (only?.id ?? null) : null
}

/** As the field has it; null for none of its choices. */
function detailOf({ kind, choices = {} }: Field, text: string): string | null {
  switch (kind) {
    case 'text':
      return text
    case 'count':
    case 'sum':
      return figures(text)
    case 'hash':
      return figures(text).toLowerCase()
    case 'day': {
      const [, year, month = '', day = ''] = DAY.exec(figures(text)) ?? []
      return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    }
    case 'choice':
      return choiceOf(text, choices)
  }
}

const words = {
  missing: { zh: '没有填写', en: 'is missing' },
  signersOnly: { zh: '写明了签名人，却没有封条编号', en: 'names signers, but there is no seal number' },
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
  officer: (text: string, officers: readonly NamedOfficer[]): Words => ({
    zh: `“${text}”不是本案唯一可认的承办人员：${officers.map(({ name }) => name).join('、')}`,
    en: `“${text}” is not, without doubt, one officer of this case: ${officers.map(({ name }) => name).join(', ')}`,
  }),
}
