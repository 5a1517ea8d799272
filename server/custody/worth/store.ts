import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import '../tables.ts'
import { isSaleMoney, type Sales } from './surplus.ts'

/** The money of sales that these cases were ever given; the books of their departments are locked, so that nobody brings more meanwhile. */
export async function salesOf(db: Reader, cases: Iterable<Pick<Case, 'number' | 'track'>>): Promise<Sales> {
  const sales = new Map<string, readonly Item[]>()
  for (const { number, track } of cases)
    if (rules.proceeds_order.value[track].length > 0) sales.set(number, await saleMoneyIn(db, number))
  return sales
}

async function saleMoneyIn(db: Reader, number: string): Promise<Item[]> {
  const found = await sql<{ state: Item }>`
    select state from items where category = 'cash' and state ? 'proceeds' and id in (
      select id from items where case_number = ${number}
      union
      select one ->> 'item' from cases c cross join jsonb_array_elements(c.state -> 'passedOn') went
        cross join jsonb_array_elements(went -> 'items') one
      where c.id = ${number})
    order by id
  `.execute(db)
  return found.rows.map(({ state }) => state)
}

/** The same for the case of one item, read only where it is the money of a sale. */
export async function salesFor(db: Reader, item: Item, of: Pick<Case, 'number' | 'track'>): Promise<Sales> {
  return isSaleMoney(item) ? salesOf(db, [of]) : new Map()
}
