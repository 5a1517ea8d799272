import type { Words } from '../../refusal.ts'

/** An item’s life as the registers tell it. */

/** One entry of a chain: what a register says, as contract.md fixes it. */
export interface ChainEntry {
  readonly register: string
  readonly seq: number
  readonly at: string
  readonly recordedAt: string
  readonly type: string
  readonly actor: string
  readonly with: readonly string[]
  readonly station: string | null
  readonly body: unknown
  readonly hash: string
  /**
   * What was said in words and stands beside the register: `note` of an incident, its `conclusion`, the `reason` of sending back, what
   * features `was` and `is` after a correction. Null where it was lawfully erased; the whole absent where the entry says nothing of the kind.
   */
  readonly said?: Readonly<Partial<Record<'note' | 'conclusion' | 'reason' | 'was' | 'is', string | null>>>
  /** Of a disposal, its way and, of personal effects, how they went back; absent of any other entry. */
  readonly done?: Words
}

/** `GET /api/items/{code}/chain`. */
export interface ItemChain {
  readonly entries: readonly ChainEntry[]
  readonly holders: readonly {
    readonly who: string
    readonly name: string
    readonly from: string
    readonly to: string | null
  }[]
  /** Every hash, link, pair and the card itself were computed again and agree. */
  readonly intact: boolean
  /** What does not agree. */
  readonly faults: readonly { readonly register: string; readonly seq: number | null; readonly what: Words }[]
}
