import { sql } from 'kysely'
import { parseEntry } from '../../ledger/entry.ts'
import type { Reader } from '../../module.ts'
import type { Told } from './correcting.ts'
import type { CorrectedField } from './corrections.ts'
import '../tables.ts'

/** What the registers say of these items that may be put right: item to facts, in the order of its life. */
export async function loadTold(db: Reader, codes: readonly string[]): Promise<Map<string, Told[]>> {
  const found = await sql<Omit<Told, 'field'> & { readonly subject: string; readonly text: string }>`
    select subject, register, seq, encode(hash, 'hex') as hash, type, actor, text from entries
    where subject = any(${codes.map((code) => `item/${code}`)}::text[])
      and type in ('custody.registered', 'custody.formed', 'custody.sealed', 'custody.corrected')
    order by subject, n
  `.execute(db)
  const bySubject = Map.groupBy(found.rows, ({ subject }) => subject.slice('item/'.length))
  return new Map(
    [...bySubject].map(([code, rows]) => [
      code,
      rows.map(({ register, seq, hash, type, actor, text }) => ({
        ...{ register, seq, hash, type, actor },
        field: (parseEntry(text).body['field'] as CorrectedField | undefined) ?? null,
      })),
    ]),
  )
}
