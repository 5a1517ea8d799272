import { sql } from 'kysely'
import { type Handler, handler, type Reader } from '../../module.ts'
import { CATEGORIES, categories } from '../categories.ts'
import { namesOfCases } from '../in-clear/store.ts'
import { codesOf } from '../items/lines.ts'
import { loadScene, registersOfItems } from '../store.ts'
import { depositMoney, type DepositScene } from './deposit.ts'
import { accountsFor } from './special.ts'
import '../tables.ts'
import { depositSchemas, type DepositMoney } from './schemas.ts'

const COUNTED = CATEGORIES.filter((category) => categories[category].counted)

/** What is done with money instead of taking it into a store. */
export const depositHandlers: Readonly<Record<string, Handler>> = {
  'custody.deposit': handler<DepositMoney, DepositScene>({
    schema: depositSchemas['custody.deposit'],
    posts: ['officer'],
    registers: (trx, { items }) => registersOfItems(trx, codesOf(items)),
    load: async (trx, { account, items }, circumstances) => {
      const scene = await loadScene(trx, codesOf(items), circumstances, { lineage: true })
      const units = new Set([...scene.items.values()].map(({ unit }) => unit))
      return {
        ...{ ...scene, names: await namesOfCases(trx, scene.cases) },
        accounts: await accountsFor(trx, scene),
        vouchers: await usedVouchers(trx, [...units], { account, items }),
      }
    },
    decide: depositMoney,
  }),
}

/** Those of these receipts by which money of these departments lies in that account: paid in as it was, or as the price of what was sold. */
async function usedVouchers(
  db: Reader,
  units: readonly string[],
  { account, items }: Pick<DepositMoney, 'account' | 'items'>,
): Promise<Set<string>> {
  const found = await sql<{ voucher: string }>`
    select paid ->> 'voucher' as voucher
    from items cross join lateral (select coalesce(state -> 'deposit', state -> 'proceeds')) as of_it (paid)
    where unit = any(${[...units]}::text[]) and category = any(${COUNTED}::text[])
      and paid ->> 'account' = ${account} and paid ->> 'voucher' = any(${items.map(({ voucher }) => voucher)}::text[])
  `.execute(db)
  return new Set(found.rows.map(({ voucher }) => voucher))
}
