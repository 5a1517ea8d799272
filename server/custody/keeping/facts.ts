import type { ShelfAt } from './locations.ts'
import type { Sealed } from '../../module.ts'
import type { IncidentKind, Purpose, SealStatus } from '../axes.ts'
import type { StorageClass } from './storage-classes.ts'
import type { CorrectedField } from '../correcting/corrections.ts'
import type { PointVerdict } from '../fact-shapes.ts'
import type { Weighed, Weighing } from '../weighing/weights.ts'

/** What happens to an item while it is kept: shelves, loans, incidents. */
export type KeepingFacts = {
  /** store, `item/<code>`: 移位 within a store, onto a shelf or, with `container`, in or into a box that stands there. */
  'custody.moved': { readonly from: string; readonly to: string; readonly container?: string }
  /** store, `container/<code>`: a box that holds items, at a location. */
  'custody.container-added': {
    readonly store: string
    readonly name: string
    readonly location: string
    readonly capacity: number
    readonly year: number
    readonly serial: number
  }
  /** store, `container/<code>`: 移箱, the box was carried with so many items in it; each of them says so itself. */
  'custody.container-moved': { readonly from: string; readonly to: string; readonly items: number }
  /** store, `container/<code>`: closed by two custodians; nothing goes in or out. */
  'custody.container-sealed': { readonly number: string; readonly signers: readonly string[] }
  /** store, `container/<code>`: opened by two custodians; the seal `number` is never used again. */
  'custody.container-opened': { readonly number: string; readonly signers: readonly string[]; readonly reason: Sealed }
  /** store, `container/<code>`: 整箱调用, out of the store on this loan with everything in it; `seal` is its number, null where it went open. */
  'custody.container-lent': {
    readonly loan: string
    readonly borrower: string
    readonly dueAt: string
    readonly location: string
    readonly items: number
    readonly seal: string | null
  }
  /**
   * store, `container/<code>`: 整箱归还, on a shelf again, with so many items that came back under its seal; where that was found broken it is
   * worn no more, and where it was broken or there was none, each item that comes says so itself.
   */
  'custody.container-returned': {
    readonly loan: string
    readonly location: string
    readonly items: number
    readonly seal: 'intact' | 'broken' | 'none'
  }
  /** unit or store, where the item is, `item/<code>`: 启封, two officers of the case opened the seal `number`, which is never used again. */
  'custody.unsealed': { readonly number: string; readonly signers: readonly string[]; readonly reason: Sealed }
  /** unit or store, where the item is, `item/<code>`: 密封或重封, closed with this seal by two officers of the case; `earlier` is retired. */
  'custody.sealed': {
    readonly number: string
    readonly signers: readonly string[]
    readonly earlier: string | null
  }
  /**
   * unit or store, where the item is, `item/<code>`: 红字更正, one field that the fact `wrong` said wrongly; both stay. `was` and `is` are null
   * for features, which are sealed: what they were stands with `wrong`.
   */
  'custody.corrected': {
    readonly field: CorrectedField
    readonly was: string | number | null
    readonly is: string | number | null
    readonly text: Sealed | null
    readonly wrong: { readonly register: string; readonly seq: number; readonly hash: string }
    readonly signers: readonly string[]
    readonly reason: Sealed
    /** The number of a seal that was never there: it is never used either. Absent where there is none, and in earlier entries. */
    readonly retires?: string
  }
  /** unit, `item/<code>`: an approver granted a loan; until `validUntil` nobody else may have the item. */
  'custody.loan-granted': {
    readonly approval: string
    readonly requester: string
    readonly approver: string
    readonly purpose: Purpose
    readonly dueAt: string
    readonly validUntil: string
    /** The box with which alone it goes out; absent where it goes by itself. */
    readonly container?: string
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
    /** Weighed as it went out; where absent, the weight is the last that was known. */
    readonly weighedNow?: true
    readonly sealStatus: SealStatus
    /** The box that it went out in, with the number of its seal, null where it was open; absent where it went by itself. */
    readonly inBox?: { readonly container: string; readonly seal: string | null }
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
    /** As of a check-in. */
    readonly container?: string
    /** It came back unseen, in a box whose seal was whole; absent where it was compared itself. */
    readonly sealedIn?: { readonly container: string; readonly number: string }
    readonly weight_mg: number | null
    readonly weighing: Weighing | null
    readonly points: readonly PointVerdict[]
  }
  /** store, `item/<code>`: a comparison on the way out or on return found these points different; what came of it, later facts tell. */
  'custody.difference-found': Weighed & {
    readonly loan: string
    readonly points: readonly PointVerdict[]
    /** It stays open until it is settled, and becomes an incident where nobody does; absent in earlier entries, which were left to themselves. */
    readonly open?: true
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
  /** store, `item/<code>`: 送鉴定, out to an appraiser by a letter of commission, with what went out: its last weight and its seal. */
  'custody.sent-to-appraisal': Weighed & {
    readonly store: string
    readonly location: string
    readonly institution: string
    readonly commission: string
    readonly dueAt: string
    /** Those of the case who commissioned it. */
    readonly officers: readonly string[]
    readonly sealStatus: SealStatus
  }
  /** store, `item/<code>`: 鉴定返回, compared and back on a shelf, with the number of the report and the value that it found. */
  'custody.returned-from-appraisal': Weighed & {
    readonly store: string
    readonly location: string
    readonly container?: string
    readonly points: readonly PointVerdict[]
    readonly report: string
    readonly value_fen: number | null
  }
  /** store, `location/<code>`: a shelf, safe or room. */
  'custody.location-added': {
    readonly store: string
    readonly name: string
    readonly storageClass: StorageClass
    readonly capacity: number
    readonly year: number
    readonly serial: number
    /** The first of a store that was never counted: from here on it is to be counted, by the department that keeps it. */
    readonly opens?: { readonly unit: string }
    /** Where in the tree of the store it is; absent where only its name says. */
    readonly at?: ShelfAt
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
}
