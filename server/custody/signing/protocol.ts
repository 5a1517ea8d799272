import type { Words } from '../../refusal.ts'
import type { Holder } from '../items/protocol.ts'
import type { ListSigner, PaperSigner, SignedOn, SignsAs } from './facts.ts'
import type { PersonView } from '../../stations/protocol.ts'
import type { Strokes } from './strokes.ts'

export type { ListSigner, PaperSigner, SignsAs } from './facts.ts'
export type { Strokes } from './strokes.ts'

/** One signature over the list that an item stands on, or over the paper by which it passed on. */
export interface ShownSignature {
  readonly as: SignsAs
  /** Who of the organisation signed; null for holder and witness, whose names stand on the card, and for who received a thing for good. */
  readonly person: Holder | null
  readonly on: SignedOn
  /** In units of a box of 1,200 by 400; null where it was lawfully erased. */
  readonly strokes: Strokes | null
  /** Salted commitment in the register. */
  readonly commitment: string
  /** Who took it down. */
  readonly by: Holder
  readonly at: string
}

/** An item that is signed for. */
export interface SignedItem {
  readonly code: string
  readonly name: string
  readonly quantity: Words
}

export interface ListedItem extends SignedItem {
  readonly awaits: readonly ListSigner[]
}

/** `GET /api/items/{code}/signatures`. */
export interface ListSignatures {
  readonly signatures: readonly ShownSignature[]
  /** Who may still sign before the asker. */
  readonly awaited: readonly ListSigner[]
  /** The items of the same list, each with who may still sign it: one signature is for all of them. Empty for who does not handle the case. */
  readonly list: readonly ListedItem[]
}

/** A place to sign on a paper by which things passed on. */
export interface SignaturePlace {
  /** Which act of the disposal, counted from one; of a loan 1 its way out, 2 its way back; null on a hand-over list. */
  readonly act: number | null
  readonly as: PaperSigner
  /** Who of the organisation signs here; null for who received a thing for good. */
  readonly person: Holder | null
  /** His name, where it is not erased; null for who is of the organisation. */
  readonly receiver: string | null
  /** What stands here, once it was signed for every item; else null. */
  readonly signature: ShownSignature | null
  /** What is not signed for yet. */
  readonly items: readonly SignedItem[]
  /** How the asker may have it signed: by himself or before him, by the other with badge and PIN, or not at all. */
  readonly sign: 'here' | 'with-badge' | null
}

/** `GET /api/lists/{code}/signatures`, `GET /api/disposals/{code}/signatures`, `GET /api/loans/{loan}/signatures`. */
export interface PaperSignatures {
  readonly places: readonly SignaturePlace[]
}

/** A place to sign at a bench, for what was done there a moment ago. */
export interface BenchPlace {
  /** The hand-over list or the loan. */
  readonly paper: string
  /** Of a loan 1 its way out, 2 its way back; null on a hand-over list. */
  readonly act: number | null
  readonly as: Exclude<PaperSigner, 'receiver'>
  readonly person: PersonView
  /** What is not signed for yet. */
  readonly items: readonly SignedItem[]
}

/** `GET /api/stations/{id}/afterwards`. */
export interface BenchAfterwards {
  readonly places: readonly BenchPlace[]
  /** What differed at this bench and is frozen under an incident, with how many photos of it there are. */
  readonly differing: readonly (SignedItem & { readonly photos: number })[]
}
