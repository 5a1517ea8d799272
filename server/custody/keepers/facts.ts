import type { Sealed } from '../../module.ts'

/** How much a custodian answers for when the post changes hands. */
export type KeptThen = {
  /** Items that lie in the store, that are lent, and that are at an appraiser: all of them the store's to answer for. */
  readonly inStore: number
  readonly lent: number
  readonly atAppraisal: number
  /** Items of the store that nobody could find and that are still looked for, by their codes. */
  readonly unlocated: readonly string[]
}

/** Who answers for a store in person. */
export type KeeperFacts = {
  /**
   * store, `keeping/<store>`: 岗位交接, `to` answers from this entry on for all that the store holds; until then `from` did. Both have counted
   * together, by the stock-take that is named; `witness` watched. What was not found then stays with `from`.
   */
  'custody.post-handed-over': {
    readonly store: string
    readonly from: string
    readonly to: string
    readonly witness: string
    readonly stocktake: string
    readonly kept: KeptThen
    readonly statement: Sealed
  }
}
