import type { ApprovalLevel } from '../../approvals/approvals.ts'
import type { Circumstances, FactDraft } from '../../module.ts'
import { localDay } from '../../local-time.ts'
import { Refusal, type RefusalValues } from '../../refusal.ts'
import { measuresOfTrack, type MeasureStatus, measureWords, type Track } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import { categories } from '../categories.ts'
import { draft, type Measure, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { type MeasureLeave, rules } from '../rules.ts'
import { caseInSight, caseOf, type Scene } from '../scene.ts'
import type { NewMeasure } from '../schemas.ts'
import { mustBeOpen, mustDiffer, mustHandle, mustNotHandle } from '../separation.ts'
import type { MeasureDeed } from './schemas.ts'

const MS_PER_DAY = 86_400_000

/** A measure that may be taken: 呈批获准. */
export type ApprovedMeasure = {
  readonly approval: string
  readonly requester: string
  readonly approver: string
  readonly kind: MeasureStatus
  readonly at: string
  readonly validUntil: string
}

export type Granting = { readonly approval: string; readonly requester: string }

/**
 * 呈批 (row 1): an officer of the case asks for a measure before it is taken.
 * @throws Refusal `custody.measure-kind` for one that the case's track has not
 */
export function askMeasure(
  scene: Pick<Scene, 'cases' | 'sight'>,
  deed: MeasureDeed,
  { actor }: Circumstances,
): { readonly unit: string; readonly register: string } {
  const of = caseInSight(scene, deed.case)
  mustHandle(actor, of)
  mustBeOfTrack(of, deed.kind)
  return { unit: of.unit, register: unitRegister(of.unit) }
}

/** Who must agree to a measure: what is taken against somebody's will, the department and then the organ; the rest one approver. */
export function measureLevels(_: unknown, { kind }: { readonly kind: MeasureStatus }): readonly ApprovalLevel[] {
  const { kinds, levels } = rules.measure_levels.value
  return kinds.some((one) => one === kind) ? levels : []
}

/** 批准采取措施: by approvers who do not handle the case; it may be taken within the days that the rules name. */
export function grantMeasure(
  scene: Pick<Scene, 'cases'>,
  { case: number, kind }: MeasureDeed,
  { approval, requester }: Granting,
  { actor, at }: Circumstances,
): readonly FactDraft[] {
  const of = caseOf(scene, number)
  mustBeOpen(of)
  if (!of.officers.includes(requester)) throw new Refusal('custody.not-case-officer', { case: number })
  mustDiffer(actor.person, { requester })
  mustNotHandle(actor, of)
  const validUntil = new Date(Date.parse(at) + rules.measure_approval_days.value * MS_PER_DAY).toISOString()
  return [
    draft(unitRegister(of.unit), 'custody.measure-approved', `case/${number}`, {
      ...{ approval, requester, approver: actor.person, kind, validUntil },
    }),
  ]
}

/** By whose leave a measure of this kind is taken on a track. */
export function leaveFor(track: Track, kind: MeasureStatus): MeasureLeave {
  const kinds: Readonly<Record<string, MeasureLeave>> = rules.measure_leave.value[track]
  return kinds[kind] ?? 'notice'
}

/** Account books of the year in which they were taken (rules T-12): they go back sooner, and the organ agrees to taking them. */
export function areCurrentYearBooks({ track, measure, marks }: Pick<Item, 'track' | 'measure' | 'marks'>): boolean {
  return track === 'TAX' && marks?.bookYear !== undefined && marks.bookYear === localDay(measure.takenAt).slice(0, 4)
}

/** Whether nobody approved the measure over an item yet, though somebody must: before it is taken, or afterwards where it was on the spot. */
export function wantsApproval(item: Pick<Item, 'track' | 'category' | 'measure' | 'marks' | 'confirmed'>): boolean {
  const { approval, emergency, kind } = item.measure
  if (item.confirmed !== undefined) return false
  // What agreed before may have been the department alone.
  if (areCurrentYearBooks(item)) return true
  if (approval !== undefined) return false
  if (emergency === true) return true
  // What somebody only had on him is no measure against it (rules C-37).
  return categories[item.category].book === 'evidence' && leaveFor(item.track, kind) !== 'notice'
}

/** @throws Refusal `custody.measure-kind` */
export function mustBeOfTrack({ track }: Case, kind: MeasureStatus, place: RefusalValues = {}): void {
  if (measuresOfTrack[track].includes(kind)) return
  const words = measureWords[kind]
  throw new Refusal('custody.measure-kind', { kind: words.zh, kindEn: words.en, ...place })
}

/**
 * By what leave a measure was taken, as its fact keeps it: a grant of this case and kind that held when it was taken, or on the spot (T-02).
 * Without either the notice alone speaks for it, which stays an open point until it is approved (`wantsApproval`), and lets it go back alone; some kinds are not taken
 * without a grant (C-31, row 5).
 * @throws Refusal `custody.measure-not-approved`, `custody.measure-emergency`, `custody.trader-of-tax`
 */
export function leaveOf(
  of: Case,
  kind: MeasureStatus,
  { approval, emergency, unregisteredTrader }: NewMeasure,
  takenAt: string,
  place: RefusalValues,
): Pick<Measure, 'approval' | 'emergency' | 'unregisteredTrader'> {
  const values = { kind: measureWords[kind].zh, kindEn: measureWords[kind].en, case: of.number, ...place }
  if (unregisteredTrader === true && (of.track !== 'TAX' || kind !== 'SEIZED'))
    throw new Refusal('custody.trader-of-tax', values)
  const trader = unregisteredTrader === true ? { unregisteredTrader } : {}
  const needsGrant = leaveFor(of.track, kind) === 'grant'
  if (emergency === true) {
    const tracks: readonly string[] = rules.emergency_tracks.value
    if (!tracks.includes(of.track) || approval !== undefined || kind === 'VOLUNTARY_RECEIVED')
      throw new Refusal('custody.measure-emergency', values)
    return { emergency, ...trader }
  }
  if (approval === undefined) {
    if (needsGrant) throw new Refusal('custody.measure-not-approved', values)
    return trader
  }
  const granted = of.approvedMeasures?.find((one) => one.approval === approval && one.kind === kind)
  if (granted === undefined || takenAt < granted.at || takenAt > granted.validUntil)
    throw new Refusal('custody.measure-not-approved', values)
  return { approval, ...trader }
}
