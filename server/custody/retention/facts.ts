import type { Sealed } from '../../module.ts'

/** What an officer answers: the item is still needed, or it may go. */
export type RetentionVerdict = 'KEEP' | 'RELEASE'

/** 保管复核: whether an item is still needed. Both stand in the unit's register, whoever keeps the item, so that their order decides. */
export type RetentionFacts = {
  /** unit, `item/<code>`: a custodian asked the officers of its case whether it is still needed. */
  'custody.retention-asked': {
    readonly case: string
    readonly unit: string
    readonly officers: readonly string[]
    readonly question: Sealed
  }
  /** unit, `item/<code>`: an officer of its case said so. `reviewOn`: the day of the next review where it is kept; null where it may go. */
  'custody.retention-answered': {
    readonly case: string
    readonly unit: string
    readonly officers: readonly string[]
    readonly verdict: RetentionVerdict
    readonly reviewOn: string | null
    readonly said: Sealed
  }
}
