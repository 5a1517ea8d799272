import { sql } from 'kysely'
import type { Reader } from '../module.ts'

/**
 * 回避 (rules W-03): whoever stands aside in a case has nothing to do with its deadlines or those of its loans either, whatever post he holds and
 * whenever they began. The tables are those of the cases; what a clock was started with stays as it was.
 */
const asideOf = sql`
  select o.person, 'case/' || o.case_number as matter from case_officers o where o.recused
  union all
  select o.person, 'loan/' || l.id from case_officers o join loans l on l.cases @> array[o.case_number] where o.recused
`

/** What somebody stands aside in, as clocks name their matter. */
export async function mattersAside(db: Reader, person: string): Promise<string[]> {
  const found = await sql<{
    matter: string
  }>`select distinct matter from (${asideOf}) a where person = ${person}`.execute(db)
  return found.rows.map(({ matter }) => matter)
}

/** Who stands aside in a matter. */
export async function peopleAside(db: Reader, matter: string): Promise<ReadonlySet<string>> {
  const found = await sql<{ person: string }>`select person from (${asideOf}) a where matter = ${matter}`.execute(db)
  return new Set(found.rows.map(({ person }) => person))
}
