import { sql } from 'kysely'
import { type EntryMembers, toFact } from '../../ledger/entry.ts'
import type { Fact, Reader } from '../../module.ts'
import {
  type Account,
  ACCOUNTS,
  accountWords,
  type Amount,
  amountOf,
  balancesOf,
  countedOf,
  entriesOf,
  imbalances,
  type Posting,
  standing,
} from './accounting.ts'
import type { Case } from '../cases/cases.ts'
import { evolveItem } from '../items/items.ts'
import type { Item } from '../items/item.ts'
import type { ShownLedger } from '../protocol.ts'

/** Facts of an item that move nothing and count nothing. */
export const IDLE = ['custody.photo-added', 'custody.tag-wanted', 'custody.tag-bound', 'custody.tag-not-written']

/** The entries of these items' account, as the registers tell them. */
async function postingsOf(db: Reader, codes: readonly string[]): Promise<Posting[]> {
  if (codes.length === 0) return []
  const found = await sql<{ subject: string; text: string; hash: Buffer }>`
    select subject, text, hash from entries
    where subject = any(${codes.map((code) => `item/${code}`)}::text[]) and type <> all(${IDLE}::text[])
    order by subject, n
  `.execute(db)
  const lives = new Map<string, Fact[]>()
  for (const { subject, text, hash } of found.rows) {
    const fact = toFact(JSON.parse(text) as EntryMembers, hash)
    lives.set(subject, [...(lives.get(subject) ?? []), fact])
  }
  return [...lives.values()].flatMap(entriesOf)
}

export interface Trial {
  readonly booked: ReadonlyMap<Account, Amount>
  /** Accounts that are not as they must be. */
  readonly wrong: readonly Account[]
}

/**
 * 试算平衡: the account of these items by the entries of the registers, against where each of them stands in the read table.
 * @param items all items that were ever of the case, or of several
 * @param number of one case alone, as it was registered
 */
export async function trialOf(db: Reader, items: readonly Item[], number?: string): Promise<Trial> {
  const postings = await postingsOf(
    db,
    items.map(({ code }) => code),
  )
  const booked = balancesOf(postings.filter((one) => number === undefined || one.case === number))
  return { booked, wrong: imbalances(booked, countedOf(items, number)) }
}

/** Every item that was ever of a case: those it has, and those that went into others. */
export async function itemsEverOf(db: Reader, number: string): Promise<Item[]> {
  const found = await sql<{ state: Item }>`
    select state from items where case_number = ${number}
    union all
    select i.state from cases c cross join jsonb_array_elements(c.state -> 'passedOn') went
      cross join jsonb_array_elements(went -> 'items') one join items i on i.id = one ->> 'item'
    where c.id = ${number} and i.case_number <> ${number}
  `.execute(db)
  // What went and came back and went again is named twice.
  return [...new Map(found.rows.map(({ state }) => [state.code, state])).values()]
}

/**
 * The account of a case for a screen, in as many reads as it has items, however long their lives: what each counted when it was registered, from
 * its first entry, and what it counts where it stands now. Whether it is as it must be, the last trial of all entries says: the day's, and the
 * one that the close of the case makes for itself.
 */
export async function ledgerOf(
  db: Reader,
  { number, imbalance }: Pick<Case, 'number' | 'imbalance'>,
): Promise<ShownLedger> {
  const items = await itemsEverOf(db, number)
  const first = await registeredOf(db, items)
  return shownLedger({ booked: standing(items, first, number), wrong: (imbalance?.accounts ?? []) as Account[] })
}

/** What these items counted when they were registered. */
async function registeredOf(db: Reader, items: readonly Item[]): Promise<Map<string, Amount>> {
  if (items.length === 0) return new Map()
  const found = await sql<{ text: string; hash: Buffer }>`
    select text, hash from entries
    where subject = any(${items.map(({ code }) => `item/${code}`)}::text[]) and n = 1
  `.execute(db)
  return new Map(
    found.rows.flatMap(({ text, hash }) => {
      const item = evolveItem(null, toFact(JSON.parse(text) as EntryMembers, hash))
      return item === null ? [] : [[item.code, amountOf(item)] as const]
    }),
  )
}

/** For a screen: the accounts that hold anything, and whether all is as it must be. */
export function shownLedger({ booked, wrong }: Trial): ShownLedger {
  return {
    accounts: ACCOUNTS.flatMap((account) => {
      const amount = booked.get(account)
      const empty = amount === undefined || Object.values(amount).every((value) => value === 0)
      if (empty && !wrong.includes(account)) return []
      const { pieces = 0, fen = 0, mg = 0 } = amount ?? {}
      return [{ account, words: accountWords[account], pieces, fen, mg, agrees: !wrong.includes(account) }]
    }),
    balances: wrong.length === 0,
  }
}
