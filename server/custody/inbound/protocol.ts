import type { Words } from '../../refusal.ts'
import type { SignedOn } from '../signing/facts.ts'
import type { Strokes } from '../signing/strokes.ts'
import type { InboundSettlement, InboundVerdict } from './facts.ts'

interface Named {
  readonly who: string
  readonly name: string
}

/** Whoever stands for the other organ; null what was lawfully erased. */
export interface ShownBringer {
  readonly name: string | null
  readonly post: string | null
}

/** A line, what was found of it and what became of it. */
export interface ShownInboundLine {
  readonly line: number
  readonly extra: boolean
  readonly name: string
  readonly quantity: string
  readonly quantityUnit: string
  readonly weight_mg: number | null
  readonly seal: string | null
  readonly features: string | null
  readonly checked: {
    readonly verdict: { readonly value: InboundVerdict; readonly words: Words }
    /** What differs from the list; null where it does not. */
    readonly quantity: string | null
    readonly weight_mg: number | null
    readonly seal: string | null
    readonly features: string | null
    readonly by: Named
    readonly at: string
  } | null
  readonly settled: {
    readonly how: { readonly value: InboundSettlement; readonly words: Words }
    readonly note: string | null
    readonly bringer: ShownBringer
    readonly by: Named
    readonly secondedBy: Named | null
    readonly at: string
  } | null
  /** The item that it is since. */
  readonly item: string | null
}

/** A table of lines as it was tried: those that could be read, and everything that is wrong, by row and column. */
export interface TriedInbound {
  readonly lines: readonly {
    readonly row: number
    readonly name: string
    readonly quantity: string
    readonly unit: string
    readonly weight_mg: number | null
    readonly seal: string | null
    readonly features: string | null
  }[]
  readonly faults: readonly { readonly row: number; readonly column: Words | null; readonly what: Words }[]
  /** The same table as CSV with what is wrong in front of each row; null where nothing is. */
  readonly corrected: string | null
}

/** How one side stands on the list that was accepted. */
export interface ShownInboundSide {
  /** Drawn on the screen or read from paper; null where that side did not sign. */
  readonly on: SignedOn | null
  /** In units of a box of 1,200 by 400; null where it was lawfully erased, or nobody signed. */
  readonly strokes: Strokes | null
  /** Salted commitment in the register, to what was drawn or to the reason. */
  readonly commitment: string
  /** Why that side did not sign, empty where that was lawfully erased; null where it did. */
  readonly notSigned: string | null
}

/** One of `GET /api/cases/{number}/inbound`. */
export interface ShownInbound {
  readonly id: string
  readonly organ: string
  readonly number: string
  readonly day: string
  readonly theirCase: string | null
  readonly bringer: ShownBringer
  readonly by: Named
  readonly at: string
  readonly lines: readonly ShownInboundLine[]
  readonly unchecked: readonly number[]
  readonly unsettled: readonly number[]
  /** Lines that become items. */
  readonly taken: readonly number[]
  readonly acceptedAt: string | null
  readonly acceptedBy: Named | null
  /** Null until it is accepted, and in lists that were accepted before signatures were asked for. */
  readonly signed: { readonly bringer: ShownInboundSide; readonly receiver: ShownInboundSide } | null
  /** Null unless it was typed wrongly and withdrawn. */
  readonly withdrawn: { readonly reason: string | null; readonly by: Named; readonly at: string } | null
  /** The id of the withdrawn list in whose place it stands. */
  readonly replaces: string | null
  /** Whether the asker may withdraw it now. */
  readonly mayWithdraw: boolean
}
