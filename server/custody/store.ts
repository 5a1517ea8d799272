import type { ScaleCheck } from './scales/scales.ts'
import { sql } from 'kysely'
import { weightsIn } from '../../devices/scale/weights-in.ts'
import { lineageOf } from '../approvals/store.ts'
import { loadStates } from '../ledger/project.ts'
import type { Circumstances, Projection, Reader } from '../module.ts'
import '../org/tables.ts'
import { storeRegister, unitRegister } from './custody.ts'
import type { Container } from './keeping/containers.ts'
import type { Item } from './items/item.ts'
import type { Location } from './keeping/locations.ts'
import { unpackedAway } from './keeping/unpacked.ts'
import { cases, containers, items, locations } from './projections.ts'
import { rules } from './rules.ts'
import { emptyScene, type Scene } from './scene.ts'
import { loadBags, takeSeals } from './seals/seal-store.ts'
import { sightOf } from './sight/sight.ts'
import { loadSigners } from './people/signers.ts'
import type { WeighingFrame } from './weighing/weights.ts'

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
export type Asking = Pick<Circumstances, 'actor' | 'with' | 'at'>

/** The states of these, each by its id; those that there are. */
export async function loadKnown<S>(
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
  const found = await loadKnown(db, items, codes, true)
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
    cases: await loadKnown(db, cases, [...new Set(its.map((item) => item.case))], false),
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

/**
 * What the scale of a station said in these readings: never what somebody says it said.
 * @param device its one scale that is meant; any of them where it is not said
 */
export async function loadFrames(
  db: Reader,
  {
    station,
    readings,
    device = null,
  }: { readonly station: string; readonly readings: readonly string[]; readonly device?: string | null },
): Promise<Map<string, WeighingFrame>> {
  if (readings.length === 0) return new Map()
  const found = await sql<{ reading: string; raw_sha256: string; raw: Buffer; failed: ScaleCheck | null }>`
    select r.reading, encode(sha256(r.raw), 'hex') as raw_sha256, r.raw, c.state as failed from station_readings r
    left join scale_checks c on c.station = r.station and c.device = r.device and not c.passed
    where r.station = ${station} and r.reading = any(${[...readings]}::text[]) and r.kind = 'weight' and r.raw is not null
      and (${device}::text is null or r.device = ${device})
  `.execute(db)
  return new Map(
    found.rows.map(({ reading, raw_sha256, raw, failed }) => [
      reading,
      { raw_sha256, weights_mg: weightsIn(raw), ...(failed === null ? {} : { failed }) },
    ]),
  )
}

/** Boxes that the items lie in or that are named, and the named shelves, those under a named box included, with what lies in each. */
async function placesOf(
  db: Reader,
  its: readonly Item[],
  { locations: named = [], containers: boxes = [] }: SceneNeeds,
): Promise<Pick<Scene, 'locations' | 'occupied' | 'containers' | 'packed' | 'unpacked'>> {
  const isBox = (code: string): boolean => code.startsWith('C')
  const wanted = [...named.filter(isBox), ...boxes]
  const found = await loadKnown<Container>(
    db,
    containers,
    [...wanted, ...its.flatMap(({ container }) => container ?? [])],
    false,
  )
  const under = wanted.flatMap((code) => found.get(code)?.location ?? [])
  const shelves = [...named.filter((code) => !isBox(code)), ...under]
  return {
    containers: found,
    locations: await loadKnown<Location>(db, locations, shelves, false),
    occupied: await lyingAt(db, 'location', shelves),
    packed: await lyingAt(db, 'container', wanted),
    unpacked: await unpackedAway(db, [...found.values()]),
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
