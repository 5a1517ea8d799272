import { type RawBuilder, sql } from 'kysely'
import { weightsIn } from '../../devices/scale/weights-in.ts'
import { lineageOf } from '../approvals/store.ts'
import { loadStates } from '../ledger/project.ts'
import type { Circumstances, Projection, Reader } from '../module.ts'
import '../org/tables.ts'
import type { OpenCaseState } from './cases/cases.ts'
import { storeRegister, unitRegister } from './custody.ts'
import type { Numbering } from './intake/handover.ts'
import { noNames } from './in-clear.ts'
import { loadCaseNames } from './in-clear-store.ts'
import type { Label, LabelScene } from './papers/labels.ts'
import type { AddContainerState, Container } from './keeping/containers.ts'
import type { Item } from './items.ts'
import type { AddLocationState, Location } from './keeping/locations.ts'
import { cases, containers, items, labels, lists, locations } from './projections.ts'
import { type RegisterState, yearOf } from './intake/registering.ts'
import { rules } from './rules.ts'
import { emptyScene, type Scene } from './scene.ts'
import type { OpenCase, Register } from './schemas.ts'
import type { AddContainer } from './keeping/schemas.ts'
import { loadBags, loadSeals, takeSeals } from './seals/seal-store.ts'
import { sightOf } from './sight/sight.ts'
import { loadSigners } from './signers.ts'
import type { WeighingFrame } from './weights.ts'

/** What to look at besides the items and their cases. */
export interface SceneNeeds {
  readonly locations?: readonly string[]
  /** Boxes that the act names beside those among the locations. */
  readonly containers?: readonly string[]
  /** A store named in the command. */
  readonly store?: string
  /** Heads of the departments concerned. */
  readonly heads?: boolean
  /** The units above the items' departments. */
  readonly lineage?: boolean
  /** Numbers of seals that the act gives. */
  readonly seals?: readonly string[]
  /** Everything that lies under the seals of these items. */
  readonly bags?: boolean
  /** Weighings that the command names, of the station it happens at. */
  readonly weighings?: { readonly station: string; readonly readings: readonly string[] }
}

/** Who acts, who signed beside him, and when. */
type Asking = Pick<Circumstances, 'actor' | 'with' | 'at'>

async function load<S>(
  db: Reader,
  of: Projection<S | null>,
  ids: readonly string[],
  lock: boolean,
): Promise<Map<string, S>> {
  return (await loadStates(db, of, ids, { lock })) as Map<string, S>
}

/** Items, locked in the order of their codes, with all that an act over them looks at: one query a table. */
export async function loadScene(
  db: Reader,
  codes: readonly string[],
  { actor, with: people, at }: Asking,
  needs: SceneNeeds,
): Promise<Scene> {
  const found = await load(db, items, codes, true)
  const its = [...found.values()]
  const stores = await keepingUnits(db, [
    ...its.flatMap((item) => item.store ?? []),
    ...(needs.store === undefined ? [] : [needs.store]),
  ])
  const units = [...new Set(its.map((item) => item.unit))]
  return {
    ...emptyScene,
    sight: await sightOf(db, actor, at),
    items: found,
    cases: await load(db, cases, [...new Set(its.map((item) => item.case))], false),
    stores,
    ...(await placesOf(db, its, needs)),
    ...(needs.heads === true ? { heads: await headsOf(db, [...new Set([...units, ...stores.values()])]) } : {}),
    ...(needs.lineage === true ? { lineage: await lineageOf(db, units) } : {}),
    signers: await loadSigners(db, people, at),
    ...(needs.seals === undefined ? {} : { seals: await takeSeals(db, needs.seals) }),
    ...(needs.bags === true ? { bags: await loadBags(db, its) } : {}),
    ...(needs.weighings === undefined ? {} : { frames: await loadFrames(db, needs.weighings) }),
  }
}

