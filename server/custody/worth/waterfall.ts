import type { Words } from '../../refusal.ts'

/** What money of an enforcement pays for. The order is a rule of its own (`proceeds_order`). */
export const claimWords = {
  tax: { zh: '税款', en: 'Tax' },
  lateFee: { zh: '滞纳金', en: 'Late fees' },
  fine: { zh: '罚款', en: 'Fine' },
  costs: { zh: '拍卖、变卖等费用', en: 'Cost of selling' },
} as const satisfies Readonly<Record<string, Words>>

export type Claim = keyof typeof claimWords

/** One step: what was due, what the money covered of it, and what money was left after it, in fen. */
export type Step = {
  readonly claim: Claim
  readonly due_fen: number
  readonly covered_fen: number
  readonly left_fen: number
}

export type Waterfall = {
  readonly steps: readonly Step[]
  readonly covered_fen: number
  /** What is left when all is paid: it goes back. */
  readonly surplus_fen: number
  /** What the money did not cover. */
  readonly short_fen: number
}

/**
 * 抵缴 (rules X-17, 税收征管法实施细则 69): money pays one claim after another, each whole before the next gets anything; what is left over goes back.
 * @param order the claims, the first paid first
 */
export function waterfall(order: readonly Claim[], due: Readonly<Record<Claim, number>>, money_fen: number): Waterfall {
  let left_fen = money_fen
  const steps = order.map((claim): Step => {
    const due_fen = due[claim]
    const covered_fen = Math.min(left_fen, due_fen)
    left_fen -= covered_fen
    return { claim, due_fen, covered_fen, left_fen }
  })
  const covered_fen = money_fen - left_fen
  const short_fen = order.reduce((sum, claim) => sum + due[claim], 0) - covered_fen
  return { steps, covered_fen, surplus_fen: left_fen, short_fen }
}

/** Where the money of a case's sales is, as its account has it in double entry; all in fen. */
export type SaleMoney = {
  /** What the sales brought. */
  readonly sold_fen: number
  /** Of it, what went another way than to pay or back: confiscated, with the case to another organ, into another case. */
  readonly elsewhere_fen: number
  readonly paid_fen: number
  readonly returned_fen: number
  readonly held_fen: number
}

export type Settlement = Waterfall &
  SaleMoney & {
    /** The places add up to what was sold, and nobody was paid or given more than is his. */
    readonly agrees: boolean
  }

/** What the money of a case's sales pays, against where the account says that it is. */
export function settlementOf(
  order: readonly Claim[],
  due: Readonly<Record<Claim, number>>,
  money: SaleMoney,
): Settlement {
  const { sold_fen, elsewhere_fen, paid_fen, returned_fen, held_fen } = money
  const falls = waterfall(order, due, Math.max(0, sold_fen - elsewhere_fen))
  const agrees =
    sold_fen === elsewhere_fen + paid_fen + returned_fen + held_fen &&
    paid_fen <= falls.covered_fen &&
    returned_fen <= falls.surplus_fen
  return { ...falls, ...money, agrees }
}
