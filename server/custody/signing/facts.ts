import type { Sealed } from '../../module.ts'

/** Whose signature stands on the list of what was taken. */
export type SignsAs = 'holder' | 'witness' | 'officer'

/** Drawn on the screen, or read from the signed paper. */
export type SignedOn = 'screen' | 'paper'

/** 签名: what somebody drew with his own hand on the list of what was taken. */
export type SigningFacts = {
  /**
   * unit, `item/<code>`: one signature over a list stands in the life of each of its items. `strokes` is personal content (strokes.ts);
   * `person` is who of the organisation signed, null for holder and witness.
   */
  'custody.hand-signed': {
    readonly as: SignsAs
    readonly person: string | null
    readonly on: SignedOn
    readonly strokes: Sealed
  }
}
