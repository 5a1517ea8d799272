import { sql } from 'kysely'
import type { Aside } from '../../clock/aside.ts'
import '../tables.ts'

const asideOf = sql`
  select o.person, 'case/' || o.case_number as matter from case_officers o where o.recused
  union all
  select o.person, 'loan/' || l.id from case_officers o join loans l on l.cases @> array[o.case_number] where o.recused
`

/** Whoever is recused from a case stands aside in it, and in its loans. */
export const custodyAside: Aside = {
  async mattersOf(db, person) {
    const found = await sql<{ matter: string }>`
      select distinct matter from (${asideOf}) a where person = ${person}
    `.execute(db)
    return found.rows.map(({ matter }) => matter)
  },
  async peopleIn(db, matter) {
    const found = await sql<{ person: string }>`select person from (${asideOf}) a where matter = ${matter}`.execute(db)
    return new Set(found.rows.map(({ person }) => person))
  },
}
