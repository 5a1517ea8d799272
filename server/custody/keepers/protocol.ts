import type { KeptThen } from './facts.ts'
import type { Holder } from '../items/protocol.ts'

/** 责任保管人: `GET /api/stores/{id}/keeping`. */
export interface ShownKeeping {
  readonly store: string
  /** Null while nobody was ever named. */
  readonly keeper: Holder | null
  readonly since: string | null
  /** The latest first. */
  readonly handOvers: readonly {
    readonly from: Holder
    readonly to: Holder
    readonly witness: Holder
    readonly stocktake: string
    readonly kept: KeptThen
    /** Null when it was lawfully erased. */
    readonly statement: string | null
    readonly at: string
    /** The entry of the store's register from which it holds. */
    readonly position: { readonly register: string; readonly seq: number }
  }[]
}
