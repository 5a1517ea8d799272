import type { Sealed } from '../../module.ts'

/** Every fact of papers of a campaign that are filled in by hand. None holds what a paper says. */
export interface PaperBoxFacts {
  /** How many sheets of a group of voters were in it, counted before anybody typed, and the two who type them in. */
  readonly 'rating.paper-box-opened': {
    readonly campaign: string
    readonly unit: string
    readonly group: string
    readonly sheets: number
    readonly typists: readonly string[]
  }
  /** The first of the two has typed them in. */
  readonly 'rating.paper-box-entered': Readonly<Record<never, never>>
  /** The second has: which sheets the two have read differently. */
  readonly 'rating.paper-box-compared': { readonly differ: readonly number[] }
  /** A third person has looked at these. */
  readonly 'rating.paper-box-decided': Readonly<Record<never, never>>
  /** It is typed in no further, whatever was typed is gone, and no sheet of it is a vote; the same sheets may be in another box. */
  readonly 'rating.paper-box-withdrawn': { readonly reason: Sealed }
  /** Every sheet is a sealed ballot for each department now. */
  readonly 'rating.paper-box-sealed': Readonly<Record<never, never>>
}
