import type { WithSurplus } from './surplus.ts'

/** What the measures of a case are for, in money. */
export type WorthFacts = {
  /**
   * unit, `case/<number>`: the sum that is to be secured, with late fees and what selling will cost, in fen, and the document that says so. In the
   * place of what was said before. `fine_fen` is what a decision fines beside it: nothing is held for it, but money of a sale pays it (rules X-17).
   * Absent where there is none, and in entries of the time when nobody asked. `surplus` is what the sales of the case leave over by this sum.
   */
  'custody.target-stated': WithSurplus & {
    readonly amount_fen: number
    readonly lateFee_fen: number
    readonly fine_fen?: number
    readonly costs_fen: number
    readonly document: string
  }
}
