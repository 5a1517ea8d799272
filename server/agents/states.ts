import { sql } from 'kysely'
import type { DeviceState } from '../../devices/reading.ts'
import { type Db, inTransaction } from '../database/connect.ts'
import type { Reader } from '../module.ts'
import { STATIONS_CHANNEL } from '../stations/store.ts'
import type { Endpoint } from './records.ts'

/** A device behind an agent, as the process that holds the connection knows it. */
export interface FarDevice {
  readonly station: string
  readonly device: string
  state: DeviceState
  /** By the server's clock. */
  changedAt: string
  lastReadingAt: string | null
  /** Since the last writing. */
  readings: number
  faults: number
}

/** Writes how these devices are, where the other devices of their stations stand; nothing when another connection speaks for the agent. */
export async function writeFarDevices(
  db: Db,
  endpoint: Endpoint,
  link: string,
  devices: readonly FarDevice[],
  at: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (await speaks(trx, endpoint, link)) await writeRows(trx, devices, at)
  })
}

/** The connection has ended: its devices are gone, unless another one speaks for them already. */
export async function leaveFarDevices(
  db: Db,
  endpoint: Endpoint,
  link: string,
  devices: readonly FarDevice[],
  at: string,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    if (!(await speaks(trx, endpoint, link))) return false
    await writeRows(trx, devices, at)
    await sql`
      update agent_links set link = null where agent = ${endpoint.agent} and enrolment = ${endpoint.enrolment}
    `.execute(trx)
    return true
  })
}

async function speaks(trx: Reader, { agent, enrolment }: Endpoint, link: string): Promise<boolean> {
  const found = await sql`
    select from agent_links where agent = ${agent} and enrolment = ${enrolment} and link = ${link} for update
  `.execute(trx)
  return found.rows.length === 1
}

async function writeRows(trx: Reader, devices: readonly FarDevice[], at: string): Promise<void> {
  if (devices.length === 0) return
  const values = devices.map(({ station, device, state, changedAt, lastReadingAt, readings, faults }) => ({
    ...{
      station,
      device,
      state,
      changed_at: changedAt,
      heard_at: at,
      last_reading_at: lastReadingAt,
      readings,
      faults,
    },
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
  `.execute(trx)
  for (const station of new Set(devices.map((one) => one.station)))
    await sql`select pg_notify(${STATIONS_CHANNEL}, ${`${station} device`})`.execute(trx)
}
