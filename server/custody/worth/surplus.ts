import { Refusal } from '../../refusal.ts'
import { type Account, accountOf, type Balances, countedOf, HELD_ACCOUNTS } from '../account/accounting.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import { type Claim, type SaleMoney, waterfall } from './waterfall.ts'

/** 余款 (rules X-17): what the sales of a case bring beyond what they pay, as a fact that changes it tells it to the clocks. */
export type Surplus = {
  readonly case: string
  /** What is to go back and has not yet, in fen; null while nobody has said what is due, so that nobody knows. */
  readonly over_fen: number | null
  /** Codes of items that money of the case's sales is: over which the days run; all of it once nothing has to go back. */
  readonly money: readonly string[]
  /** Over which they do not: what has to go back was set aside from it. Absent where nothing is. */
  readonly free?: readonly string[]
}

/** The money of the sales of some cases, gone or not, by the number of the case: what each was ever given. */
export type Sales = ReadonlyMap<string, readonly Item[]>

/** Facts tell it where there is something to tell; absent otherwise, and in entries of the time when every sale was taken to leave something. */
export type WithSurplus = { readonly surplus?: Surplus }

type Of = Pick<Case, 'number' | 'track' | 'target'>

/** Whether an item is the money of a sale. */
export function isSaleMoney({ proceeds }: Item): boolean {
  return proceeds !== undefined
}

/** What money of a sale pays in a case, and in which order; null where its track has no order, or nobody has said what is due. */
export function claimsOn({
  track,
  target,
}: Of): { readonly order: readonly Claim[]; readonly due: Record<Claim, number> } | null {
  const order: readonly Claim[] = rules.proceeds_order.value[track]
  if (order.length === 0 || target === undefined) return null
  const { amount_fen: tax, lateFee_fen: lateFee, fine_fen: fine = 0, costs_fen: costs } = target
  return { order, due: { tax, lateFee, fine, costs } }
}

/** Where the money is by what the accounts hold. */
export function saleMoneyOf(balances: Balances): SaleMoney {
  const sum = (accounts: Iterable<Account>): number =>
    [...accounts].reduce((total, account) => total + (balances.get(account)?.fen ?? 0), 0)
  const paid_fen = sum(['recovered'])
  const returned_fen = sum(['returned'])
  const held_fen = sum(HELD_ACCOUNTS)
  const elsewhere_fen = sum(['confiscated', 'transferred', 'compensated', 'surrendered', 'to-cases', 'out'])
  return {
    sold_fen: paid_fen + returned_fen + held_fen + elsewhere_fen,
    elsewhere_fen,
    paid_fen,
    returned_fen,
    held_fen,
  }
}

/**
 * What of a case's sales has to go back now, as its items stand.
 * @param sold the money of its sales, all that the case was ever given
 * @param coming money of a sale that is no item yet
 * @returns nothing to tell where money of a sale of this track pays nothing, or there is none
 */
export function surplusOf(
  of: Of,
  sold: readonly Item[],
  coming: { readonly code: string; readonly amount_fen: number } | null = null,
): WithSurplus {
  if (rules.proceeds_order.value[of.track].length === 0) return {}
  const held = sold.filter((item) => isHeldIn(item, of))
  const money = [...held.map(({ code }) => code), ...(coming === null ? [] : [coming.code])]
  const claims = claimsOn(of)
  if (claims === null) return money.length === 0 ? {} : { surplus: { case: of.number, over_fen: null, money } }
  if (sold.length === 0 && coming === null) return {}
  const { sold_fen, elsewhere_fen, returned_fen } = saleMoneyOf(countedOf(sold, of.number))
  const falls = waterfall(claims.order, claims.due, Math.max(0, sold_fen + (coming?.amount_fen ?? 0) - elsewhere_fen))
  const over_fen = Math.max(0, falls.surplus_fen - returned_fen)
  const aside = held.filter(isSetAside)
  if (over_fen === 0 || fenOf(aside) < over_fen) return { surplus: { case: of.number, over_fen, money } }
  const waits = aside.map(({ code }) => code)
  const free = money.filter((code) => !waits.includes(code))
  return { surplus: { case: of.number, over_fen, money: waits, ...(free.length === 0 ? {} : { free }) } }
}

/** As `surplusOf`, once some of the money is otherwise than it was. */
export function surplusAfter(of: Of, sales: Sales, changed: readonly Item[]): WithSurplus {
  if (!changed.some(isSaleMoney)) return {}
  const sold = new Map((sales.get(of.number) ?? []).map((item) => [item.code, item]))
  for (const item of changed.filter(isSaleMoney)) sold.set(item.code, item)
  return surplusOf(of, [...sold.values()])
}

/**
 * How much of an item may still be set aside to go back: what is over, less what was set aside from others; null where nobody knows what is over.
 * In fen; never more than is over, whatever the item counts.
 */
export function leftToDivide(of: Of, sold: readonly Item[], item: Item): number | null {
  return leftFor(of, sold, [item])
}

/**
 * 余款以外不得退还 (rules X-17): while a case is owed, no more of the money of its sales goes back than is over once that is paid, less what was
 * set aside from other money. Of money that is larger, what is over is set aside first. Nothing is stopped where nobody has said what is owed.
 * @param items what is to go back; what is no money of a sale does not count
 * @throws Refusal `custody.return-beyond-surplus`
 */
export function mustBeOver(of: Of, sales: Sales, items: readonly Item[]): void {
  const money = items.filter(isSaleMoney)
  const [first] = money
  const left = leftFor(of, sales.get(of.number) ?? [], money)
  if (first === undefined || left === null || fenOf(money) <= left) return
  throw new Refusal('custody.return-beyond-surplus', {
    ...{ item: first.code, asked: yuanOf(fenOf(money)), left: yuanOf(left) },
  })
}

/** Yuan with two places, as refusals say them. */
export const yuanOf = (fen: number): string => (fen / 100).toFixed(2)

/** What is over and was not set aside from other money than this; null where nobody knows what is over. */
function leftFor(of: Of, sold: readonly Item[], money: readonly Item[]): number | null {
  const over_fen = surplusOf(of, sold).surplus?.over_fen ?? null
  if (over_fen === null) return null
  const codes = new Set(money.map(({ code }) => code))
  const others = sold.filter((one) => !codes.has(one.code) && isHeldIn(one, of) && isSetAside(one))
  return Math.max(0, over_fen - fenOf(others))
}

function isHeldIn(item: Item, { number }: Of): boolean {
  return item.case === number && item.disposed === undefined && HELD_ACCOUNTS.has(accountOf(item))
}

function isSetAside({ share }: Item): boolean {
  return share === 'surplus'
}

function fenOf(items: readonly Item[]): number {
  return items.reduce((sum, { proceeds }) => sum + (proceeds?.amount_fen ?? 0), 0)
}
