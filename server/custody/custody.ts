import type { Fact, FactDraft, JsonObject, Sealed } from '../module.ts'
import type { IncidentKind, MeasureStatus, Purpose, SealStatus, Track } from './axes.ts'
import type { Category, StorageClass } from './categories.ts'
import type { LabelFault } from './label-faults.ts'
import type { Weighed, Weighing } from './weights.ts'

/** Who was there when the item was taken, and whether he signed (rules C-03, C-07). Names and reasons stand beside the register. */
export type Presence = {
  readonly attendance: 'SIGNED' | 'REFUSED' | 'ABSENT'
  readonly person: Sealed | null
  readonly reason: Sealed | null
}

/** The measure by which an item came into custody (rules C-06). Where it was taken may be somebody's home. */
export type Measure = {
  readonly kind: MeasureStatus
  readonly noticeNumber: string
  readonly takenAt: string
  readonly officers: readonly string[]
  readonly place: Sealed
}

export type Seal = { readonly number: string; readonly signers: readonly string[]; readonly sealedAt: string }

/** A running legal clock: its due time and rule were fixed when it started and never move. */
export type Deadline = { readonly rule: string; readonly dueAt: string; readonly basis: string }

export type Verdict = 'same' | 'different' | 'not-compared'

/**
 * One point of the comparison on return (rules C-27): `expected` is `<n> mg`, a seal status or `same`; `found` is `<n> mg`,
 * `intact | broken | none` or `same | different`; empty where there was nothing to compare.
 */
export type PointVerdict = {
  readonly point: 'weight' | 'seal' | 'condition'
  readonly expected: string
  readonly found: string
  readonly verdict: Verdict
}

/**
 * Every fact of custody, one page. `unit` facts stand in the register of the case department, `store` facts in the store's. A pair is
 * named giver first. Each is about one subject, so that a subject's life is the fold of its own facts.
 */
