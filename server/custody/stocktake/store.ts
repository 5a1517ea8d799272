import { sql } from 'kysely'
import { parseEntry, toFact } from '../../ledger/entry.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Circumstances, Fact, Reader } from '../../module.ts'
import { textOf } from '../../names.ts'
import type { Item } from '../items/item.ts'
import type { Location } from '../keeping/locations.ts'
import { containers, items, locations, searches, stocktakes } from '../projections.ts'
import type { CountShelf, EndSearch, OrderStocktake } from './schemas.ts'
import { loadSigners } from '../people/signers.ts'
import type { ConcludeState } from './concluding.ts'
import type { ShelfState } from './counting.ts'
import type { DrawState, Lying, OrderState } from './ordering.ts'
import type { SearchState } from './searching.ts'
import { staysOf } from './stays.ts'
import type { CountSheet, Stocktake } from './stocktake.ts'
import { keepingUnits } from '../store.ts'
import { loadListNumber } from '../numbers.ts'
import '../tables.ts'

/** Facts that put an item where it lies. */
const PLACING = [
  'custody.checked-in',
  'custody.formed',
  'custody.arrived',
  'custody.moved',
  'custody.returned',
  'custody.returned-from-appraisal',
]

/** The row stays ours until the transaction ends, so that two conclusions cannot both find the count open. */
export async function lockStocktake(db: Reader, code: string): Promise<Stocktake | null> {
  return (await loadStates(db, stocktakes, [code], { lock: true })).get(code) ?? null
}

/** Everything of the store at this moment: `lying` is what the count will expect, and so is read under the lock of the store's register. */
export async function loadOrder(db: Reader, { store, counters }: OrderStocktake, at: string): Promise<OrderState> {
  const unit = (await keepingUnits(db, [store])).get(store)
  const shelves = await db.selectFrom('locations').select('state').where('store', '=', store).orderBy('id').execute()
  const lying = await sql<{
    code: string
    case: string
    category: Item['category']
    location: string
    box: string | null
  }>`
    select id as code, case_number as case, category, location, container as box from items
    where store = ${store} and location is not null order by id
  `.execute(db)
  return {
    unit: unit ?? null,
    numbering: await loadListNumber(db, unit, at),
    locations: shelves.map(({ state }) => state),
    lying: lying.rows.map(({ box, ...rest }): Lying => (box === null ? rest : { ...rest, container: box })),
    counters: await loadSigners(db, counters, at),
  }
}

/** With the seed in clear, which stands beside the register until it is drawn; null where it was never laid down or has been erased. */
export async function loadDraw(db: Reader, code: string): Promise<DrawState> {
  const stocktake = await lockStocktake(db, code)
  const ref = stocktake?.sample?.seed.ref
  const seed = ref === undefined ? null : textOf((await readPersonal(db, [ref])).get(ref))
  return { stocktake, seed }
}

/** Without locking it: sheets of several people come in at once, and none of them changes the count. */
export async function loadShelf(db: Reader, command: CountShelf, person: string): Promise<ShelfState> {
  const { stocktake: code, location, sights } = command
  const found = (await loadStates(db, stocktakes, [code])).get(code) ?? null
  const shelf = (await loadStates(db, locations, [location])).get(location) as Location | undefined
  const named = sights.flatMap((sight) => ('item' in sight ? [sight.item] : []))
  const known = await sql<{ id: string }>`select id from items where id = any(${named}::text[])`.execute(db)
  const boxes = sights.flatMap((sight) => ('container' in sight ? [sight.container] : []))
  const labels = await sql<{ code: string; issue: number }>`
    select code, issue from labels where void and code = any(${named}::text[])
  `.execute(db)
  return {
    stocktake: found,
    location: shelf ?? null,
    items: new Set(known.rows.map(({ id }) => id)),
    containers: (await loadStates(db, containers, boxes)) as ShelfState['containers'],
    voided: new Set(labels.rows.map((label) => `${label.code} ${label.issue}`)),
    walkers: new Set(found === null ? [] : await walkersOf(db, code, 1)),
    photos: await photosKept(db, command.photos ?? [], person),
  }
}

/** Those of the photos that are kept, and by this person: a hash alone shows nobody what somebody else has photographed. */
async function photosKept(db: Reader, photos: readonly string[], person: string): Promise<ReadonlySet<string>> {
  if (photos.length === 0) return new Set()
  const found = await sql<{ sha256: string }>`
    select sha256 from files where sha256 = any(${[...photos]}::text[]) and kept_by = ${person}
  `.execute(db)
  return new Set(found.rows.map(({ sha256 }) => sha256))
}

/** The counts on whose sheets a photo is. */
export async function stocktakesShowing(db: Reader, photo: string): Promise<Stocktake[]> {
  const found = await sql<{ state: Stocktake }>`
    select s.state from stocktakes s where s.id in (
      select stocktake from stocktake_sheets where state -> 'photos' @> jsonb_build_array(${photo}::text)
    )
  `.execute(db)
  return found.rows.map(({ state }) => state)
}

