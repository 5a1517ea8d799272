import type { Words } from '../../refusal.ts'
import { trackWords } from '../axes.ts'
import type { NewCase } from '../schemas.ts'
import { cellWords, choiceOf, dayOf, isScientific, type NamedPerson, namesIn, personOf } from '../import/cell-values.ts'
import { rules } from '../rules.ts'
import { type CaseColumn, caseColumns } from './columns.ts'

/** A department for which whoever imports may open cases, with its officers. */
export interface OwnUnit extends NamedPerson {
  readonly officers: readonly NamedPerson[]
  /** Who was one once: a case that is there already may name them still. */
  readonly former: readonly NamedPerson[]
}

/** What is wrong with a cell, by its column. */
export interface CaseFault {
  readonly column: CaseColumn
  readonly what: Words
}

/**
 * One row as the form has it. Nothing is guessed; what a field has to be in the end, the opening itself says.
 * @param cells by column, without the space around; empty ones left out
 */
export function readCaseCells(
  cells: ReadonlyMap<CaseColumn, string>,
  units: readonly OwnUnit[],
): { readonly read: NewCase | null; readonly faults: readonly CaseFault[] } {
  const faults: CaseFault[] = []
  const wrong = (column: CaseColumn, what: Words): null => {
    faults.push({ column, what })
    return null
  }
  for (const [column, text] of cells)
    if (column !== 'title' && isScientific(text)) wrong(column, cellWords.scientific(text))
  for (const { id } of caseColumns.filter(({ always }) => always)) if (!cells.has(id)) wrong(id, cellWords.missing)
  const typed = (column: CaseColumn): string => cells.get(column) ?? ''
  const track = !cells.has('track')
    ? null
    : (choiceOf(typed('track'), trackWords) ?? wrong('track', cellWords.choice(Object.values(trackWords))))
  const unit = !cells.has('unit') ? undefined : units.find(({ id }) => id === personOf(typed('unit'), units))
  if (unit === undefined && cells.has('unit')) wrong('unit', words.unit(typed('unit'), units))
  const officers = unit === undefined ? [] : officersOf(typed('officers'), unit, (what) => wrong('officers', what))
  const [filedOn, document] = [cells.get('filedOn'), cells.get('document')]
  if (filedOn !== undefined && document === undefined) wrong('document', words.both)
  if (filedOn === undefined && document !== undefined) wrong('filedOn', words.both)
  if (faults.length > 0 || track === null || unit === undefined) return { read: null, faults }
  const filing =
    filedOn === undefined || document === undefined ? {} : { filing: { filedOn: dayOf(filedOn), document } }
  const read = { number: typed('number'), title: typed('title'), track, unit: unit.id, officers, ...filing }
  return { read, faults }
}

/** A measure takes several, and nobody can be added to an account later: so does the form ask for them. */
function officersOf(text: string, { officers, former }: OwnUnit, wrong: (what: Words) => null): string[] {
  const named = namesIn(text)
  if (named.length === 0) return []
  const known = named.map(
    (one) => personOf(one, officers) ?? personOf(one, former) ?? wrong(words.officer(one, officers)),
  )
  const found = [...new Set(known.filter((one) => one !== null))]
  const needed = rules.officers_per_measure.value
  if (!known.includes(null) && found.length < needed) wrong(words.tooFew(needed))
  return found
}

const words = {
  both: {
    zh: '立案日期和立案文号应一并填写，或都不填',
    en: 'is given with the other one of the day and the document of filing, or neither is',
  },
  tooFew: (needed: number): Words => ({
    zh: `采取措施须 ${needed} 人以上，请写足承办人员`,
    en: `has to name ${needed} or more: a measure takes them`,
  }),
  unit: (text: string, units: readonly OwnUnit[]): Words => ({
    zh: `“${text}”不是您可以立账的部门：${units.map(({ name }) => name).join('、')}`,
    en: `“${text}” is no department for which you open cases: ${units.map(({ name }) => name).join(', ')}`,
  }),
  officer: (text: string, officers: readonly NamedPerson[]): Words => ({
    zh: `“${text}”不是该部门唯一可认的在任承办人员：${officers.map(({ name }) => name).join('、')}`,
    en: `“${text}” is not, without doubt, one active officer of the department: ${officers.map(({ name }) => name).join(', ')}`,
  }),
}
