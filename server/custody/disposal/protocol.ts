import type { DisposalFormKind } from '../../../labels/documents/disposal-form.ts'
import type { ToldRefusal, Words } from '../../refusal.ts'
import type { Holder, Said } from '../protocol.ts'
import type { DisposalStatus } from './disposal.ts'
import type { HandingWay } from './effects.ts'
import type { Destination, DisposalType, Level, ReleaseGround, SaleGround, SaleMethod } from './types.ts'
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

/** One paper of disposal, who agreed, and what was carried out. */
export interface ShownDisposal {
  readonly code: string
  readonly case: string
  readonly way: Said<DisposalType> & { readonly basis: string }
  readonly destination: Said<Destination>
  readonly ground: Said<ReleaseGround> | null
  readonly foundAt: string | null
  readonly suspectedCrime: boolean
  readonly appraisal: string | null
  /** What a proposal to sell early says; null for another way. The opinion is null when it was lawfully erased. */
  readonly sale: {
    readonly ground: Said<SaleGround>
    readonly method: Said<SaleMethod>
    readonly estimate_fen: number
    readonly holderOpinion: string | null
  } | null
  /** Null when it was lawfully erased. */
  readonly opinion: string | null
  readonly reviewUnit: Holder | null
  readonly items: readonly string[]
  readonly proposer: Holder
  readonly proposedAt: string
  /** `lapsed` while it is only proposed and nobody is asked about it any more. */
  readonly status: DisposalStatus | 'lapsed'
  /** The request that waits for a decision. */
  readonly waiting: string | null
  /** The papers that each of its acts has, beside the approval. */
  readonly papers: readonly DisposalFormKind[]
  readonly agreed: readonly { readonly level: Level; readonly by: Holder; readonly at: string }[]
  readonly acts: readonly {
    /** Which of the paper's acts it is, counted from one. */
    readonly nth: number
    readonly items: readonly string[]
    readonly document: string
    readonly organ: string | null
    readonly listOnly: boolean
    /** `below`: why it went for less than it was appraised at. */
    readonly sale: {
      readonly price_fen: number
      readonly voucher: string
      readonly account: string
      readonly proceeds: string
      readonly below: string | null
    } | null
    /** How personal effects went back, and the item that they are since; null for evidence. */
    readonly handed: { readonly way: Said<HandingWay>; readonly becomes: string | null } | null
    readonly by: Holder
    readonly with: readonly Holder[]
    readonly at: string
  }[]
  /** When items of a return were not fetched, and why; null when that was lawfully erased. */
  readonly notCollected: readonly {
    readonly items: readonly string[]
    readonly note: string | null
    readonly by: Holder
    readonly at: string
  }[]
}

/** `GET /api/disposals/{code}`: of its items and acts, those that the reader may see, and every F-11 that stands and names any of them. */
export interface DisposalPage extends ShownDisposal {
  readonly notices: readonly IssuedNotice[]
  /** What he may carry out, hand over after a transfer on paper, and strike off, as things stand. */
  readonly yours: readonly string[]
  readonly toDeliver: readonly string[]
  readonly toStrike: readonly string[]
  /**
   * Why he may not do what is due by his post: he proposed it or agreed to it, has another role in this tax case (rules T-17), or nobody has approved
   * how it was taken (T-02); null where nothing keeps him.
   */
  readonly barred: ToldRefusal | null
  /** What it is about, for who had a part in it and sees its case no more: he reads the paper alone. Null for who sees the case, or its items. */
  readonly things: readonly { readonly code: string; readonly name: string }[] | null
}
