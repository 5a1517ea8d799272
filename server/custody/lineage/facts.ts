import type { Sealed } from '../../module.ts'
import type { SealStatus, Track } from '../axes.ts'
import type { CashPieces } from '../cash/figures.ts'
import type { Category } from '../categories.ts'
import type { CurrencyCode } from '../cash/currencies.ts'
import type { Details } from '../intake/details.ts'
import type { Measure, Presence } from '../fact-shapes.ts'
import type { Leaving } from '../disposal/leaving.ts'
import type { ConfirmedMeasure } from '../measures/deciding.ts'
import type { Proceeds } from '../disposal/proceeds.ts'
import type { Share } from './lineage.ts'
import type { Unfilmed } from '../videos/unfilmed.ts'
import type { ItemVideo } from '../videos/videos.ts'
import type { Weighed } from '../weighing/weights.ts'
import type { WithSurplus } from '../worth/surplus.ts'

/** How items come of others: 拆分, one becomes several; 合并, several become one. */
export type Regrouping = 'split' | 'merge'

/** What the law has said of a thing already; it holds for what comes of the thing as well. */
export type Inherited = Pick<
  Leaving,
  | 'suspectedCrime'
  | 'foundUnrelatedAt'
  | 'taxPaidAt'
  | 'upheld'
  | 'reviewable'
  | 'reviewedAbove'
  | 'decisionToServe'
  | 'keptOpen'
> & {
  /** Its measure was approved after it was taken. */
  readonly confirmed?: ConfirmedMeasure
  /** What it proves. */
  readonly relevance?: Sealed
  /** Where the taking is on film; absent in entries of the time when it stayed with what was taken. */
  readonly videos?: readonly ItemVideo[]
  readonly unfilmed?: Unfilmed
  readonly recordingLater?: string
}

/** What two people found in cash that comes of other cash: it agrees with what was counted there. */
export type RegroupedCash = {
  readonly currency: CurrencyCode
  readonly amount_minor: number
  readonly pieces: readonly CashPieces[]
  readonly figures: Sealed
  readonly counters: readonly string[]
}

/** Items that come of other items: new cards and labels, the old ones void, and both name each other. */
export type LineageFacts = {
  /**
   * unit, `item/<code>`: it came of the items `from` and lies where they lay. The measure that took them, the holder and the witness are
   * theirs: the same sealed names.
   */
  'custody.formed': Weighed & {
    readonly how: Regrouping
    readonly from: readonly string[]
    readonly case: string
    readonly unit: string
    readonly year: number
    readonly serial: number
    readonly ordinal: number
    readonly epc: string
    readonly track: Track
    readonly category: Category
    readonly name: string
    readonly quantity: string
    readonly quantityUnit: string
    readonly features: Sealed | null
    readonly valueStatus: 'KNOWN' | 'UNKNOWN' | 'NOT_NEEDED'
    readonly measure: Measure
    readonly holder: Presence
    readonly witness: Presence
    readonly cannotSeal: Sealed | null
    readonly details: Sealed | null
    readonly marks: Details | null
    readonly cash: RegroupedCash | null
    readonly inherited: Inherited
    readonly sealStatus: SealStatus
    /** Null while the case department holds it. */
    readonly store: string | null
    readonly location: string | null
    readonly container: string | null
    /**
     * Of a part of the money of a sale: what it is of it, whether it pays or goes back, and the department that answers for it in the special
     * account. Absent for everything else.
     */
    readonly proceeds?: Proceeds
    readonly share?: Share
    readonly keeper?: string
  }
  /**
   * unit, `item/<code>`: 拆分, it is no more: what it was are the items `parts` now. The weight is what they weigh together, as each was weighed
   * for it; null where nothing was. `surplus` is what the sales of the case leave over, where it was the money of one.
   */
  'custody.split': Weighed & WithSurplus & { readonly parts: readonly string[]; readonly reason: Sealed }
  /** unit, `item/<code>`: 合并, it is no more: it is in the item `into` now. */
  'custody.merged': { readonly into: string; readonly reason: Sealed }
  /**
   * unit, `item/<code>`: 变价款, the money of a sale is in the special account, an item of the case in the place of the items `from`. `keeper` is the
   * department that answers for it, `finance` who signed for that. `surplus` is what the
   * sales of the case leave over with this one.
   */
  'custody.proceeds-deposited': Proceeds &
    WithSurplus & {
      readonly from: readonly string[]
      readonly case: string
      readonly unit: string
      readonly year: number
      readonly serial: number
      readonly ordinal: number
      readonly epc: string
      readonly track: Track
      readonly name: string
      readonly quantityUnit: string
      readonly measure: Measure
      /** Approved afterwards; absent where it was approved before, and in entries from before it was kept. */
      readonly confirmed?: ConfirmedMeasure
      readonly holder: Presence
      readonly witness: Presence
      readonly suspectedCrime: boolean
      readonly finance: string
      readonly keeper: string
    }
  /** store, `item/<code>`: the same in the book of the store that keeps it; the items `into` lie there in its place. */
  'custody.regrouped-in-store': { readonly store: string; readonly how: Regrouping; readonly into: readonly string[] }
}
