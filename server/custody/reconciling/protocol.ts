import type { Words } from '../../refusal.ts'
import type { ComparedLines } from './facts.ts'

export type { ComparedLines } from './facts.ts'

/** One side of a statement as somebody may see it. */
export interface ShownLines extends ComparedLines {
  /** How many lines are left out: money of cases from which who asks is recused. */
  readonly apart: number
}

/** What a statement comes to beside the books; rows as a spreadsheet counts them. */
export interface ComparedStatement extends ShownLines {
  /** How many lines took money out. */
  readonly paidOut: number
  /** Those beside the books; null of a statement of the time when they were counted and not compared. */
  readonly out: ShownLines | null
}

/** `POST /api/reconciliations/try`. */
export interface TriedStatement extends ComparedStatement {
  /** While there is one, nothing can be recorded. */
  readonly faults: readonly { readonly row: number; readonly what: Words }[]
}

/** One line of `GET /api/reconciliations`. */
export interface ShownReconciliation extends ComparedStatement {
  readonly id: string
  readonly unit: string
  readonly account: string
  readonly from: string
  readonly to: string
  readonly by: { readonly who: string; readonly name: string }
  readonly at: string
}
