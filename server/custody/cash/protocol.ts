import type { Words } from '../../refusal.ts'
import type { Holder } from '../items/protocol.ts'
import type { CashRound } from './cash.ts'
import type { CurrencyCode } from './currencies.ts'
import type { CashFigures, CashPieces } from './figures.ts'

/** The counts of one item of cash. */
export interface ShownCash {
  readonly currency: CurrencyCode
  readonly words: Words
  /** Notes and coins of the currency in its smaller unit, the largest first. */
  readonly faces_minor: readonly number[]
  readonly minorDigits: number
  readonly perBundle: number
  readonly rounds: readonly {
    /** The hand-over list it was counted for; null for the first time. */
    readonly list: string | null
    readonly outcome: CashRound['outcome']
    readonly counts: readonly {
      readonly by: Holder
      readonly at: string
      /** Null for everybody while the second count is awaited, and when it was lawfully erased. */
      readonly figures: (CashFigures & { readonly amount_minor: number }) | null
    }[]
  }[]
  /** What two people agreed on last; null until then. */
  readonly agreed: { readonly amount_minor: number; readonly pieces: readonly CashPieces[]; readonly at: string } | null
  /** A count may be given now, as far as the item’s state goes. */
  readonly awaited: boolean
}