export type Facts = {
  /** unit, `case/<number>`: 一案一账, the account of a case is opened. */
  'custody.case-opened': {
    readonly title: Sealed
    readonly track: Track
    readonly unit: string
    readonly officers: readonly string[]
  }
  /** unit, `item/<code>`: one item was taken and registered, item `ordinal` of its case; the case department holds it since `measure.takenAt`. */
  'custody.registered': {
    readonly case: string
    readonly unit: string
    readonly year: number
    readonly serial: number
    readonly ordinal: number
    readonly epc: string
    readonly track: Track
    readonly category: Category
    /** What kind of thing it is. It stands in clear and is printed on the card: never anybody's name. */
    readonly name: string
    /** Decimal digits, in `quantityUnit`. */
    readonly quantity: string
    readonly quantityUnit: string
    /** Free text that may name somebody; null where nothing was said. */
    readonly features: Sealed | null
    readonly valueStatus: 'KNOWN' | 'UNKNOWN' | 'NOT_NEEDED'
    readonly measure: Measure
    readonly holder: Presence
    readonly witness: Presence
    readonly weight_mg: number | null
    readonly weighing: Weighing | null
    readonly seal: Seal | null
    /** Why goods that must be sealed were not. */
    readonly cannotSeal: Sealed | null
    readonly deadlines: readonly Deadline[]
  }
  /** unit or store, where the item is, `item/<code>`: a photo of this content was taken of the item. */
  'custody.photo-added': { readonly photo: string }
  /** unit, `item/<code>`: put on a hand-over list to a store; the case department still holds it. */
  'custody.handover-submitted': { readonly list: string; readonly store: string }
  /** unit, `item/<code>`: the giver's side of a check-in. */
  'custody.released-to-store': { readonly list: string; readonly store: string; readonly submittedBy: string }
  /** store, `item/<code>`: compared with the list and taken in; from now on the store holds it. */
  'custody.checked-in': {
    readonly list: string
    readonly store: string
    readonly location: string
    readonly weight_mg: number | null
    readonly weighing: Weighing | null
    readonly sealNumber: string | null
    readonly photoCompared: boolean
  }
  /** store, `item/<code>`: 退回补正, the custodian did not take it; it stays with the case department. */
  'custody.handover-refused': { readonly list: string; readonly reason: Sealed }
  /** store, `item/<code>`: 移位 within a store. */
  'custody.moved': { readonly from: string; readonly to: string }
  /** unit, `item/<code>`: an approver granted a loan; until `validUntil` nobody else may have the item. */
  'custody.loan-granted': {
    readonly approval: string
    readonly requester: string
    readonly approver: string
    readonly purpose: Purpose
    readonly dueAt: string
    readonly validUntil: string
  }
  /** store, `item/<code>`: the giver's side of a loan, with what went out: its last weight and where that came from. */
  'custody.lent': {
    readonly loan: string
    readonly approval: string
    readonly store: string
    readonly location: string
    readonly borrower: string
    readonly requester: string
    readonly approver: string
    readonly purpose: Purpose
    readonly dueAt: string
    readonly weight_mg: number | null
    readonly weighing: Weighing | null
    readonly sealStatus: SealStatus
  }
  /** unit, `item/<code>`: the receiver's side of a loan; from now on the borrower holds it. */
  'custody.received-on-loan': { readonly loan: string; readonly borrower: string }
  /** unit, `item/<code>`: the giver's side of a return. */
  'custody.handed-back': { readonly loan: string; readonly borrower: string }
  /** store, `item/<code>`: compared point by point and taken back; from now on the store holds it. */
  'custody.returned': {
    readonly loan: string
    readonly store: string
    readonly location: string
    readonly weight_mg: number | null
    readonly weighing: Weighing | null
    readonly points: readonly PointVerdict[]
  }
  /** store, or unit while the case department holds it, `item/<code>`: something is wrong; the item is frozen until it is resolved. */
  'custody.incident-opened': {
    readonly kind: IncidentKind
    readonly note: Sealed | null
    readonly points: readonly PointVerdict[]
    readonly found: Weighed & { readonly sealBroken: boolean }
    readonly opener: string
  }
  /** As the incident, `item/<code>`: looked into and concluded by an approver. `weight_mg`: the found weight holds from now on. */
  'custody.incident-resolved': Weighed & { readonly conclusion: Sealed }
  /** unit, `list/<code>`: 移交清单 submitted. */
  'custody.list-submitted': {
    readonly unit: string
    /** Whose items it lists. */
    readonly cases: readonly string[]
    readonly store: string
    readonly items: readonly string[]
    readonly year: number
    readonly serial: number
  }
  /** unit, `list/<code>`: the store dealt with some of its lines. */
  'custody.list-checked': { readonly checkedIn: readonly string[]; readonly refused: readonly string[] }
  /** store, `location/<code>`: a shelf, safe or room. */
  'custody.location-added': {
    readonly store: string
    readonly name: string
    readonly storageClass: StorageClass
    readonly capacity: number
    readonly year: number
    readonly serial: number
  }
  /** store, `loan/<uuid>`: 调用单, what went out together. */
  'custody.loan-opened': {
    readonly unit: string
    /** Whose items went out. */
    readonly cases: readonly string[]
    readonly store: string
    readonly items: readonly string[]
    readonly borrower: string
    readonly purpose: Purpose
    readonly dueAt: string
  }
  /** store, `loan/<uuid>`: 归还单, what came back and what differed. */
  'custody.loan-checked': { readonly returned: readonly string[]; readonly differing: readonly string[] }
  /** store, `loan/<uuid>`: 调用延期, what is still out is due at another time, by the approval that is named. */
  'custody.loan-extended': {
    readonly approval: string
    readonly requester: string
    readonly approver: string
    readonly dueAt: string
    readonly items: readonly string[]
  }
  /** store, `item/<code>`: its loan is due at another time. */
  'custody.loan-prolonged': { readonly loan: string; readonly dueAt: string }
  /** unit or store, `label/<uuid>`: one issue of one label is to be printed; an earlier one is void. */
  'custody.label-wanted': {
    readonly code: string
    readonly issue: number
    readonly payload: string
    readonly template: string
    readonly station: string
    /** Why it is printed again. */
    readonly reason: Sealed | null
  }
  /** The printer says it is on paper. */
  'custody.label-printed': JsonObject
  /** The printer says it is not on paper. */
  'custody.label-failed': { readonly fault: LabelFault }
  /** Nobody can say; a person has to look. Nothing prints again by itself. */
  'custody.label-unknown': { readonly fault: LabelFault }
  /** The paper label was read back by a scanner: the code counts as labelled. */
  'custody.label-scanned-back': JsonObject
  /** A later issue takes its place; this paper is alarmed when seen. */
  'custody.label-voided': { readonly by: string }
  /**
   * store, `conflict/<agent>.<enrolment>.<n>`: a bench recorded this line while it was without its server, and it was not taken in, because of
   * `code`. At the time when it happened, at its station; `custodian` had signed on there, null where its pass cannot be believed.
   */
  'custody.offline-conflict': {
    readonly store: string
    readonly list: string
    readonly item: string
    readonly location: string
    readonly weight_mg: number | null
    readonly custodian: string | null
    readonly code: string
    readonly why: Sealed
  }
  /** store, `conflict/<agent>.<enrolment>.<n>`: a custodian has looked, and says what came of it. */
  'custody.conflict-settled': { readonly reason: Sealed }
  /** unit or store, where the item is, `item/<code>`: a tag is to be written with the item's EPC by a reader of this station. */
  'custody.tag-wanted': { readonly epc: string; readonly station: string }
  /** The same: the EPC was read back from the tag; `tid` is the chip's own number in hex, null where the reader tells none. */
  'custody.tag-bound': { readonly epc: string; readonly tid: string | null }
  /** The same: the tag is as it was, or nobody knows how it is. `why` is the reader's word for it. */
  'custody.tag-not-written': { readonly outcome: 'failed' | 'unknown'; readonly why: string }
  /** unit or store, `notice/<uuid>`: a head of department is told. `person` is null where the department has no head appointed. */
  'custody.head-told': {
    readonly unit: string
    readonly person: string | null
    readonly about: 'incident'
    readonly items: readonly string[]
    readonly store: string | null
  }
}

export type FactType = keyof Facts

/** A fact of custody as a reducer sees it: where it stands, and the body of its own type. */
export type CustodyFact = {
  [T in FactType]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: Facts[T] & { readonly v: number; readonly subject: string; readonly n: number }
  }
}[FactType]

/** The door hands every fact of our subjects to our reducers, and only we write them. */
export function custodyFact(fact: Fact): CustodyFact {
  return fact as unknown as CustodyFact
}

/** A fact that a decision wants. `pairedWith`: index of the giver's draft in the same list. */
export function draft<T extends FactType>(
  register: string,
  type: T,
  subject: string,
  body: Facts[T],
  pairedWith?: number,
): FactDraft {
  return { register, type, subject, body: { v: 1, ...body }, ...(pairedWith === undefined ? {} : { pairedWith }) }
}

export function unitRegister(unit: string): string {
  return `unit.${unit}`
}

export function storeRegister(store: string): string {
  return `store.${store}`
}