/** What the scale of a station said in these readings: never what somebody says it said. */
async function loadFrames(
  db: Reader,
  { station, readings }: { readonly station: string; readonly readings: readonly string[] },
): Promise<Map<string, WeighingFrame>> {
  if (readings.length === 0) return new Map()
  const found = await sql<{ reading: string; raw_sha256: string; raw: Buffer }>`
    select reading, encode(sha256(raw), 'hex') as raw_sha256, raw from station_readings
    where station = ${station} and reading = any(${[...readings]}::text[]) and kind = 'weight' and raw is not null
  `.execute(db)
  return new Map(
    found.rows.map(({ reading, raw_sha256, raw }) => [reading, { raw_sha256, weights_mg: weightsIn(raw) }]),
  )
}

/** Boxes that the items lie in or that are named, and the named shelves, those under a named box included, with what lies in each. */
async function placesOf(
  db: Reader,
  its: readonly Item[],
  { locations: named = [], containers: boxes = [] }: SceneNeeds,
): Promise<Pick<Scene, 'locations' | 'occupied' | 'containers' | 'packed'>> {
  const isBox = (code: string): boolean => code.startsWith('C')
  const wanted = [...named.filter(isBox), ...boxes]
  const found = await load<Container>(
    db,
    containers,
    [...wanted, ...its.flatMap(({ container }) => container ?? [])],
    false,
  )
  const under = wanted.flatMap((code) => found.get(code)?.location ?? [])
  const shelves = [...named.filter((code) => !isBox(code)), ...under]
  return {
    containers: found,
    locations: await load<Location>(db, locations, shelves, false),
    occupied: await lyingAt(db, 'location', shelves),
    packed: await lyingAt(db, 'container', wanted),
  }
}

/** How many items lie at each of these places. */
export async function lyingAt(
  db: Reader,
  column: 'location' | 'container',
  codes: readonly string[],
): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map()
  const counted = await sql<{ place: string; lying: number }>`
    select ${sql.ref(column)} as place, count(*) as lying from items
    where ${sql.ref(column)} = any(${[...codes]}::text[]) group by ${sql.ref(column)}
  `.execute(db)
  return new Map(counted.rows.map(({ place, lying }) => [place, lying]))
}

/** Stores to the departments that keep them. */
export async function keepingUnits(db: Reader, stores: readonly string[]): Promise<Map<string, string>> {
  if (stores.length === 0) return new Map()
  const found = await db
    .selectFrom('stores')
    .select(['id', 'unit'])
    .where('id', 'in', [...new Set(stores)])
    .execute()
  return new Map(found.map(({ id, unit }) => [id, unit]))
}

async function headsOf(db: Reader, units: readonly string[]): Promise<Map<string, string[]>> {
  if (units.length === 0) return new Map()
  const found = await db
    .selectFrom('appointments')
    .innerJoin('people', 'people.id', 'appointments.person')
    .select(['appointments.place', 'appointments.person'])
    .where('appointments.place', 'in', [...units])
    .where('appointments.post', 'in', [...rules.head_posts.value])
    .where('appointments.to_at', 'is', null)
    .where('people.active', '=', true)
    .distinct()
    .orderBy('appointments.person')
    .execute()
  const heads = new Map<string, string[]>()
  for (const { place, person } of found) heads.set(place, [...(heads.get(place) ?? []), person])
  return heads
}

/** Departments write in registers of their own: the number itself is held, so that two of them never open one case. */
export async function loadOpenCase(db: Reader, { number, unit, officers }: OpenCase): Promise<OpenCaseState> {
  await sql`select pg_advisory_xact_lock(hashtextextended('case ' || ${number}, 4))`.execute(db)
  const taken = await db.selectFrom('cases').select('id').where('id', '=', number).executeTakeFirst()
  const known = await db.selectFrom('units').select('id').where('id', '=', unit).executeTakeFirst()
  const appointed = await db
    .selectFrom('appointments')
    .innerJoin('people', 'people.id', 'appointments.person')
    .select('appointments.person')
    .where('appointments.post', '=', 'officer')
    .where('appointments.place', '=', unit)
    .where('appointments.to_at', 'is', null)
    .where('people.active', '=', true)
    .where('appointments.person', 'in', [...officers])
    .execute()
  return {
    taken: taken !== undefined,
    unitKnown: known !== undefined,
    officers: new Set(appointed.map(({ person }) => person)),
  }
}

