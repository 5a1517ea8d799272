import { sql } from 'kysely'
import { type Db, inTransaction } from '../database/connect.ts'
import type { Reader } from '../module.ts'
import { type DeviceCounted, writeDevices } from '../stations/device-states.ts'
import { STATIONS_CHANNEL } from '../stations/store.ts'
import type { Endpoint } from './records.ts'

/** Writes how these devices are, where the other devices of their stations stand; nothing when another connection speaks for the agent. */
export async function writeFarDevices(
  db: Db,
  endpoint: Endpoint,
  link: string,
  devices: readonly DeviceCounted[],
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
  devices: readonly DeviceCounted[],
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

async function writeRows(trx: Reader, devices: readonly DeviceCounted[], at: string): Promise<void> {
  if (devices.length === 0) return
  await writeDevices(trx, devices, at)
  for (const station of new Set(devices.map((one) => one.station)))
    await sql`select pg_notify(${STATIONS_CHANNEL}, ${`${station} device`})`.execute(trx)
}
