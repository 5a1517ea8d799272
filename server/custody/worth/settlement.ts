import type { Reader } from '../../module.ts'
import { itemsEverOf, trialOf } from '../account/account-trial.ts'
import type { Account } from '../account/accounting.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import { claimsOn, isSaleMoney, saleMoneyOf } from './surplus.ts'
import { type SaleMoney, type Settlement, settlementOf } from './waterfall.ts'

/** Where money comes from in the account of a case. */
const CAME: readonly Account[] = ['proceeds', 'from-cases']

/**
 * What the money of a case's sales pays and what of it goes back (rules X-17), by the entries of the registers; null where the track has no order
 * of paying, nobody has said what is due, or nothing was sold.
 */
export async function saleSettlement(db: Reader, of: Case): Promise<Settlement | null> {
  const claims = claimsOn(of)
  if (claims === null) return null
  const sold = (await itemsEverOf(db, of.number)).filter(isSaleMoney)
  if (sold.length === 0) return null
  return settlementOf(claims.order, claims.due, await moneyIn(db, sold, of.number))
}

async function moneyIn(db: Reader, items: readonly Item[], number: string): Promise<SaleMoney> {
  const { booked } = await trialOf(db, items, number)
  // What came is told by other entries than where it is, so that the one can be held against the other.
  const sold_fen = CAME.reduce((total, account) => total + (booked.get(account)?.fen ?? 0), 0)
  return { ...saleMoneyOf(booked), sold_fen }
}
