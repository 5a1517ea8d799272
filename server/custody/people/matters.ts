import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import '../tables.ts'

/** The officers of every case that a deadline's matter, `case/…` or `loan/…`, is about. */
export async function officersOfMatter(db: Reader, matter: string): Promise<string[]> {
  const found = await sql<{ person: string }>`
    select distinct person from case_officers
    where 'case/' || case_number = ${matter}
      or case_number = (select state #>> '{passedOn,-1,other}' from cases where 'case/' || id = ${matter} and status = 'MERGED')
      or case_number in (select unnest(cases) from loans where 'loan/' || id = ${matter})
  `.execute(db)
  return found.rows.map(({ person }) => person)
}

/** Departments that `case/…` or `item/…` concerns: the one that handles it, and those that keep what is of it; null for one that is not there. */
export async function unitsConcerned(db: Reader, about: string): Promise<readonly string[] | null> {
  const found = await sql<{ unit: string }>`
    select unit from cases where 'case/' || id = ${about}
    union select unit from items where 'item/' || id = ${about}
    union select s.unit from items i join stores s on s.id = i.store
      where 'case/' || i.case_number = ${about} or 'item/' || i.id = ${about}
  `.execute(db)
  return found.rows.length === 0 ? null : found.rows.map(({ unit }) => unit)
}
