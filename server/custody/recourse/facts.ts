import type { Sealed } from '../../module.ts'

/**
 * 先行赔付、向保管人追偿 (行政强制法 26(2); rules T-06). The money is the organ's own and never lay in the special account: it stands beside the account of
 * the case, which holds what was taken from people.
 */
export type RecourseFacts = {
  /** unit, `item/<code>`: the organ paid for a loss that a third-party keeper caused. Who was paid and what was lost stand beside the register. */
  'custody.compensation-paid': {
    readonly case: string
    readonly amount_fen: number
    readonly voucher: string
    readonly payee: Sealed
    readonly loss: Sealed
    /** Who signed for finance. */
    readonly finance: string
  }
  /** unit, `item/<code>`: the keeper paid so much of it back. `nth`: which payment of the item it is about, counted from one. */
  'custody.compensation-recovered': {
    readonly nth: number
    readonly amount_fen: number
    readonly voucher: string
    readonly finance: string
  }
  /** unit, `item/<code>`: what is still open of it is recovered no more, as the department and the organ agreed; why, the request says. */
  'custody.recourse-written-off': {
    readonly nth: number
    readonly amount_fen: number
    readonly approval: string
    readonly requester: string
    readonly approver: string
  }
}
