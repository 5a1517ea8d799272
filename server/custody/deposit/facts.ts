/** 存入专户: money that goes from its officers straight into the special account. */
export type DepositFacts = {
  /**
   * unit, `item/<code>`: what two people counted was paid in, and finance has its receipt; no store had it. `keeper` is the department of who
   * signed for finance: it answers for the money from now on.
   */
  'custody.deposited': {
    readonly list: string
    readonly account: string
    /** Number of the bank's receipt. */
    readonly voucher: string
    readonly amount_fen: number
    readonly finance: string
    readonly keeper: string
  }
}
