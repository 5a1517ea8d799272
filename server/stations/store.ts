import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import { readPersonal } from '../ledger/personal.ts'
import type { Json, Reader } from '../module.ts'
import type { PanSeen } from './pan.ts'
import type { PanState } from './protocol.ts'
import { newSession, type Session } from './session.ts'
import { PERSON, withNames, withoutNames } from './session-names.ts'

/** Hints between server processes: `STATION VERSION` for a session, `STATION device` for a device, `STATION rating` for a vote, `STATION pan STEP STATE FIGURE` for a scale. */
export const STATIONS_CHANNEL = 'stations'

/** Lets the screens of a counter look again at what they show the rater, once the transaction is committed. */
export async function notifyRating(trx: Trx, counter: string): Promise<void> {
  await sql`select pg_notify(${STATIONS_CHANNEL}, ${`${counter} rating`})`.execute(trx)
}

export interface Kept {
  /** 0 before anything was written. */
  readonly version: number
  readonly session: Session
}

/** What a station is in the middle of. */
export async function readSession(db: Reader, station: string, at: string): Promise<Kept> {
  const found = await sql<Stored>`${asStored} where station = ${station}`.execute(db)
  return found.rows[0] === undefined ? { version: 0, session: newSession(at) } : keptOf(db, found.rows[0], at)
}

interface Stored {
  readonly version: number
  /** As {@link withoutNames} wrote it. */
  readonly session: Json
  /** Of the people in it, by id: where their names stand. */
  readonly names: Readonly<Record<string, string>>
}

const asStored = sql`
  select version, session, (
    select coalesce(jsonb_object_agg(p.id, p.name_ref), '{}') from people p
    where p.id in (select found #>> '{}' from jsonb_path_query(session, ${`lax $.**.${PERSON}`}::jsonpath) found)
  ) as names from station_sessions`

/** What an earlier version of the program did not write is as in a new session; a shift that does not say by which badge is opened again. */
async function keptOf(db: Reader, { version, session, names: refs }: Stored, at: string): Promise<Kept> {
  const known = await readPersonal(db, Object.values(refs))
  const names = Object.fromEntries(
    Object.entries(refs).flatMap(([id, ref]) => (known.has(ref) ? [[id, known.get(ref) as string]] : [])),
  )
  const whole = { ...newSession(at), ...(withNames(session, names) as Partial<Session>) }
  if (whole.custodian === null || whole.custodian.badge !== undefined) return { version, session: whole }
  const nobody = { custodian: null, locked: true, signing: null, work: null, before: null }
  return { version, session: { ...whole, ...nobody } }
}

/** The same, ours until the transaction ends: one input of a station at a time, whichever process takes it. */
export async function lockSession(trx: Trx, station: string, at: string): Promise<Kept> {
  const locked = await sql<Stored>`
    ${asStored} where station = ${station} for update
  `.execute(trx)
  if (locked.rows[0] !== undefined) return keptOf(trx, locked.rows[0], at)
  const made = newSession(at)
  await sql`
    insert into station_sessions (station, version, session, changed_at)
    values (${station}, 1, ${JSON.stringify(withoutNames(made))}::jsonb, ${at}) on conflict (station) do nothing
  `.execute(trx)
  return lockSession(trx, station, at)
}

/** Keeps the next version without an input of anybody, and tells every process when the transaction commits. */
export async function saveSession(trx: Trx, station: string, { version, session }: Kept, at: string): Promise<void> {
  await sql`
    with kept as (
      update station_sessions set version = ${version}, session = ${JSON.stringify(withoutNames(session))}::jsonb, changed_at = ${at}
      where station = ${station} and version = ${version - 1} returning station
    )
    select pg_notify(${STATIONS_CHANNEL}, station || ' ' || ${String(version)}::text) from kept
  `.execute(trx)
}

export interface HandledReading {
  readonly reading: string
  readonly device: string
  readonly at: string
  readonly kind: 'scan' | 'badge' | 'weight' | 'fault' | 'input'
  /** Only a weight's bytes are kept. */
  readonly raw: Uint8Array | null
  readonly fingerprint: Buffer | null
  readonly outcome: string
}

/** Null when it is new; else what a screen had sent under it (null from a device). */
export async function findHandled(
  db: Reader,
  station: string,
  reading: string,
): Promise<{ readonly fingerprint: Buffer | null } | null> {
  const found = await sql<{ fingerprint: Buffer | null }>`
    select fingerprint from station_readings where station = ${station} and reading = ${reading}
  `.execute(db)
  return found.rows[0] ?? null
}

/** Remembers a reading that another PC handled; the session is what it was. */
export async function rememberReading(trx: Trx, station: string, handled: HandledReading): Promise<void> {
  const { reading, device, at, kind, raw, fingerprint, outcome } = handled
  await sql`
    insert into station_readings (station, reading, device, at, kind, raw, fingerprint, outcome)
    values (${station}, ${reading}, ${device}, ${at}, ${kind}, ${raw === null ? null : Buffer.from(raw)}, ${fingerprint}, ${outcome})
  `.execute(trx)
}

/** Remembers a reading as handled and keeps the version it led to, in the transaction that handles it; every process is told at its commit. */
export async function saveHandled(
  trx: Trx,
  station: string,
  handled: HandledReading,
  { version, session }: Kept,
  changedAt: string,
): Promise<void> {
  const { reading, device, at, kind, raw, fingerprint, outcome } = handled
  await sql`
    with remembered as (
      insert into station_readings (station, reading, device, at, kind, raw, fingerprint, outcome)
      values (${station}, ${reading}, ${device}, ${at}, ${kind}, ${raw === null ? null : Buffer.from(raw)}, ${fingerprint}, ${outcome})
    ), kept as (
      update station_sessions
      set version = ${version}, session = ${JSON.stringify(withoutNames(session))}::jsonb, changed_at = ${changedAt}
      where station = ${station} and version = ${version - 1} returning station
    )
    select pg_notify(${STATIONS_CHANNEL}, station || ' ' || ${String(version)}::text) from kept
  `.execute(trx)
}

/** A reading this old can come again from nowhere: no agent, screen or retry keeps one so long. */
const READINGS_KEPT_DAYS = 30

/** Forgets old readings that carry no weight. */
export async function pruneReadings(db: Reader): Promise<void> {
  await sql`
    delete from station_readings
    where raw is null and handled_at < now() - make_interval(days => ${READINGS_KEPT_DAYS})
  `.execute(db)
}

/** Tells every process, this one too, how the scale is while a step waits for a weight. */
export async function notifyPan(
  db: Reader,
  station: string,
  step: number,
  { state, weight_mg }: PanSeen,
): Promise<void> {
  const payload = `${station} pan ${step} ${state} ${weight_mg ?? NO_FIGURE}`
  await sql`select pg_notify(${STATIONS_CHANNEL}, ${payload})`.execute(db)
}

const NO_FIGURE = '-'

/** What `notifyPan` said, behind the name of the step. */
export function panSeenIn([state, figure]: readonly string[]): PanSeen {
  return { state: state as PanState, weight_mg: figure === undefined || figure === NO_FIGURE ? null : Number(figure) }
}
