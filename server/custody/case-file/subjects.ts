import { sql } from 'kysely'
import type { Reader } from '../../module.ts'

/** What is of this case and of no other: the case, its items, its disposals and what other organs handed in to it, as facts name them. Lists and loans may be of several. */
export async function subjectsOfCase(db: Reader, number: string): Promise<string[]> {
  const found = await sql<{ subject: string }>`
    select 'item/' || id as subject from items where case_number = ${number}
    union all select 'disposal/' || id from disposals where case_number = ${number}
    union all select 'inbound/' || id from inbounds where case_number = ${number}
  `.execute(db)
  return [`case/${number}`, ...found.rows.map(({ subject }) => subject)]
}
