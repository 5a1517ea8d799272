import { sql } from 'kysely'
import type { Aside } from '../../clock/aside.ts'
import { isOf } from './apart.ts'
import '../tables.ts'

const asideOf = sql`
  select o.person, 'case/' || o.case_number as matter from case_officers o where o.recused
  union all
  select o.person, 'loan/' || l.id from case_officers o join loans l on l.cases @> array[o.case_number] where o.recused
  union all
  select o.person, 'urging/' || u.id from case_officers o join urgings u on ${isOf(sql`u.state ->> 'about'`)}
    where o.recused and u.person is distinct from o.person
`

const isPartly = sql`exists (select from case_officers r where r.case_number = o.case_number and r.recused)`

/** Officers of cases from which others are recused: they answer for what those were named for. */
const standIns = sql`
  select o.person, 'case/' || o.case_number as matter from case_officers o where not o.recused and ${isPartly}
  union all
  select o.person, 'loan/' || l.id from case_officers o join loans l on l.cases @> array[o.case_number]
    where not o.recused and ${isPartly}
`

/** Whoever is recused from a case stands aside in it, in its loans, and in notices of urging about it that do not name him; its other officers stand in for him. */
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
  async takenOverBy(db, person) {
    const found = await sql<{ matter: string }>`
      select distinct matter from (${standIns}) a where person = ${person}
    `.execute(db)
    return found.rows.map(({ matter }) => matter)
  },
  async standInsIn(db, matter) {
    const found = await sql<{ person: string }>`select person from (${standIns}) a where matter = ${matter}`.execute(db)
    return new Set(found.rows.map(({ person }) => person))
  },
}
