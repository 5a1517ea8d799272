import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { StationConfig } from '../../devices/reading.ts'
import type { Act } from '../act.ts'
import { ConfigRefused } from '../config.ts'
import type { Trx } from '../database/connect.ts'
import { handler, type Module, projection, type Reader, SYSTEM } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { Refusal } from '../refusal.ts'
import type { Page } from '../schemas.ts'
import {
  type ConfigureState,
  configureStation,
  type ConfigureStation,
  evolveStation,
  id,
  moveDevice,
  type MoveDevice,
  type MoveState,
  noStation,
  stationBody,
  stationEntry,
  type StationState,
  version,
  type VersionedStation,
} from './configuration.ts'
import { boardsEver } from './relay-outputs.ts'
import './tables.ts'

const stations = {
  kind: 'station',
  table: 'stations',
  initial: noStation,
  evolve: evolveStation,
  columns: (_id: string, { name, kind, place }: StationState) => ({ name, kind, place }),
}

/** The registry of stations and devices, kept in the organisation's register. */
export const stationModule: Module = {
  name: 'stations',
  handlers: {
    'stations.configure': handler<ConfigureStation, ConfigureState>({
      schema: Type.Object({ station: id, ...stationBody.properties }, { additionalProperties: false }),
      posts: ['system-admin', SYSTEM],
      registers: async () => [ORG_REGISTER],
      load: async (trx, { station, place }) => {
        const found = await sql<{ known: boolean }>`
          select exists (select from units where id = ${place}) or exists (select from stores where id = ${place}) as known
        `.execute(trx)
        const all = await readStations(trx)
        return {
          placeKnown: found.rows[0]?.known === true,
          present: (await lockStations(trx, [station])).get(station),
          others: new Map(all.filter((one) => one.id !== station).map((one) => [one.id, one])),
          boardsEver: await boardsEver(trx),
        }
      },
      decide: configureStation,
    }),
    'stations.move-device': handler<MoveDevice, MoveState>({
      schema: Type.Object(
        { station: id, device: id, to: id, version: Type.Optional(version), toVersion: Type.Optional(version) },
        { additionalProperties: false },
      ),
      posts: ['system-admin'],
      registers: async () => [ORG_REGISTER],
      load: async (trx, { station, to }) => {
        const found = await lockStations(trx, [station, to])
        return { from: found.get(station), to: found.get(to) }
      },
      decide: moveDevice,
    }),
  },
  projections: [projection(stations)],
}

async function lockStations(trx: Trx, ids: readonly string[]): Promise<Map<string, VersionedStation>> {
  const found = await sql<{ id: string; n: number; state: StationState }>`
    select id, n, state from stations where id = any(${[...ids]}::text[]) order by id for update
  `.execute(trx)
  return new Map(found.rows.map(({ id: station, n, state }) => [station, { version: n, state }]))
}

/** A station with how many changes it has seen: goes back with a change, which is refused when somebody else was first. */
export type ShownStation = StationConfig & StationState & { readonly version: number }

/** Stations as they are set up now, by id: a page of them. */
export async function listStations(db: Reader, { limit, after }: Page): Promise<ShownStation[]> {
  const rows = await db
    .selectFrom('stations')
    .select(['id', 'n', 'state'])
    .where('id', '>', after ?? '')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(shownStation)
}

/** Every station as it is set up now, by id. */
export async function readStations(db: Reader): Promise<ShownStation[]> {
  const rows = await db.selectFrom('stations').select(['id', 'n', 'state']).orderBy('id').execute()
  return rows.map(shownStation)
}

function shownStation({ id: station, n, state }: { id: string; n: number; state: StationState }): ShownStation {
  // What is sound by `configureStation` is what the drivers take.
  return { id: station, ...(state as StationState & Omit<StationConfig, 'id'>), version: n }
}

/** @throws Refusal `stations.unknown` */
export async function readStation(db: Reader, station: string): Promise<ShownStation> {
  const row = await db.selectFrom('stations').select(['id', 'n', 'state']).where('id', '=', station).executeTakeFirst()
  if (row === undefined) throw new Refusal('stations.unknown', { station })
  return shownStation(row)
}

const stationsFile = Type.Object(
  { stations: Type.Array(stationEntry, { maxItems: 500 }) },
  { additionalProperties: false },
)

/**
 * Reads `STATIONS_FILE`. Fields, kinds and protocols that are not known are refused by name; nothing is repaired.
 * @throws ConfigRefused naming the setting and what is wrong where
 */
export async function readStationsFile(path: string): Promise<readonly StationConfig[]> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new ConfigRefused('STATIONS_FILE', `${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!Value.Check(stationsFile, content)) {
    const [first] = Value.Errors(stationsFile, content)
    throw new ConfigRefused('STATIONS_FILE', `${path}: ${first?.instancePath || '/'} ${describe(first)}`)
  }
  return (content as Static<typeof stationsFile>).stations as readonly StationConfig[]
}

function describe(error: { message: string; params?: object } | undefined): string {
  return error === undefined ? '' : `${error.message} ${JSON.stringify(error.params ?? {})}`
}

/**
 * Puts stations that the registry does not know yet into it, each as an act of the program; those it knows keep what was set on screen.
 * @throws ConfigRefused with the refusal's words when one cannot be set up
 */
export async function seedStations(db: Reader, act: Act, wanted: readonly StationConfig[]): Promise<void> {
  const known = new Set((await readStations(db)).map((station) => station.id))
  for (const { id: station, ...settings } of wanted) {
    if (known.has(station)) continue
    const command = { type: 'stations.configure', station, ...settings }
    try {
      await act({ person: SYSTEM }, command, { cause: `stations-file:${station}` })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { detail, remedy } = error.notice()
      const words = `${detail.zh}；${remedy.zh} / ${detail.en}. ${remedy.en}`
      throw new ConfigRefused('STATIONS_FILE', `${station}: ${words}`)
    }
  }
}
