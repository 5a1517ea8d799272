import { sql } from 'kysely'
import type { Reader } from '../../module.ts'

/** What is of this case and of no other: the case, its items and its disposals, as facts name them. Lists and loans may be of several. */
export async function subjectsOfCase(db: Reader, number: string): Promise<string[]> {
  const found = await sql<{ subject: string }>`
    select 'item/' || id as subject from items where case_number = ${number}
    union all select 'disposal/' || id from disposals where case_number = ${number}
  `.execute(db)
  return [`case/${number}`, ...found.rows.map(({ subject }) => subject)]
}