/** Who has walked in a round. */
export async function walkersOf(db: Reader, stocktake: string, round: 1 | 2): Promise<string[]> {
  const found = await db
    .selectFrom('stocktake_sheets')
    .select('person')
    .distinct()
    .where('stocktake', '=', stocktake)
    .where('round', '=', round)
    .execute()
  return found.map(({ person }) => person)
}

/** The sheets of a count in the order in which they came in. */
export async function sheetsOfStocktake(db: Reader, stocktake: string): Promise<CountSheet[]> {
  const found = await db
    .selectFrom('stocktake_sheets')
    .select('state')
    .where('stocktake', '=', stocktake)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return found.map(({ state }) => state)
}

/** Everything that a round is judged by: the sheets, and where each thing was by the register while people walked. */
export async function loadConclude(
  db: Reader,
  code: string,
  { with: signers, at }: Pick<Circumstances, 'with' | 'at'>,
): Promise<ConcludeState> {
  const stocktake = await lockStocktake(db, code)
  if (stocktake === null) {
    return { stocktake, sheets: [], stays: new Map(), items: new Map(), placers: new Map(), signers: new Map() }
  }
  const sheets = await sheetsOfStocktake(db, code)
  const { stays, kinds } = await loadStays(db, stocktake, sheets)
  return {
    ...{ stocktake, sheets, stays, items: kinds },
    placers: stocktake.phase === 'COUNTING' ? await loadPlacers(db, [...kinds.keys()]) : new Map(),
    signers: await loadSigners(db, signers, at),
  }
}

/**
 * Where items were since the order: those that the store's register has moved, those that it says now lie in the place of others (their own
 * lives stand in the unit's register), and those that were perceived without being expected.
 */
async function loadStays(
  db: Reader,
  { expected, order }: Stocktake,
  sheets: readonly CountSheet[],
): Promise<{ stays: ConcludeState['stays']; kinds: ConcludeState['items'] }> {
  const listed = new Set(expected.map(({ item }) => item))
  const moved = await sql<{ subject: string }>`
    select distinct subject from entries
    where register = ${order.register} and seq > ${order.seq} and subject like 'item/%'
    union
    select 'item/' || jsonb_array_elements_text(text::jsonb #> '{body,into}') from entries
    where register = ${order.register} and seq > ${order.seq} and type = 'custody.regrouped-in-store'
  `.execute(db)
  const perceived = sheets.flatMap(({ sights }) =>
    sights.flatMap((sight) => (sight.kind === 'item' && !listed.has(sight.item) ? [`item/${sight.item}`] : [])),
  )
  const subjects = [...new Set([...moved.rows.map(({ subject }) => subject), ...perceived])]
  const facts = await factsOf(db, subjects)
  const codes = [...new Set([...listed, ...facts.keys()])]
  const found = await sql<Pick<Item, 'code' | 'case' | 'category'> & { readonly tag: Item['tag'] | null }>`
    select id as code, case_number as case, category, state -> 'tag' as tag from items where id = any(${codes}::text[])
  `.execute(db)
  return {
    stays: new Map([...facts].map(([item, its]) => [item, staysOf(its)])),
    kinds: new Map(
      found.rows.map(({ code, tag, ...kind }) => [code, tag === null || tag === undefined ? kind : { ...kind, tag }]),
    ),
  }
}

/** The lives of these items: code to facts, in their order. */
async function factsOf(db: Reader, subjects: readonly string[]): Promise<Map<string, Fact[]>> {
  if (subjects.length === 0) return new Map()
  const found = await sql<{ subject: string; text: string; hash: Buffer }>`
    select subject, text, hash from entries where subject = any(${[...subjects]}::text[]) order by subject, n
  `.execute(db)
  const bySubject = Map.groupBy(found.rows, ({ subject }) => subject.slice('item/'.length))
  return new Map(
    [...bySubject].map(([code, rows]) => [code, rows.map(({ text, hash }) => toFact(parseEntry(text), hash))]),
  )
}

/** Who put each item where it lies. */
async function loadPlacers(db: Reader, codes: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ subject: string; actor: string }>`
    select distinct on (subject) subject, actor from entries
    where subject = any(${codes.map((code) => `item/${code}`)}::text[]) and type = any(${PLACING}::text[])
    order by subject, n desc
  `.execute(db)
  return new Map(found.rows.map(({ subject, actor }) => [subject.slice('item/'.length), actor]))
}

/** The search is locked; item and location are only read, and null where there is none. */
export async function loadSearch(db: Reader, { search: id, location }: EndSearch): Promise<SearchState> {
  const search = (await loadStates(db, searches, [id], { lock: true })).get(id) ?? null
  const item = search === null ? undefined : (await loadStates(db, items, [search.item])).get(search.item)
  const shelf = location === undefined ? undefined : (await loadStates(db, locations, [location])).get(location)
  return { search, item: item ?? null, location: (shelf as Location | undefined) ?? null }
}
