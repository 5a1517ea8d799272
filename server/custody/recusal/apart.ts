import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../module.ts'
import '../tables.ts'

/** Whether what something is about, `case/…`, `item/…` or `clock/…`, is of the case under the name `o`. */
export function isOf(about: RawBuilder<string>): RawBuilder<boolean> {
  // Each is looked up by its id: there are as many clocks as there were ever deadlines.
  return sql<boolean>`(${about} = 'case/' || o.case_number
    or (starts_with(${about}, 'item/') and exists (
      select from items i where i.id = substr(${about}, 6) and i.case_number = o.case_number))
    or (starts_with(${about}, 'clock/') and exists (
      select from clocks k where k.id = substr(${about}, 7) and k.state ->> 'matter' = 'case/' || o.case_number)))`
}

/** Notices of urging about a case that somebody is recused from, for whoever they are not addressed to or from by name (回避, rules W-03). */
export const urgingsApart = {
  within: (person: string): RawBuilder<boolean> =>
    sql<boolean>`(u.person is distinct from ${person} and u.state ->> 'supervisor' <> ${person} and exists (
    select from case_officers o where o.person = ${person} and o.recused and ${isOf(sql`u.state ->> 'about'`)}))`,
  async peopleIn(db: Reader, about: string): Promise<ReadonlySet<string>> {
    const found = await sql<{ person: string }>`
      select distinct o.person from case_officers o where o.recused and ${isOf(sql`${about}::text`)}
    `.execute(db)
    return new Set(found.rows.map(({ person }) => person))
  },
}

/** Of requests, under the name `a`: those of `requestsOfCasesApart` that this person did not make himself. */
export function requestsApart(person: string): RawBuilder<boolean> {
  return sql<boolean>`(a.requester <> ${person} and ${requestsOfCasesApart(person)})`
}

/**
 * Of requests, under the name `a`: those about a case from which this person is recused: about its items, itself, alone or with another, a loan, a
 * disposal or a clock of it, or a notice of urging about one of these (回避, rules W-03).
 */
export function requestsOfCasesApart(person: string): RawBuilder<boolean> {
  return sql<boolean>`(exists (
    select from case_officers o where o.person = ${person} and o.recused and (
      o.case_number = a.state #>> '{deed,case}' or o.case_number = a.state #>> '{deed,into}'
      or ${isOf(sql`a.state #>> '{deed,about}'`)}
      or exists (select from items i where i.case_number = o.case_number and i.id in (
        select coalesce(line ->> 'item', line #>> '{}') from jsonb_array_elements(a.state -> 'deed' -> 'items') as line))
      or exists (select from loans l where l.id = a.state #>> '{deed,loan}' and o.case_number = any(l.cases))
      or exists (select from disposals d where d.id = a.state #>> '{deed,disposal}' and d.case_number = o.case_number)
      or exists (select from clocks k where k.id = a.state #>> '{deed,clock}'
        and k.state ->> 'matter' = 'case/' || o.case_number))))`
}
