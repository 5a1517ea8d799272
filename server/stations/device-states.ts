import { sql } from 'kysely'
import { agentOf } from '../../devices/agent-address.ts'
import { countsSince, DRIVER_COUNTS, type DriverCounts } from '../../devices/counts-since.ts'
import type { DeviceCounts, DeviceReport, DeviceState, StationConfig } from '../../devices/reading.ts'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import type { Reader } from '../module.ts'
import type { DeviceRow, DeviceView, ShownReading } from './protocol.ts'
import { STATIONS_CHANNEL } from './store.ts'
import { deviceView } from './view.ts'

/** Counters and heartbeats are written this often. */
const FLUSH_MS = 3_000
/** What a device saw is written this soon after, so that who looks at it from elsewhere sees it come. */
const SEEN_MS = 500
/** A device whose process has not spoken of it for this long is not known to be anything any more. */
const HEARD_MS = 10_000

export type Tally = Record<'readings' | 'faults' | keyof DriverCounts, number>

/** A count that has just been written and begins again. */
export const nothing = (): Tally => ({ readings: 0, faults: 0, repeats: 0, damaged: 0, noise_bytes: 0 })

/** A device as the process that hears it knows it. */
export interface DeviceCounted extends DeviceName {
  state: DeviceState
  /** By the server's clock. */
  changedAt: string
  lastReadingAt: string | null
  lastReading: ShownReading | null
  /** What has come since the last writing. */
  tally: Tally
}

/** What this process tells the others, through the database, of the devices it drives. */
export interface DeviceStates {
  /** A device saw this many things, the last of them so; null for what must not be kept, as a keypad's presses. */
  saw(
    of: DeviceName,
    seen: { readonly at: string; readonly reading: ShownReading | null; readonly count: number },
  ): void
  changed(report: DeviceReport): void
  /** Devices of other stations are no longer ours to speak of; said so, that nobody takes the last word for the present. */
  keepOnly(stations: ReadonlySet<string>): void
  close(): Promise<void>
}

export interface DeviceName {
  readonly station: string
  readonly device: string
}

export interface DeviceStatesDependencies {
  readonly db: Db
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly log: Log
  /** What every device did since it was configured. */
  readonly counts: () => readonly (DeviceName & { readonly counts: DeviceCounts })[]
}

/**
 * Writes every change of a device at once, counters and heartbeats every {@link FLUSH_MS}; what could not be written is counted again in the
 * next round. To be closed, or the timer keeps the process.
 */
export function openDeviceStates({ db, now, log, counts: drivers }: DeviceStatesDependencies): DeviceStates {
  const counts = new Map<string, DeviceCounted>()
  let writing: Promise<void> = Promise.resolve()

  const of = (station: string, device: string): DeviceCounted => {
    const key = `${station} ${device}`
    const known = counts.get(key)
    if (known !== undefined) return known
    const count: DeviceCounted = {
      station,
      device,
      state: { state: 'opening' },
      changedAt: now(),
      lastReadingAt: null,
      lastReading: null,
      tally: nothing(),
    }
    counts.set(key, count)
    return count
  }

  const since = countsSince()
  const askDrivers = (): void => {
    for (const { station, device, counts: counted } of since(drivers())) {
      const { tally } = of(station, device)
      for (const name of DRIVER_COUNTS) tally[name] += counted[name]
    }
  }

  const write = (notify: DeviceName | null): void => {
    writing = writing
      .then(async () => {
        askDrivers()
        const rows = [...counts.values()].map((count) => {
          const { tally } = count
          // Taken out before they are written: what is counted meanwhile belongs to the next writing.
          count.tally = nothing()
          return { count, tally }
        })
        if (rows.length === 0) return
        try {
          await writeDevices(
            db,
            rows.map(({ count, tally }) => ({ ...count, tally })),
            now(),
          )
        } catch (error) {
          for (const { count, tally } of rows)
            for (const name of Object.keys(tally) as (keyof Tally)[]) count.tally[name] += tally[name]
          throw error
        }
        if (notify !== null) await sql`select pg_notify(${STATIONS_CHANNEL}, ${`${notify.station} device`})`.execute(db)
      })
      .catch((error: unknown) =>
        log.warn({ err: error }, 'device states could not be written; the next round tries again'),
      )
  }
  const beat = setInterval(() => write(null), FLUSH_MS)
  let seenSoon: NodeJS.Timeout | undefined

  return {
    saw: ({ station, device }, { at, reading, count: times }) => {
      const count = of(station, device)
      count.lastReadingAt = at
      count.lastReading = reading
      if (reading?.kind === 'fault') count.tally.faults += times
      else count.tally.readings += times
      // That a rater has pressed goes with the next heartbeat: by one between two others a clerk would see that somebody has.
      if (reading === null || seenSoon !== undefined) return
      seenSoon = setTimeout(() => {
        seenSoon = undefined
        write(null)
      }, SEEN_MS)
    },
    changed: ({ station, device, at, state }) => {
      const count = of(station, device)
      count.state = state
      count.changedAt = at
      write({ station, device })
    },
    keepOnly: (stations) => {
      const dropped = [...counts].filter(([, { station }]) => !stations.has(station))
      if (dropped.length === 0) return
      // What is still to be counted of them is written first, then that they are given up.
      write(null)
      writing = writing
        .then(async () => {
          for (const [key] of dropped) counts.delete(key)
          await giveUp(db, [...new Set(dropped.map(([, { station }]) => station))])
        })
        .catch((error: unknown) => log.warn({ err: error }, 'stations could not be given up in words'))
    },
    close: async () => {
      clearInterval(beat)
      clearTimeout(seenSoon)
      await writing
    },
  }
}