/** @param hold whether case and seal numbers are locked: for an act; a trial only looks */
export async function loadRegister(
  db: Reader,
  { case: number, items: lines }: Pick<Register, 'case' | 'items'>,
  { actor, at }: Pick<Asking, 'actor' | 'at'>,
  hold = true,
): Promise<RegisterState> {
  const found = await load(db, cases, [number], hold)
  const sight = await sightOf(db, actor, at)
  const of = found.get(number)
  if (of === undefined)
    return {
      ...{ cases: found, sight, seals: new Set(), names: noNames },
      ...{ unitNumber: '', nextSerial: 0, nextOrdinal: 0 },
    }
  const { unit } = of
  const numbers = lines.flatMap(({ seal }) => seal?.number ?? [])
  const last = await sql<{ serial: number | null; ordinal: number | null }>`
    select (select max(serial) from items where unit = ${unit} and year = ${yearOf(at)}) as serial,
           (select max(ordinal) from items where case_number = ${number}) as ordinal
  `.execute(db)
  return {
    ...{ cases: found, sight, seals: await (hold ? takeSeals : loadSeals)(db, numbers) },
    names: await loadCaseNames(db, of),
    unitNumber: await numberOf(db, 'unit', unit),
    nextSerial: (last.rows[0]?.serial ?? 0) + 1,
    nextOrdinal: (last.rows[0]?.ordinal ?? 0) + 1,
  }
}

/** The next document of a unit in this year: lists, papers of disposal and stock-takes are numbered in one row. */
export async function loadListNumber(db: Reader, unit: string | undefined, at: string): Promise<Numbering> {
  if (unit === undefined) return { unitNumber: '', nextSerial: 0 }
  const last = await sql<{ serial: number | null }>`
    select greatest(
      (select max(serial) from lists where unit = ${unit} and year = ${yearOf(at)}),
      (select max(serial) from disposals where unit = ${unit} and year = ${yearOf(at)}),
      (select max(serial) from stocktakes where unit = ${unit} and year = ${yearOf(at)})) as serial
  `.execute(db)
  return { unitNumber: await numberOf(db, 'unit', unit), nextSerial: (last.rows[0]?.serial ?? 0) + 1 }
}

