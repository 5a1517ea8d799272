/** What the kiosk may import of comparisons of two ranges of days: types alone. */
import type { Words } from '../../refusal.ts'
import type { Rate } from '../protocol.ts'
import type { Comparison, Days, Question, Response } from '../seeing/protocol.ts'

/** One of the two ranges. */
export interface ComparedRange {
  readonly days: Days
  /** Null where fewer were asked than a figure has at least. */
  readonly response: Response | null
}

/** The overall level, or one question, in both ranges. */
export interface ComparedLine {
  readonly id: Question
  readonly words: Words
  readonly first: Rate | null
  readonly second: Rate | null
  /** The second less the first; null where one has no figure, or where days are in both. */
  readonly change: Comparison['change']
}

/** `GET /api/rating/comparison`. */
export interface RangeComparison {
  readonly hall: { readonly id: string; readonly name: string }
  readonly first: ComparedRange
  readonly second: ComparedRange
  /** How many days are in both: votes of these would be held against themselves. */
  readonly sharedDays: number
  /** What 满意 means here. */
  readonly means: Words
  /** Fewer than this are never shown as a figure. */
  readonly least: number
  readonly lines: readonly ComparedLine[]
}
