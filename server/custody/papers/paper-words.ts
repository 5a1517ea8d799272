import { readPersonal } from '../../ledger/personal.ts'
import type { Reader, Sealed } from '../../module.ts'
import { calledBy, namesOf, textOf } from '../../names.ts'
import { NEVER_WHOLE, type ShownWhole } from '../account-number/on-papers.ts'
import type { Presence } from '../custody.ts'
import type { FieldId } from '../intake/category-fields.ts'
import { type Details, detailsOnPaper, fieldsOf, maskedDetails } from '../intake/details.ts'
import type { Item } from '../items/item.ts'
import { gramsOf } from '../weighing/weights.ts'
import '../../ledger/tables.ts'
import '../../org/tables.ts'

export { lastLocalDay, localDay, localDue, localMinute, ZONE } from '../../local-time.ts'
export { organOf } from '../../org/organ.ts'

/** Room on a form for what is written in by hand. */
export const BY_HAND = '____________________'

/** Registers as people call them: by whose book it is. */
export async function registerNames(db: Reader, registers: readonly string[]): Promise<(register: string) => string> {
  const placeOf = (register: string): string => register.replace('.', '/')
  const named = await namesOf(db, registers.map(placeOf))
  return (register) => `${named(placeOf(register)).name}台账`
}

/**
 * What was said of these items where they were taken, fields with their names; empty where nothing was, or where it was lawfully erased.
 * @param isWhole the number of an account is masked but where a paper shows it whole (rules T-14)
 */
export async function unsealed(
  db: Reader,
  its: readonly Item[],
  isWhole: ShownWhole = NEVER_WHOLE,
): Promise<(sealed: Sealed | null) => string> {
  const contents = await readPersonal(
    db,
    its.flatMap(({ measure, features, details, relevance }) =>
      [measure.place, features, details ?? null, relevance ?? null].flatMap((sealed) =>
        sealed === null ? [] : [sealed.ref],
      ),
    ),
  )
  const whole = new Set(its.filter(isWhole).map(({ details }) => details?.ref))
  return (sealed) => {
    const content = contents.get(sealed?.ref ?? '')
    return content !== null && typeof content === 'object'
      ? detailsOnPaper(whole.has(sealed?.ref) ? (content as Details) : maskedDetails(content as Details))
      : (textOf(content) ?? '')
  }
}

/** Every field that was filled in of each of these items, by its code; without those that were lawfully erased. */
export async function detailsOf(db: Reader, its: readonly Item[]): Promise<(code: string) => Details> {
  const contents = await readPersonal(
    db,
    its.flatMap(({ details }) => details?.ref ?? []),
  )
  const all = new Map(
    its.map(({ code, marks, details }) => {
      const sealed = contents.get(details?.ref ?? '')
      return [code, { ...marks, ...(sealed !== null && typeof sealed === 'object' ? (sealed as Details) : {}) }]
    }),
  )
  return (code) => all.get(code) ?? {}
}

/** Features as a cell of a form carries them, with what the category asks for and the weight that was registered. */
export function featuresOf(
  { features, details, marks, weights }: Item,
  said: (sealed: Sealed | null) => string,
): string {
  const fields = [said(details ?? null), detailsOnPaper(marks ?? {})].filter((part) => part !== '').join('；')
  return featuresOnPaper(said(features), fields, weights[0]?.weight_mg ?? null)
}

/** The fields that say of what make or size a thing is. */
const SPECIFYING: readonly FieldId[] = ['model', 'area', 'length', 'calibre']

/** 规格型号, as the column of that name carries it; empty where nothing was said of it. */
export function specificationOf(details: Details): string {
  return SPECIFYING.flatMap((field) => details[field] ?? []).join('；')
}

/** Features as `featuresOf`, for a list that has a column for the specification. */
export function featuresBeside(
  { features, weights }: Item,
  details: Details,
  said: (sealed: Sealed | null) => string,
): string {
  const others = fieldsOf(details).filter((field) => !SPECIFYING.includes(field))
  const fields = Object.fromEntries(others.map((field) => [field, details[field]])) as Details
  return featuresOnPaper(said(features), detailsOnPaper(fields), weights[0]?.weight_mg ?? null)
}

/** The same of what is being registered: lines that were typed become one. */
export function featuresOnPaper(features: string, fields: string, weight_mg: number | null): string {
  const weight = weight_mg === null ? '' : `重 ${gramsOf(weight_mg)} 克`
  return [...features.split(/[\r\n]+/).map((line) => line.trim()), fields, weight]
    .filter((part) => part !== '')
    .join('；')
}

/** How somebody who was there signed, or why not. */
export async function signatureOf(
  db: Reader,
  { attendance, person, reason }: Presence,
): Promise<{ name: string | null; absence: string | null }> {
  const contents = await readPersonal(
    db,
    [person, reason].flatMap((sealed) => (sealed === null ? [] : [sealed.ref])),
  )
  const said = (sealed: Presence['person']): string | null =>
    sealed === null ? null : calledBy(contents.get(sealed.ref))
  const words = { SIGNED: null, REFUSED: '拒绝签名', ABSENT: '不在场' }[attendance]
  return { name: said(person), absence: words === null ? null : `${words}：${said(reason) ?? ''}` }
}

/** Names of people of the organisation, in the order given. */
export async function staffNames(db: Reader, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return []
  const rows = await db.selectFrom('people').select(['id', 'name_ref']).where('id', 'in', people).execute()
  const names = await readPersonal(
    db,
    rows.map((row) => row.name_ref),
  )
  return people.map((person) => calledBy(names.get(rows.find(({ id }) => id === person)?.name_ref ?? '')))
}
