/** A line of a statement by its row in the file; what the bank writes about people is not kept. */
export type StatementLine = {
  readonly row: number
  /** `2026-11-21` */
  readonly day: string
  readonly amount_fen: number
  /** Number of the receipt; null where the bank gave none. */
  readonly voucher: string | null
}

/** Money that came into the account, or went out of it, by the registers. */
export type BookLine = {
  readonly item: string
  readonly case: string
  readonly day: string
  readonly amount_fen: number
  /** Number of the receipt; null of money that went out by an act whose paper is none of the bank. */
  readonly voucher: string | null
}

/** What one side of a statement came to: what found its match by item and row, and what did not, at the bank and in the books. */
export type ComparedLines = {
  readonly matched: readonly { readonly item: string; readonly row: number }[]
  readonly openAtBank: readonly StatementLine[]
  readonly openInBooks: readonly BookLine[]
}

/** 对账: the special account against what the bank says of it. */
export type ReconcilingFacts = {
  /**
   * unit, `reconciliation/<uuid>`: one statement of an account was laid beside what came in and went out by the registers. What found its match
   * is named by item and row; what did not stands open, on either side.
   */
  'custody.account-reconciled': ComparedLines & {
    readonly unit: string
    readonly account: string
    readonly from: string
    readonly to: string
    /** Of the statement's file. */
    readonly sha256: string
    /** How many lines of the statement took money out. */
    readonly paidOut: number
    /** Those beside the books. Absent in entries of the time when they were counted and not compared. */
    readonly out?: ComparedLines
  }
}
