/** What the kiosk may import of figures over the organisation: types alone. */
import type { UnitKind } from '../../org/protocol.ts'
import type { Words } from '../../refusal.ts'
import type { Rate } from '../protocol.ts'
import type { Days, Response } from '../seeing/protocol.ts'

export type { Days } from '../seeing/protocol.ts'

/** A unit with what was counted in the halls that stood under it, each on the days on which it did. */
export interface TreeLine {
  readonly id: string
  readonly name: string
  readonly kind: UnitKind
  readonly halls: number
  /** Null where nothing was counted. */
  readonly satisfied: Rate | null
  /** Null where fewer were asked than a figure has at least. */
  readonly response: Response | null
  /** It, or a hall of it, came from or went to another unit in these days, and counts for the days here. */
  readonly moved: boolean
}

/** `GET /api/rating/tree`. */
export interface Tree {
  readonly unit: TreeLine
  /** From the top down. */
  readonly above: readonly { readonly id: string; readonly name: string }[]
  readonly days: Days
  /** Who was asked and rated is known up to this day. */
  readonly servedUntil: string
  readonly means: Words
  readonly least: number
  readonly lines: readonly TreeLine[]
}