export async function loadAddContainer(
  db: Reader,
  { store, location }: AddContainer,
  at: string,
): Promise<AddContainerState> {
  const known = (await keepingUnits(db, [store])).has(store)
  const found = { storeKnown: known, locations: await load<Location>(db, locations, [location], false) }
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

/** The items in a box now. */
export async function contentsOfBox(db: Reader, container: string): Promise<string[]> {
  const found = await db.selectFrom('items').select('id').where('container', '=', container).orderBy('id').execute()
  return found.map(({ id }) => id)
}

export async function loadAddLocation(db: Reader, store: string, at: string): Promise<AddLocationState> {
  const known = (await keepingUnits(db, [store])).has(store)
  if (!known) return { storeKnown: false, storeNumber: '', nextSerial: 0 }
  const last = await sql<{ serial: number | null }>`
    select max(serial) as serial from locations where store = ${store} and year = ${yearOf(at)}
  `.execute(db)
  return {
    storeKnown: true,
    storeNumber: await numberOf(db, 'store', store),
    nextSerial: (last.rows[0]?.serial ?? 0) + 1,
  }
}

const BASE = 36
const NUMBERS_MAX = BASE * BASE - 1

/**
 * The two characters of a unit or store in its codes: the how-manieth it is in the organisation's register, where none is ever taken
 * out or put in between.
 */
export async function numberOf(db: Reader, kind: 'unit' | 'store', id: string): Promise<string> {
  const type = kind === 'unit' ? 'org.unit-added' : 'org.store-opened'
  const found = await sql<{ place: number }>`
    select count(*) as place from entries
    where register = 'org' and type = ${type}
      and seq <= (select seq from entries where subject = ${`${kind}/${id}`} and n = 1)
  `.execute(db)
  const place = found.rows[0]?.place ?? 0
  if (place < 1 || place > NUMBERS_MAX) throw new RangeError(`${kind} ${id} has no number of two characters`)
  return place.toString(BASE).toUpperCase().padStart(2, '0')
}

/** What asking for labels looks at: items, locations or lists by code, and every issue of each label. */
export async function loadLabelScene(db: Reader, codes: readonly string[], { actor, at }: Asking): Promise<LabelScene> {
  // Each code is looked for where its letter says: labels come by the hundred.
  const named = (letter: string): string[] => codes.filter((code) => code.startsWith(letter))
  const found = await load(db, items, named('W'), true)
  const its = [...found.values()]
  return {
    sight: await sightOf(db, actor, at),
    items: found,
    cases: await load(db, cases, [...new Set(its.map((item) => item.case))], false),
    locations: await load(db, locations, named('L'), true),
    containers: await load(db, containers, named('C'), true),
    lists: await load(db, lists, named('D'), true),
    labels: await issuesOf(db, codes),
  }
}

/** Every issue of each code's label, the first one first; locked. */
export async function issuesOf(db: Reader, codes: readonly string[]): Promise<Map<string, Label[]>> {
  if (codes.length === 0) return new Map()
  const found = await sql<{ state: Label }>`
    select state from labels where code = any(${[...codes]}::text[]) order by id for update
  `.execute(db)
  const inOrder = found.rows.map(({ state }) => state).sort((a, b) => a.issue - b.issue)
  return Map.groupBy(inOrder, ({ code }) => code)
}

/** The last issue of each code's label, whatever became of it. */
export async function lastLabels(db: Reader, codes: readonly string[]): Promise<Map<string, Label>> {
  return chosenLabels(db, codes, sql`issue desc`)
}

/** The issue of each code's label that is out there: the last that may be on paper and was not voided; where none is, the last one. */
export async function labelsOnPaper(db: Reader, codes: readonly string[]): Promise<Map<string, Label>> {
  return chosenLabels(db, codes, sql`(not void and status in ('printed', 'unknown')) desc, issue desc`)
}

async function chosenLabels(
  db: Reader,
  codes: readonly string[],
  order: RawBuilder<unknown>,
): Promise<Map<string, Label>> {
  if (codes.length === 0) return new Map()
  const found = await sql<{ code: string; state: Label }>`
    select distinct on (code) code, state from labels where code = any(${[...codes]}::text[]) order by code, ${order}
  `.execute(db)
  return new Map(found.rows.map(({ code, state }) => [code, state]))
}

export async function loadLabel(db: Reader, id: string): Promise<Label | undefined> {
  return (await load(db, labels, [id], true)).get(id)
}

/** What an outcome of one issue of a code's label looks at. */
export async function loadIssue(db: Reader, code: string, issue: number): Promise<Issue> {
  return issueAmong((await issuesOf(db, [code])).get(code) ?? [], issue)
}

export interface Issue {
  readonly label: Label | undefined
  readonly earlier: readonly Label[]
}

/** One issue among all of a label's, and those before it. */
export function issueAmong(issues: readonly Label[], wanted: number | undefined): Issue {
  return {
    label: issues.find(({ issue }) => issue === wanted),
    earlier: wanted === undefined ? [] : issues.filter(({ issue }) => issue < wanted),
  }
}

/** Registers that an act over these items may write: their departments', and the stores' where they lie or are going. */
export async function registersOfItems(db: Reader, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const found = await db
    .selectFrom('items')
    .select(['unit', 'store'])
    .where('id', 'in', [...codes])
    .distinct()
    .execute()
  return [
    ...new Set(
      found.flatMap(({ unit, store }) => [unitRegister(unit), ...(store === null ? [] : [storeRegister(store)])]),
    ),
  ]
}
