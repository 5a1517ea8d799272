import type { Sealed } from '../../module.ts'

/** Whose signature stands on the list of what was taken. */
export type ListSigner = 'holder' | 'witness' | 'officer'

/** Whose stands on a paper by which things pass on: who handed over, who of the staff took over, and who received a thing for good. */
export type PaperSigner = 'giver' | 'taker' | 'receiver'

export type SignsAs = ListSigner | PaperSigner

/** Drawn on the screen, or read from the signed paper. */
export type SignedOn = 'screen' | 'paper'

/** The paper that is signed: a hand-over list, one act of a disposal, counted from one, or a loan, whose first act is its way out and second its way back. */
export type SignedPaper = { readonly code: string; readonly act: number | null }

/** 签名: what somebody drew with his own hand on the list of what was taken, or on the paper by which it passed on. */
export type SigningFacts = {
  /**
   * unit, `item/<code>`: one signature over a list stands in the life of each of its items. `strokes` is personal content (strokes.ts);
   * `person` is who of the organisation signed, null for holder, witness and receiver.
   */
  'custody.hand-signed': {
    readonly as: SignsAs
    readonly person: string | null
    readonly on: SignedOn
    readonly strokes: Sealed
    /** Absent on the list of what was taken. */
    readonly paper?: SignedPaper
  }
}
