import type { Holder } from '../items/protocol.ts'

/** One opening of a lock of the store, and what the board said of it; null while that is not known yet. */
export interface ShownOpening {
  readonly id: string
  readonly place: string
  readonly lock: number
  readonly at: string
  /** All who signed, who keeps the store first. */
  readonly openers: readonly Holder[]
  readonly outcome: 'unlocked' | 'refused' | 'locked' | 'unknown' | null
}
