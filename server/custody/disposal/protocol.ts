import type { Words } from '../../refusal.ts'
import type { Holder, Said } from '../protocol.ts'
import type { ComplaintGround } from './words.ts'

/** What was complained of about an item, as its card tells it. */
export interface ComplaintsOfItem {
  /** The complaint that is open; the note is null when it was lawfully erased. */
  readonly complaint: {
    readonly ground: Said<ComplaintGround>
    /** 复查: the superior organ decides it. */
    readonly review: boolean
    readonly note: string | null
    readonly by: Holder
    readonly acceptedAt: string
  } | null
  /** Whether a review of how a complaint was decided may be asked for. */
  readonly reviewable: boolean
  /** When a complaint was decided whose decision is to be served, and by whom; null where none waits. */
  readonly decisionToServe: { readonly decidedAt: string; readonly by: Holder } | null
  /** How the superior organ decided the last review, by which document. */
  readonly reviewedAbove: {
    readonly organ: string
    readonly number: string
    readonly upheld: boolean
    readonly by: Holder
    readonly at: string
  } | null
  /** The last complaint that was found right. */
  readonly upheld: {
    readonly ground: Said<ComplaintGround>
    readonly conclusion: string | null
    readonly by: Holder
    readonly at: string
  } | null
}

/** A notice of release (F-11) that was issued and stands, and what it names. */
export interface IssuedNotice {
  readonly number: string
  readonly items: readonly string[]
}

/** One line of `GET /api/stations/{id}/disposals`: an approved disposal that waits for the store of the bench. */
export interface BenchDisposal {
  readonly code: string
  readonly case: string
  readonly way: Words
  /** How many things of this store it is about that it was not carried out of yet. */
  readonly items: number
  /** Where they lie, by name. */
  readonly places: readonly string[]
  /** Whether the custodian at the bench may carry it out. */
  readonly yours: boolean
}
