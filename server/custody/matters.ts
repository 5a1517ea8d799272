import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import './tables.ts'

/** The officers of every case that a deadline's matter, `case/…` or `loan/…`, is about. */
export async function officersOfMatter(db: Reader, matter: string): Promise<string[]> {
  const found = await sql<{ person: string }>`
    select distinct person from case_officers
    where 'case/' || case_number = ${matter}
      or case_number in (select unnest(cases) from loans where 'loan/' || id = ${matter})
  `.execute(db)
  return found.rows.map(({ person }) => person)
}
