import type { Reader } from '../../module.ts'
import type { Item } from '../items/item.ts'
import '../../ledger/tables.ts'
import '../tables.ts'
import { hasAccountNumber, type NumberOpened } from './account-number.ts'

/** Those things of a case that have a number, in its order. */
export async function withNumbers(db: Reader, number: string): Promise<Item[]> {
  const found = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', number)
    .orderBy('ordinal')
    .execute()
  return found.map(({ state }) => state).filter(hasAccountNumber)
}

/** When this person said why he reads the whole number of any of these things, by the clock that the register was written by. */
export async function numbersOpened(db: Reader, person: string, its: readonly Item[]): Promise<NumberOpened[]> {
  if (its.length === 0) return []
  const found = await db
    .selectFrom('entries')
    .select(['subject', 'recorded_at as at'])
    .where(
      'subject',
      'in',
      its.map(({ code }) => `item/${code}`),
    )
    .where('type', '=', 'custody.account-number-opened')
    .where('actor', '=', person)
    .execute()
  return found.map(({ subject, at }) => ({ item: subject.slice('item/'.length), at }))
}
