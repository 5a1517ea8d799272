/** A line of a statement by its row in the file; what the bank writes about people is not kept. */
export type StatementLine = {
  readonly row: number
  /** `2026-11-21` */
  readonly day: string
  readonly amount_fen: number
  /** Number of the receipt; null where the bank gave none. */
  readonly voucher: string | null
}

/** Money that lies in the account by the registers. */
export type BookLine = {
  readonly item: string
  readonly case: string
  readonly day: string
  readonly amount_fen: number
  readonly voucher: string
}

/** 对账: the special account against what the bank says of it. */
export type ReconcilingFacts = {
  /**
   * unit, `reconciliation/<uuid>`: one statement of an account was laid beside what was paid into it by the registers. What found its match is
   * named by item and row; what did not stands open, on either side.
   */
  'custody.account-reconciled': {
    readonly unit: string
    readonly account: string
    readonly from: string
    readonly to: string
    /** Of the statement's file. */
    readonly sha256: string
    readonly matched: readonly { readonly item: string; readonly row: number }[]
    readonly openAtBank: readonly StatementLine[]
    readonly openInBooks: readonly BookLine[]
    /** Payments out of the account, which are not compared. */
    readonly paidOut: number
  }
}
