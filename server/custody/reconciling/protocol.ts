import type { Words } from '../../refusal.ts'
import type { BookLine, StatementLine } from './facts.ts'

/** What a statement comes to beside the books; rows as a spreadsheet counts them. */
export interface ComparedStatement {
  readonly matched: readonly { readonly item: string; readonly row: number }[]
  readonly openAtBank: readonly StatementLine[]
  readonly openInBooks: readonly BookLine[]
  /** Payments out, which are not compared. */
  readonly paidOut: number
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
