import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import { sql } from 'kysely'
import type { Case } from '../cases/cases.ts'
import type { CaseNames } from './in-clear.ts'

type Told = { readonly who: 'holder' | 'witness' | 'keeper' | 'owner' | 'receiver'; readonly name: string | null }

/** Whom a case names, as far as it was not lawfully erased: its title, its officers, and those of its earlier registrations. */
export async function loadCaseNames(db: Reader, of: Case): Promise<CaseNames> {
  const named = await namesOf(
    db,
    of.officers.map((person) => `person/${person}`),
  )
  const title = textOf((await readPersonal(db, [of.title.ref])).get(of.title.ref) ?? null)
  const told = await sql<Told>`
    with said as (
      select 'holder' as who, state #>> '{holder,person,ref}' as ref from items where case_number = ${of.number}
      union all
      select 'witness', state #>> '{witness,person,ref}' from items where case_number = ${of.number}
      union all
      select 'keeper', state #>> '{details,ref}' from items
      where case_number = ${of.number} and state #>> '{marks,keeping}' is not null
      union all
      select 'owner', state #>> '{details,ref}' from items
      where case_number = ${of.number} and state #>> '{marks,ownership}' = 'OTHER'
      union all
      select 'receiver', act #>> '{receiver,name,ref}' from disposals d
        cross join lateral jsonb_array_elements(d.state -> 'acts') act
      where d.case_number = ${of.number}
    )
    select distinct who, case when who in ('keeper', 'owner') then content::jsonb ->> who else content::jsonb #>> '{}' end as name
    from said join personal on personal.ref = said.ref::uuid
    where erased_at is null
  `.execute(db)
  const those = (who: Told['who']): string[] =>
    told.rows.flatMap((row) => (row.who === who && row.name !== null ? [row.name] : []))
  return {
    titles: title === null ? [] : [title],
    officers: new Map(of.officers.map((person) => [person, named(`person/${person}`).name])),
    ...{
      holders: those('holder'),
      witnesses: those('witness'),
      keepers: those('keeper'),
      owners: those('owner'),
      receivers: those('receiver'),
    },
  }
}

/** By case, whom each of these names. */
export async function namesOfCases(db: Reader, of: ReadonlyMap<string, Case>): Promise<Map<string, CaseNames>> {
  const names = new Map<string, CaseNames>()
  for (const [number, one] of of) names.set(number, await loadCaseNames(db, one))
  return names
}
