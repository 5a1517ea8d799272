import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { localDay } from '../../local-time.ts'
import { Refusal, type RefusalValues } from '../../refusal.ts'
import type { MeasureStatus } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { type CaseNames, mustNameNobody } from '../in-clear/in-clear.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { rules } from '../rules.ts'
import { caseInSight, type Scene } from '../scene.ts'
import { mustHandle } from '../separation.ts'
import type { StateFiling } from './schemas.ts'

/** When a case was filed, and who said so. */
export type Filing = {
  readonly filedOn: string
  readonly document: string
  readonly by: string
  readonly at: string
}

/** What saying it looks at: the case, and whom it names. */
export interface FilingScene extends Pick<Scene, 'cases' | 'sight'> {
  readonly names: CaseNames
}

const DOCUMENT = { zh: '立案文号', en: 'filing document' }

/**
 * 登记立案 (rules C-32): an officer of the case says once on which day it was filed, and by what document. From then on nothing is registered as
 * taken before that day, but for what the rules name.
 * @throws Refusal `custody.filing-day`, `custody.filing-known`, `custody.names-person`, and as `mustHandle`
 */
export function stateFiling(scene: FilingScene, command: StateFiling, { actor, at }: Circumstances): Decision {
  const of = caseInSight(scene, command.case)
  mustHandle(actor, of)
  if (of.filing !== undefined)
    throw new Refusal('custody.filing-known', { case: of.number, filedOn: of.filing.filedOn })
  return { facts: [filedFact(of, command, scene.names, at)] }
}

/**
 * That a case was filed, said at its opening or later.
 * @throws Refusal `custody.filing-day`, `custody.names-person`
 */
export function filedFact(
  { number, unit }: Pick<Case, 'number' | 'unit'>,
  { filedOn, document }: Pick<Filing, 'filedOn' | 'document'>,
  names: CaseNames,
  at: string,
  place: RefusalValues = {},
): FactDraft {
  if (filedOn > localDay(at)) throw new Refusal('custody.filing-day', { filedOn })
  mustNameNobody([{ field: 'document', name: DOCUMENT, text: document }], names, place)
  mustFitPaper({ 立案文号: { en: 'Filing document', text: document } })
  return draft(unitRegister(unit), 'custody.case-filed', `case/${number}`, { filedOn, document })
}

/**
 * Nothing is taken before its case is filed, but for what was handed in, called for, or taken on the spot. Whose day of filing nobody has said, as
 * of old cases, is not held to it.
 * @throws Refusal `custody.before-filing`
 */
export function mustBeFiled(
  { filing, number }: Case,
  { kind, takenAt, emergency }: { readonly kind: MeasureStatus; readonly takenAt: string; readonly emergency: boolean },
  place: RefusalValues,
): void {
  if (filing === undefined || emergency || localDay(takenAt) >= filing.filedOn) return
  const before: readonly string[] = rules.measures_before_filing.value
  if (before.includes(kind)) return
  throw new Refusal('custody.before-filing', {
    ...{ case: number, day: localDay(takenAt), filedOn: filing.filedOn, ...place },
  })
}

/** The case with the day on which it was filed. */
export function evolveFiling(
  of: Case,
  {
    at,
    actor,
    body,
  }: { readonly at: string; readonly actor: string; readonly body: Pick<Filing, 'filedOn' | 'document'> },
): Case {
  const { filedOn, document } = body
  return { ...of, filing: { filedOn, document, by: actor, at } }
}
