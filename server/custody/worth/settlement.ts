import type { Reader } from '../../module.ts'
import { itemsEverOf, trialOf } from '../account/account-trial.ts'
import { type Account, HELD_ACCOUNTS } from '../account/accounting.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import { type Claim, type SaleMoney, type Settlement, settlementOf } from './waterfall.ts'

/** Where money comes from in the account of a case. */
const CAME: readonly Account[] = ['proceeds', 'from-cases']

/**
 * What the money of a case's sales pays and what of it goes back (rules X-17), by the entries of the registers; null where the track has no order
 * of paying, nobody has said what is due, or nothing was sold.
 */
export async function saleSettlement(db: Reader, of: Case): Promise<Settlement | null> {
  const order: readonly Claim[] = rules.proceeds_order.value[of.track]
  const { target } = of
  if (order.length === 0 || target === undefined) return null
  const sold = (await itemsEverOf(db, of.number)).filter(isSaleMoney)
  if (sold.length === 0) return null
  const { amount_fen: tax, lateFee_fen: lateFee, fine_fen: fine = 0, costs_fen: costs } = target
  return settlementOf(order, { tax, lateFee, fine, costs }, await moneyIn(db, sold, of.number))
}

/** Whether an item is the money of a sale. */
export function isSaleMoney({ proceeds }: Item): boolean {
  return proceeds !== undefined
}

async function moneyIn(db: Reader, items: readonly Item[], number: string): Promise<SaleMoney> {
  const { booked } = await trialOf(db, items, number)
  const sum = (accounts: Iterable<Account>): number =>
    [...accounts].reduce((total, account) => total + (booked.get(account)?.fen ?? 0), 0)
  const sold_fen = sum(CAME)
  const paid_fen = sum(['recovered'])
  const returned_fen = sum(['returned'])
  const held_fen = sum(HELD_ACCOUNTS)
  const elsewhere_fen = sum(['confiscated', 'transferred', 'compensated', 'surrendered', 'to-cases', 'out'])
  return { sold_fen, elsewhere_fen, paid_fen, returned_fen, held_fen }
}
