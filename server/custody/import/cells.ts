import { sealNumberIn } from '../../../labels/seal-number.ts'
import type { Words } from '../../refusal.ts'
import { CATEGORIES, categories } from '../categories.ts'
import { type Field, type FieldId, fields } from '../intake/category-fields.ts'
import {
  cellWords,
  choiceOf,
  dayOf,
  figures,
  isScientific,
  milligramsOf,
  type NamedPerson,
  namesIn,
  personOf,
} from './cell-values.ts'
import { type ColumnId, columns, valueWords } from './columns.ts'
import type { NewItem } from '../schemas.ts'

/** An officer of the case, as a cell may name him. */
export type NamedOfficer = NamedPerson

/** What is wrong with a cell, by its column. */
export interface CellFault {
  readonly column: ColumnId
  readonly what: Words
}

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
    if (column !== 'name' && column !== 'features' && isScientific(text)) wrong(column, cellWords.scientific(text))
  for (const { id } of columns.filter(({ always }) => always)) if (!cells.has(id)) wrong(id, cellWords.missing)
  const typed = (column: ColumnId): string => cells.get(column) ?? ''
  const chosen = <V extends string>(column: ColumnId, choices: Readonly<Record<V, Words>>): V | null => {
    const text = cells.get(column)
    if (text === undefined) return null
    return choiceOf(text, choices) ?? wrong(column, cellWords.choice(Object.values(choices)))
  }
  const category = chosen('category', categoryWords)
  const valueStatus = chosen<keyof typeof valueWords>('valueStatus', valueWords)
  const weight = cells.get('weight')
  const weight_mg = weight === undefined ? null : (milligramsOf(weight) ?? wrong('weight', cellWords.grams(weight)))
  const signers = namesIn(typed('signers')).map(
    (one) => personOf(one, officers) ?? wrong('signers', words.officer(one, officers)),
  )
  if (signers.length > 0 && !cells.has('seal')) wrong('signers', words.signersOnly)
  const details: [FieldId, string][] = []
  for (const [column, text] of cells) {
    if (!column.startsWith('details.')) continue
    const field = column.slice('details.'.length) as FieldId
    const value = detailOf(fields[field], text)
    if (value === null) wrong(column, cellWords.choice(Object.values((fields[field] as Field).choices ?? {})))
    else details.push([field, value])
  }
  if (faults.length > 0 || category === null) return { item: null, faults }
  const sealCell = cells.get('seal')
  const seal = sealCell === undefined ? undefined : sealNumberIn(sealCell)
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
    case 'day':
      return dayOf(text)
    case 'choice':
      return choiceOf(text, choices)
  }
}

const words = {
  signersOnly: { zh: '写明了签名人，却没有封条编号', en: 'names signers, but there is no seal number' },
  officer: (text: string, officers: readonly NamedOfficer[]): Words => ({
    zh: `“${text}”不是本案唯一可认的承办人员：${officers.map(({ name }) => name).join('、')}`,
    en: `“${text}” is not, without doubt, one officer of this case: ${officers.map(({ name }) => name).join(', ')}`,
  }),
}
