import type { Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Track } from '../axes.ts'
import { categories } from '../categories.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import { caseInSight, type Scene } from '../scene.ts'
import { mustHandle } from '../separation.ts'
import type { CheckMeasure } from './schemas.ts'
import { type CheckPoint, checkPoints } from './points.ts'

/** What somebody said of the measure of a notice. */
export type MeasureCheck = {
  readonly notice: string
  readonly points: readonly CheckPoint[]
  readonly by: string
  readonly at: string
}

/** What checking looks at: the case, and the notices by which things of it were taken. */
export interface ChecklistScene extends Pick<Scene, 'cases' | 'sight'> {
  readonly notices: ReadonlySet<string>
}

/**
 * 核对办理要点 (rules T-01, C-21): an officer of the case says which points were seen to when the things of a notice were taken. Who said it
 * and when stands with each; what nobody said stays an open point of the case.
 * @throws Refusal `custody.check-notice`, `custody.check-point`, `custody.check-known`, and as `mustHandle`
 */
export function checkMeasure(scene: ChecklistScene, command: CheckMeasure, { actor }: Circumstances): Decision {
  const of = caseInSight(scene, command.case)
  mustHandle(actor, of)
  const { notice, points } = command
  if (!scene.notices.has(notice)) throw new Refusal('custody.check-notice', { case: of.number, notice })
  const facts = checkedFacts(of, notice, points)
  if (facts.length === 0) throw new Refusal('custody.check-known', { notice })
  return { facts }
}

/**
 * What of this is new, as a fact; none where all of it was said before.
 * @throws Refusal `custody.check-point` for one that the track has not
 */
export function checkedFacts(of: Case, notice: string, points: readonly CheckPoint[]): FactDraft[] {
  const asked = pointsOf(of.track)
  const strange = points.find((point) => !asked.includes(point))
  if (strange !== undefined) {
    const { zh, en } = checkPoints[strange].name
    throw new Refusal('custody.check-point', { point: zh, pointEn: en })
  }
  const known = new Set(checksOf(of, notice).flatMap((check) => check.points))
  const fresh = points.filter((point) => !known.has(point))
  if (fresh.length === 0) return []
  return [draft(unitRegister(of.unit), 'custody.measure-checked', `case/${of.number}`, { notice, points: fresh })]
}

/** The points of a track, in the order of the form. */
export function pointsOf(track: Track): readonly CheckPoint[] {
  return rules.measure_checklist.value[track]
}

/** What was said of the measure of this notice, the first first. */
export function checksOf({ checks = [] }: Pick<Case, 'checks'>, notice: string): readonly MeasureCheck[] {
  return checks.filter((one) => one.notice === notice)
}

/** Whether a thing was taken by a measure that has a checklist: what somebody only had on him, or handed in himself, has none. */
export function hasChecklist({ category, measure }: Pick<Item, 'category' | 'measure'>): boolean {
  const kinds: readonly string[] = rules.checklist_measures.value
  return categories[category].book === 'evidence' && kinds.includes(measure.kind)
}

/** The case with one more check. */
export function evolveChecks(
  of: Case,
  {
    at,
    actor,
    body,
  }: {
    readonly at: string
    readonly actor: string
    readonly body: Pick<CheckMeasure, 'notice'> & { readonly points: readonly string[] }
  },
): Case {
  const { notice, points } = body
  const check: MeasureCheck = { notice, points: points as readonly CheckPoint[], by: actor, at }
  return { ...of, checks: [...(of.checks ?? []), check] }
}
