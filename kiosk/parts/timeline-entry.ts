import type { State } from './state.ts'

/** One fact of a register, its texts ready for the reader. */
export interface TimelineEntry {
  readonly register: string
  readonly seq: number
  readonly title: string
  readonly detail?: string
  /** When it happened, RFC 3339. */
  readonly at: string
  /** When it was recorded; shown when it differs by a minute or more. */
  readonly recordedAt: string
  readonly actor: string
  readonly others: readonly string[]
  readonly place: string | null
  readonly photos: readonly string[]
  readonly hash: string
  /** Further entries that say the same event: the other side of a pair, the other photos. */
  readonly also?: readonly { readonly register: string; readonly seq: number; readonly hash: string }[]
  readonly state: State
}
