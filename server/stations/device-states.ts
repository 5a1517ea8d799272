import { sql } from 'kysely'
import type { DeviceReport, DeviceState, Reading, StationConfig } from '../../devices/reading.ts'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import type { DeviceRow, DeviceView } from './protocol.ts'
import { STATIONS_CHANNEL } from './store.ts'
import { deviceView } from './view.ts'

/** Counters and heartbeats are written this often. */
const FLUSH_MS = 3_000
/** A device whose process has not spoken of it for this long is not known to be anything any more. */
const HEARD_MS = 10_000

interface Count {
  state: DeviceState
  changedAt: string
  lastReadingAt: string | null
  readings: number
  faults: number
}

/** What this process tells the others, through the database, of the devices it drives. */
export interface DeviceStates {
  saw(reading: Reading): void
  changed(report: DeviceReport): void
  /** Devices of other stations are no longer ours to speak of; said so, that nobody takes the last word for the present. */
  keepOnly(stations: ReadonlySet<string>): void
  close(): Promise<void>
}

export function openDeviceStates({ db, now, log }: { db: Db; now: () => string; log: Log }): DeviceStates {
  const counts = new Map<string, { station: string; device: string; count: Count }>()
  let writing: Promise<void> = Promise.resolve()

  const of = (station: string, device: string): Count => {
    const key = `${station} ${device}`
    const known = counts.get(key)
    if (known !== undefined) return known.count
    const count: Count = { state: { state: 'opening' }, changedAt: now(), lastReadingAt: null, readings: 0, faults: 0 }
    counts.set(key, { station, device, count })
    return count
  }

  const write = (notify: { station: string; device: string } | null): void => {
    writing = writing
      .then(async () => {
        const rows = [...counts.values()].map(({ station, device, count }) => {
          const { readings, faults } = count
          // Taken out before they are written: what is counted meanwhile belongs to the next writing.
          count.readings = 0
          count.faults = 0
          return { station, device, count, readings, faults }
        })
        if (rows.length === 0) return
        try {
          await writeRows(db, rows, now())
        } catch (error) {
          for (const { count, readings, faults } of rows) {
            count.readings += readings
            count.faults += faults
          }
          throw error
        }
        if (notify !== null) await sql`select pg_notify(${STATIONS_CHANNEL}, ${`${notify.station} device`})`.execute(db)
      })
      .catch((error: unknown) =>
        log.warn({ err: error }, 'device states could not be written; the next round tries again'),
      )
  }
  const beat = setInterval(() => write(null), FLUSH_MS)

  return {
    saw: ({ station, device, at, value }) => {
      const count = of(station, device)
      count.lastReadingAt = at
      if (value.kind === 'fault') count.faults += 1
      else count.readings += 1
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
      await writing
    },
  }
}

async function writeRows(
  db: Db,
  rows: readonly { station: string; device: string; count: Count; readings: number; faults: number }[],
  heardAt: string,
): Promise<void> {
  const values = rows.map(({ station, device, count, readings, faults }) => ({
    station,
    device,
    state: count.state,
    changed_at: count.changedAt,
    heard_at: heardAt,
    last_reading_at: count.lastReadingAt,
    readings,
    faults,
  }))
  await sql`
    insert into station_devices (station, device, state, changed_at, heard_at, last_reading_at, readings, faults)
    select r.* from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(
      station text, device text, state jsonb, changed_at timestamptz, heard_at timestamptz, last_reading_at timestamptz,
      readings bigint, faults bigint)
    join stations s on s.id = r.station
    on conflict (station, device) do update set state = excluded.state, changed_at = excluded.changed_at,
      heard_at = excluded.heard_at,
      last_reading_at = coalesce(excluded.last_reading_at, station_devices.last_reading_at),
      readings = station_devices.readings + excluded.readings, faults = station_devices.faults + excluded.faults
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

/** A device that no process drives now. */
export function unheardView(device: StationConfig['devices'][number]): DeviceView {
  return deviceView(device, UNHEARD)
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
    heard_at: string | null
    last_reading_at: string | null
    readings: string
    faults: string
  }>`
    select station, device, state, heard_at, last_reading_at, readings, faults from station_devices
    where station = any(${stations.map(({ id }) => id)}::text[])
  `.execute(db)
  const rows = new Map(found.rows.map((row) => [`${row.station} ${row.device}`, row]))
  return stations.flatMap(({ id: station, devices }) =>
    devices.map((device) => {
      const row = rows.get(`${station} ${device.id}`)
      const heard = row !== undefined && row.heard_at !== null && Date.parse(now) - Date.parse(row.heard_at) <= HEARD_MS
      return {
        ...deviceView(device, heard ? row.state : UNHEARD),
        station,
        protocol: device.protocol,
        port: device.port,
        lastReadingAt: row?.last_reading_at ?? null,
        readings: Number(row?.readings ?? 0),
        faults: Number(row?.faults ?? 0),
        heardAt: row?.heard_at ?? null,
      }
    }),
  )
}
