import { type RawBuilder, sql } from 'kysely'
import '../tables.ts'

/**
 * Of requests, under the name `a`: those about a case from which this person is recused, and which he did not make himself: about its items,
 * itself, alone or with another, a loan, a disposal or a clock of it, or a notice of urging about one of these (回避, rules W-03).
 */
export function requestsApart(person: string): RawBuilder<boolean> {
  return sql<boolean>`(a.requester <> ${person} and exists (
    select from case_officers o where o.person = ${person} and o.recused and (
      o.case_number = a.state #>> '{deed,case}' or o.case_number = a.state #>> '{deed,into}'
      or a.state #>> '{deed,about}' = 'case/' || o.case_number
      or exists (select from items i where i.case_number = o.case_number and a.state #>> '{deed,about}' = 'item/' || i.id)
      or exists (select from items i where i.case_number = o.case_number and i.id in (
        select coalesce(line ->> 'item', line #>> '{}') from jsonb_array_elements(a.state -> 'deed' -> 'items') as line))
      or exists (select from loans l where l.id = a.state #>> '{deed,loan}' and o.case_number = any(l.cases))
      or exists (select from disposals d where d.id = a.state #>> '{deed,disposal}' and d.case_number = o.case_number)
      or exists (select from clocks k where k.id = a.state #>> '{deed,clock}'
        and k.state ->> 'matter' = 'case/' || o.case_number))))`
}
