import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { numberOf } from '../numbers.ts'
import { locations } from '../projections.ts'
import { keepingUnits, loadKnown } from '../store.ts'
import '../tables.ts'
import type { AddContainerState } from './containers.ts'
import { yearOf } from '../intake/registering.ts'
import type { AddLocationState, Location } from './locations.ts'
import type { AddContainer } from './schemas.ts'

/** The next serial counts by store and by the year of `at`; the store's register is held meanwhile, or two boxes would get one code. */
export async function loadAddContainer(
  db: Reader,
  { store, location }: AddContainer,
  at: string,
): Promise<AddContainerState> {
  const known = (await keepingUnits(db, [store])).has(store)
  const found = { storeKnown: known, locations: await loadKnown<Location>(db, locations, [location], false) }
  if (!known) return { ...found, storeNumber: '', nextSerial: 0 }
  const last = await sql<{ serial: number | null }>`
    select max(serial) as serial from containers where store = ${store} and year = ${yearOf(at)}
  `.execute(db)
  return {
    ...found,
    storeNumber: await numberOf(db, 'store', store),
    nextSerial: (last.rows[0]?.serial ?? 0) + 1,
  }
}

/** How shelves are called, by code; a code of no location is left out. */
export async function namesOfPlaces(db: Reader, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from locations where id = any(${[...codes]}::text[])
  `.execute(db)
  return new Map(found.rows.map(({ id, name }) => [id, name]))
}

/** The items in a box now. */
export async function contentsOfBox(db: Reader, container: string): Promise<string[]> {
  const found = await db.selectFrom('items').select('id').where('container', '=', container).orderBy('id').execute()
  return found.map(({ id }) => id)
}

/** The items of the loan that a box is out on which have not come back yet; none while it is in its store. */
export async function lentInBox(db: Reader, container: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select i.id from containers b
    join loans l on l.id = b.state #>> '{lent,loan}'
    cross join jsonb_array_elements(l.state -> 'lines') line
    join items i on i.id = line ->> 'item'
    where b.id = ${container} and line ->> 'returnedAt' is null and i.state #>> '{loan,container}' = ${container}
    order by i.id
  `.execute(db)
  return found.rows.map(({ id }) => id)
}

/** As {@link loadAddContainer}; `opens` is the keeping department while the store has no location yet. */
export async function loadAddLocation(db: Reader, store: string, at: string): Promise<AddLocationState> {
  const unit = (await keepingUnits(db, [store])).get(store)
  if (unit === undefined) return { storeKnown: false, storeNumber: '', nextSerial: 0, opens: null }
  const found = await sql<{ serial: number | null; isOpen: boolean }>`
    select max(serial) filter (where year = ${yearOf(at)}) as serial, count(*) > 0 as "isOpen"
    from locations where store = ${store}
  `.execute(db)
  const { serial = null, isOpen = true } = found.rows[0] ?? {}
  return {
    storeKnown: true,
    storeNumber: await numberOf(db, 'store', store),
    nextSerial: (serial ?? 0) + 1,
    opens: isOpen ? null : unit,
  }
}
