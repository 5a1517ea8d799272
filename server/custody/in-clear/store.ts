import { readPersonal } from '../../ledger/personal.ts'
import type { Json, Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import { sql } from 'kysely'
import type { Case } from '../cases/cases.ts'
import type { CaseNames } from './in-clear.ts'

type Who = 'holder' | 'witness' | 'keeper' | 'owner' | 'receiver'

/** Whom a case names, as far as it was not lawfully erased: its title, its officers, and those of its earlier registrations. */
export async function loadCaseNames(db: Reader, of: Case): Promise<CaseNames> {
  const named = await namesOf(
    db,
    of.officers.map((person) => `person/${person}`),
  )
  const told = await sql<{ readonly who: Who; readonly ref: string }>`
    with said as (
      select 'holder' as who, state #>> '{holder,person,ref}' as ref from items where case_number = ${of.number}
      union all
      select 'witness', state #>> '{witness,person,ref}' from items where case_number = ${of.number}
      union all
      select 'holder', state #>> '{holder,identity,ref}' from items where case_number = ${of.number}
      union all
      select 'witness', state #>> '{witness,identity,ref}' from items where case_number = ${of.number}
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
      union all
      select 'receiver', paid #>> '{payee,ref}' from items i
        cross join lateral jsonb_array_elements(i.state -> 'compensations') paid
      where i.case_number = ${of.number}
    )
    select distinct who, ref from said where ref is not null
  `.execute(db)
  const contents = await readPersonal(db, [of.title.ref, ...told.rows.map(({ ref }) => ref)])
  const title = textOf(contents.get(of.title.ref) ?? null)
  const those = (who: Who): string[] => [
    ...new Set(
      told.rows.flatMap((row) => {
        const content = contents.get(row.ref) ?? null
        const name = who === 'keeper' || who === 'owner' ? amongDetails(content, who) : textOf(content)
        return row.who === who && name !== null ? [name] : []
      }),
    ),
  ]
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

/** Who keeps a thing elsewhere, and whose it is, stand among its details. */
function amongDetails(details: Json, who: 'keeper' | 'owner'): string | null {
  if (details === null || typeof details !== 'object' || !(who in details)) return null
  return textOf((details as Record<string, Json>)[who])
}

/** By case, whom each of these names. */
export async function namesOfCases(db: Reader, of: ReadonlyMap<string, Case>): Promise<Map<string, CaseNames>> {
  const names = new Map<string, CaseNames>()
  for (const [number, one] of of) names.set(number, await loadCaseNames(db, one))
  return names
}
