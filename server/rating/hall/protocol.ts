/** What the kiosk may import of the wall of a hall: types alone. */
import type { Words } from '../../refusal.ts'
import type { Rate } from '../protocol.ts'
import type { Response } from '../seeing/protocol.ts'

/** `GET /api/stations/{id}/wall`: what everybody in the hall may see. No grade that is not published, no text of anybody. */
export interface HallWall {
  readonly hall: string
  readonly counters: readonly {
    readonly id: string
    readonly name: string
    /** Null while nobody is signed on. */
    readonly clerk: string | null
    /** The ticket that is called there; null where there is none, and for numbers that are no tickets. */
    readonly ticket: string | null
    readonly serving: boolean
  }[]
  /** People served since the morning. */
  readonly served: number
  /** Of the thirty days before this one; null where fewer than a figure has at least were asked. */
  readonly response: Response | null
  readonly published: {
    readonly from: string
    readonly to: string
    readonly means: Words
    readonly rankedFrom: number
    readonly lines: readonly {
      readonly clerk: string
      readonly place: number | null
      readonly satisfied: Rate | null
    }[]
  } | null
}
