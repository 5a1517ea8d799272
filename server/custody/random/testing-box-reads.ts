import { sql } from 'kysely'
import type { Db } from '../../database/connect.ts'
import { parseEntry } from '../../ledger/entry.ts'
import type { Item } from '../items/item.ts'
import type { Container } from '../keeping/containers.ts'
import type { BoxTables } from './testing-box-life.ts'
import type { CountEntry } from './testing-count-reads.ts'

/** The boxes of a sequence as they stand, in the order in which they were made. */
export async function readBoxes(db: Db, codes: readonly string[]): Promise<Container[]> {
  if (codes.length === 0) return []
  const found = await db.selectFrom('containers').select(['id', 'state']).where('id', 'in', codes).execute()
  const known = new Map(found.map(({ id, state }) => [id, state]))
  return codes.flatMap((code) => known.get(code) ?? [])
}

/** Everything that was written of the boxes and the items, act by act, and what the tables hold of them. */
export async function readBoxLives(
  db: Db,
  codes: readonly string[],
  items: readonly Item[],
): Promise<{ readonly entries: readonly CountEntry[]; readonly tables: BoxTables }> {
  const subjects = [...codes.map((code) => `container/${code}`), ...items.map(({ code }) => `item/${code}`)]
  const found = await db
    .selectFrom('entries')
    .select(['subject', 'text', 'register', 'seq'])
    .where('subject', 'in', subjects)
    .execute()
  const entries = found
    .map(({ subject, text, register, seq }) => ({ ...parseEntry(text), subject, register, seq: Number(seq) }))
    .sort((one, other) => compared(one.at, other.at) || compared(one.register, other.register) || one.seq - other.seq)
    .map(({ subject, type, at, actor, with: signers, body }) => ({ subject, type, at, actor, with: signers, body }))
  const open = await sql<{ item: string; loan: string }>`
    select line ->> 'item' as item, l.id as loan from loans l cross join jsonb_array_elements(l.state -> 'lines') line
    where line ->> 'returnedAt' is null and line ->> 'item' = any(${items.map(({ code }) => code)}::text[])
    order by l.id
  `.execute(db)
  const openLoans = Map.groupBy(open.rows, ({ item }) => item)
  return {
    entries,
    tables: {
      ...{ boxes: await readBoxes(db, codes), items },
      openLoans: new Map([...openLoans].map(([item, its]) => [item, its.map(({ loan }) => loan)])),
    },
  }
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