/** Writes how these devices are; what they counted is added to what stands there. */
export async function writeDevices(db: Reader, rows: readonly DeviceCounted[], heardAt: string): Promise<void> {
  const values = rows.map(({ station, device, state, changedAt, lastReadingAt, lastReading, tally }) => ({
    ...{ station, device, state, changed_at: changedAt, heard_at: heardAt },
    ...{ last_reading_at: lastReadingAt, last_reading: lastReading },
    ...tally,
  }))
  await sql`
    insert into station_devices (station, device, state, changed_at, heard_at, last_reading_at, last_reading,
      readings, faults, repeats, damaged, noise_bytes, ready_at)
    select r.*, case when r.state ->> 'state' = 'ready' then r.heard_at end from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(
      station text, device text, state jsonb, changed_at timestamptz, heard_at timestamptz, last_reading_at timestamptz,
      last_reading jsonb, readings bigint, faults bigint, repeats bigint, damaged bigint, noise_bytes bigint)
    join stations s on s.id = r.station
    on conflict (station, device) do update set state = excluded.state, changed_at = excluded.changed_at,
      heard_at = excluded.heard_at, ready_at = coalesce(excluded.ready_at, station_devices.ready_at),
      last_reading_at = coalesce(excluded.last_reading_at, station_devices.last_reading_at),
      last_reading = case when excluded.last_reading_at is null then station_devices.last_reading
        else excluded.last_reading end,
      readings = station_devices.readings + excluded.readings, faults = station_devices.faults + excluded.faults,
      repeats = station_devices.repeats + excluded.repeats, damaged = station_devices.damaged + excluded.damaged,
      noise_bytes = station_devices.noise_bytes + excluded.noise_bytes
  `.execute(db)
}

async function giveUp(db: Db, stations: readonly string[]): Promise<void> {
  await sql`update station_devices set heard_at = null where station = any(${stations}::text[])`.execute(db)
  for (const station of stations) await sql`select pg_notify(${STATIONS_CHANNEL}, ${`${station} device`})`.execute(db)
}

/** Nobody drives it: what was last known of it is no longer evidence. */
const UNHEARD: DeviceState = {
  state: 'gone',
  fault: { code: 'no-answer', detail: 'no server process drives this station' },
}

const AGENT_AWAY: DeviceState = {
  state: 'gone',
  fault: { code: 'no-answer', detail: 'the agent of this device is away' },
}

/** A device that no process drives now. */
export function unheardView(device: StationConfig['devices'][number]): DeviceView {
  return deviceView(device, unheard(device))
}

function unheard({ port }: StationConfig['devices'][number]): DeviceState {
  return agentOf(port) === null ? UNHEARD : AGENT_AWAY
}

/** Every configured device with its honest state, last reading and counters. */
export async function readDevices(
  db: Db,
  stations: readonly StationConfig[],
  now: string,
): Promise<readonly DeviceRow[]> {
  const found = await sql<{
    station: string
    device: string
    state: DeviceState
    changed_at: string
    heard_at: string | null
    last_reading_at: string | null
    last_reading: ShownReading | null
    readings: string
    faults: string
    repeats: string
    damaged: string
    noise_bytes: string
  }>`
    select station, device, state, changed_at, heard_at, last_reading_at, last_reading, readings, faults, repeats,
      damaged, noise_bytes
    from station_devices
    where station = any(${stations.map(({ id }) => id)}::text[])
  `.execute(db)
  const rows = new Map(found.rows.map((row) => [`${row.station} ${row.device}`, row]))
  return stations.flatMap(({ id: station, devices }) =>
    devices.map((device) => {
      const row = rows.get(`${station} ${device.id}`)
      const heard = row !== undefined && row.heard_at !== null && Date.parse(now) - Date.parse(row.heard_at) <= HEARD_MS
      return {
        ...deviceView(device, heard ? row.state : unheard(device)),
        station,
        protocol: device.protocol,
        port: device.port,
        lastReadingAt: row?.last_reading_at ?? null,
        readings: Number(row?.readings ?? 0),
        faults: Number(row?.faults ?? 0),
        repeats: Number(row?.repeats ?? 0),
        damaged: Number(row?.damaged ?? 0),
        noise_bytes: Number(row?.noise_bytes ?? 0),
        since: heard ? row.changed_at : (row?.heard_at ?? null),
        lastReading: row?.last_reading ?? null,
        heardAt: row?.heard_at ?? null,
      }
    }),
  )
}
