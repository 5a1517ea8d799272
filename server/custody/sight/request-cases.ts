import { type RawBuilder, sql } from 'kysely'
import '../tables.ts'

/**
 * Of a request, under the name `a`: the numbers of the cases that it is about, as an array in their order: those that it names, and those of its
 * items, its loan, its disposal, its clock or what it urges about. Empty where it is about none.
 */
export const casesOfRequest: RawBuilder<unknown> = sql`array(
  select distinct number from (
    select a.state #>> '{deed,case}' as number
    union select a.state #>> '{deed,into}'
    union select substr(a.state #>> '{deed,about}', 6) where starts_with(a.state #>> '{deed,about}', 'case/')
    union select i.case_number from items i where i.id in (
      select coalesce(line ->> 'item', line #>> '{}') from jsonb_array_elements(a.state -> 'deed' -> 'items') as line
      union select substr(a.state #>> '{deed,about}', 6) where starts_with(a.state #>> '{deed,about}', 'item/'))
    union select unnest(l.cases) from loans l where l.id = a.state #>> '{deed,loan}'
    union select d.case_number from disposals d where d.id = a.state #>> '{deed,disposal}'
    union select substr(k.state ->> 'matter', 6) from clocks k where starts_with(k.state ->> 'matter', 'case/')
      and k.id in (a.state #>> '{deed,clock}', substr(a.state #>> '{deed,about}', 7))
  ) as named where number is not null order by number)`

/** The case itself and its items, loans, disposals and clocks, as an array of what a request about it names. */
export function subjectsOfCase(number: string): RawBuilder<unknown> {
  return sql`array(
    select 'case/' || ${number}::text
    union all select 'item/' || i.id from items i where i.case_number = ${number}
    union all select 'loan/' || l.id from loans l where l.cases @> array[${number}::text]
    union all select 'disposal/' || d.id from disposals d where d.case_number = ${number}
    union all select 'clock/' || k.id from clocks k where k.state ->> 'matter' = 'case/' || ${number}::text)`
}
