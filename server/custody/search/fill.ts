import { sql } from 'kysely'
import { type Db, inTransaction, type Trx } from '../../database/connect.ts'
import type { ContentKey } from '../../ledger/content-key.ts'
import { insertMarks, readPersonal } from '../../ledger/personal.ts'
import type { Json } from '../../module.ts'
import { type CashFigures } from '../cash/figures.ts'
import { type Details, numbersIn } from '../intake/details.ts'
import type { Item } from '../items/item.ts'
import { numbersOf, refsOf, wordsOf } from './words.ts'
import '../tables.ts'

const ITEMS_AT_ONCE = 500

/**
 * Puts down what items are found by that were registered before a search had tables of its own, some hundred a transaction: where it is cut
 * off, the next start goes on. Nothing is left to do afterwards, since every act keeps these tables with the others.
 * @param key under which numbers in sealed content are marked
 * @returns how many items were put down now
 */
export async function fillFound(db: Db, key: ContentKey): Promise<number> {
  let filled = 0
  for (let after = ''; ;) {
    const done = await inTransaction(db, (trx) => fillSome(trx, after, key))
    const last = done.at(-1)
    if (last === undefined) return filled
    filled += done.length
    after = last
  }
}

/** The next of them, by their codes; nothing once there are none. */
async function fillSome(trx: Trx, after: string, key: ContentKey): Promise<string[]> {
  const { rows } = await sql<{ id: string; state: Item }>`
    select i.id, i.state from items i where i.id > ${after} and not exists (select from item_words w where w.item = i.id)
    order by i.id limit ${ITEMS_AT_ONCE} for update
  `.execute(trx)
  if (rows.length === 0) return []
  const refs = rows.flatMap(({ id: item, state }) => refsOf(state).map((ref) => ({ item, ref })))
  const words = rows.map(({ id: item, state }) => ({ item, ...wordsOf(item, state) }))
  const numbers = rows.flatMap(({ id: item, state }) => numbersOf(state).map((number) => ({ item, number })))
  for (const [table, filled] of [
    ['item_words', words],
    ['item_numbers', numbers],
    ['item_sealed', refs],
  ] as const) {
    await sql`
      insert into ${sql.table(table)}
      select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(filled)}::jsonb) on conflict do nothing
    `.execute(trx)
  }
  await insertMarks(trx, await numbersBehind(trx, rows), key)
  return rows.map(({ id }) => id)
}

/** The numbers in the particulars of these items, and in counts of notes that two people agree on. */
async function numbersBehind(
  trx: Trx,
  rows: readonly { readonly state: Item }[],
): Promise<{ ref: string; numbers: string[] }[]> {
  const particulars = rows.flatMap(({ state: { details } }) => details?.ref ?? [])
  const counts = rows.flatMap(({ state: { cash } }) => (cash?.agreed ?? []).map(({ figures }) => figures.ref))
  const contents = await readPersonal(trx, [...particulars, ...counts])
  const behind = (refs: readonly string[], numbers: (content: Json) => readonly string[]) =>
    refs.flatMap((ref) => {
      const content = contents.get(ref)
      return content === undefined ? [] : [{ ref, numbers: [...numbers(content)] }]
    })
  return [
    ...behind(particulars, (content) => numbersIn(content as Details)),
    ...behind(counts, (content) => (content as unknown as CashFigures).serials),
  ]
}
