import type { Amount } from '../account/accounting.ts'
import type { WithSurplus } from '../worth/surplus.ts'

/** How items come from one case to another: 并案, all that is open goes with the case; 分案, what is chosen. */
export type CaseJoin = 'merge' | 'split'

/** The decision by which it was done. */
type Decided = {
  readonly how: CaseJoin
  /** The number of the decision, as it stands on paper. */
  readonly document: string
  readonly approval: string
  readonly requester: string
}

/** 并案、分案: items go from the account of one case into that of another; both sides tell it, and every item tells its own. */
export type CaseLineageFacts = {
  /**
   * unit, `item/<code>`: it is of the case `to` from now on, there with the number `ordinal`; before it was the item `was` of the case `from`.
   * `amount` is what it counted for in both accounts.
   */
  'custody.passed-to-case': Decided & {
    readonly from: string
    readonly to: string
    readonly was: number
    readonly ordinal: number
    readonly amount: Amount
  }
  /**
   * unit, `case/<number>`: these items went into the case `to`. After a merger nothing more is done in it. `surplus` is what the sales of the
   * case leave over since, where money of one went with them.
   */
  'custody.case-passed-on': Decided & WithSurplus & { readonly to: string; readonly items: readonly PassedItem[] }
  /** unit, `case/<number>`: these items came from the case `from`; `surplus` as on the other side. */
  'custody.case-took-over': Decided & WithSurplus & { readonly from: string; readonly items: readonly PassedItem[] }
}

/** An item of a case that went into another: which it was in the one and is in the other. */
export type PassedItem = { readonly item: string; readonly was: number; readonly ordinal: number }
