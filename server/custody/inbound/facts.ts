import type { Sealed } from '../../module.ts'
import type { SignedOn } from '../signing/facts.ts'

/** One line of the list that came with the goods; what somebody wrote freely about the thing is sealed. */
export type InboundLine = {
  /** What kind of thing it is, in clear: never anybody's name. */
  readonly name: string
  /** Decimal digits, in `quantityUnit`. */
  readonly quantity: string
  readonly quantityUnit: string
  readonly weight_mg: number | null
  /** The number of the seal that it came under. */
  readonly seal: string | null
  readonly features: Sealed | null
}

export type InboundVerdict = 'MATCHED' | 'SHORT' | 'SURPLUS' | 'DIFFERENT'

/** What was found instead of what the list says; only what differs. */
export type InboundFound = {
  readonly quantity?: string
  readonly weight_mg?: number
  readonly seal?: string
  readonly features?: Sealed
}

/** Sent back with whoever brought it, or taken as it was found. */
export type InboundSettlement = 'SENT_BACK' | 'AS_FOUND'

/** How one side stands on the list: what was signed, or why nobody signed. */
export type InboundSigned = { readonly on: SignedOn; readonly strokes: Sealed } | { readonly notSigned: Sealed }

/** From which list of which organ an item came. */
export type InboundSource = {
  readonly inbound: string
  readonly organ: string
  readonly number: string
  readonly line: number
  /** Of the other organ, as it was found; null where there was none. */
  readonly seal: string | null
}

/** 双方逐笔核对 (rules C-35): what another organ hands in, line by line. All of it stands in the register of the case's department. */
export type InboundFacts = {
  /** unit, `inbound/<uuid>`: the list that came with the goods was entered as it was written. */
  'custody.inbound-listed': {
    readonly case: string
    readonly unit: string
    readonly organ: string
    readonly number: string
    /** On which day the list was made, `2026-11-21`. */
    readonly day: string
    readonly theirCase: string | null
    /** `name` and `post` of who brings the goods. */
    readonly bringer: Sealed
    readonly lines: readonly InboundLine[]
    /** The list that was typed wrongly and withdrawn, in whose place this one stands; absent where there was none. */
    readonly replaces?: string
  }
  /** unit, `inbound/<uuid>`: it was typed wrongly and is withdrawn as a whole; nothing of it was accepted, and nothing waits for it any more. */
  'custody.inbound-withdrawn': { readonly reason: Sealed }
  /** unit, `inbound/<uuid>`: lines were compared with the goods, and what is on no line was added. A later check takes the place of the one before. */
  'custody.inbound-checked': {
    readonly lines: readonly {
      readonly line: number
      readonly verdict: InboundVerdict
      readonly found: InboundFound
    }[]
    readonly extra: readonly InboundLine[]
  }
  /** unit, `inbound/<uuid>`: both sides agreed what becomes of a line that differs. */
  'custody.inbound-settled': {
    readonly line: number
    readonly how: InboundSettlement
    readonly note: Sealed
    /** `name` and `post` of who signs for the other organ. */
    readonly bringer: Sealed
    /** Who of this side signs beside the officer; null where nothing is taken. */
    readonly secondedBy: string | null
  }
  /** unit, `inbound/<uuid>`: the list is closed; which item each line that was taken is since. */
  'custody.inbound-accepted': {
    readonly items: readonly { readonly line: number; readonly item: string }[]
    /** Both sides; who signs as the receiver is who accepts. Absent in lists that were accepted before signatures were asked for. */
    readonly signed?: { readonly bringer: InboundSigned; readonly receiver: InboundSigned }
  }
}
