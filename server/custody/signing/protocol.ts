import type { Holder } from '../items/protocol.ts'
import type { SignedOn, SignsAs } from './facts.ts'
import type { Strokes } from './strokes.ts'

export type { SignsAs } from './facts.ts'
export type { Strokes } from './strokes.ts'

/** One signature over the list that an item stands on. */
export interface ShownSignature {
  readonly as: SignsAs
  /** Who of the organisation signed; null for holder and witness, whose names stand on the card. */
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

export interface ListedItem {
  readonly code: string
  readonly name: string
  readonly quantity: string
  readonly awaits: readonly SignsAs[]
}

/** `GET /api/items/{code}/signatures`. */
export interface ListSignatures {
  readonly signatures: readonly ShownSignature[]
  /** Who may still sign before the asker. */
  readonly awaited: readonly SignsAs[]
  /** The items of the same list, each with who may still sign it: one signature is for all of them. Empty for who does not handle the case. */
  readonly list: readonly ListedItem[]
}
