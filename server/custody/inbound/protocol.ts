import type { Words } from '../../refusal.ts'
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
}
