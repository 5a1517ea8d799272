/** What the kiosk may import of the answers to raters as figures: types alone. */
import type { Words } from '../../refusal.ts'
import type { Rate } from '../protocol.ts'

/** `GET /api/rating/follow-ups/figures`: of the answers that were asked for in these days. */
export interface AnswerFigures {
  readonly from: string
  readonly to: string
  readonly asked: number
  /** Counters that were to be looked into, of which what follows tells too, but for who was called back. */
  readonly counters: number
  /** Called back, reached or not (回访). */
  readonly called: number
  readonly reached: number
  /** Put right, at once or by a date (整改); the others were explained, or are not settled. */
  readonly putRight: number
  readonly explained: number
  readonly closed: number
  /** Closed in time, of those that are closed or whose time is over. */
  readonly inTime: number
  /** Of these, how many had been put off by an approval. */
  readonly inTimeExtended: number
  readonly due: number
  /** Raters who were asked how they find the answer, and whose time to say it is over; earlier it would tell who has said it. */
  readonly fixAsked: number
  /** What they said, over all that was counted of the hall in these days; null until ten have. */
  readonly fixSatisfied: Rate | null
  readonly means: Words
}

/** `POST /api/rating/follow-ups/{followUp}/ask-fix`: for who asks the rater. */
export interface FixAsked {
  /** How to reach him; null where it was erased. */
  readonly contact: string | null
  /** Where he says it, with the token behind the #. */
  readonly address: string
  readonly expiresAt: string
}
