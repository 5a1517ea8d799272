import { createHash, createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { newId } from '../id.ts'
import { Refusal } from '../refusal.ts'
import type { Page } from '../schemas.ts'
import { afterJoin } from './session.ts'
import { lockSession, saveSession } from './store.ts'

/** A one-time code is good for this long. */
export const CODE_MINUTES = 10
/** Letters and digits that nobody mistakes for one another; 8 of them are 39 bits for ten minutes. */
const CODE_CHARACTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LENGTH = 8

export interface ScreenRow {
  readonly id: string
  readonly madeBy: string
  readonly madeAt: string
}

/**
 * A code by which one screen may become this station's. It follows from the pepper and the request (`key`, null when the program itself
 * asks), so that the same request again is told the same code, and only its hash is stored.
 * @throws Refusal `request.key-reused` when the request was for another station; `stations.wrong-code` when its code was used or
 * has run out
 */
export async function makeCode(
  { db, pepper }: { readonly db: Db; readonly pepper: Uint8Array },
  station: string,
  by: string,
  key: string | null = null,
): Promise<{ code: string; minutes: number }> {
  const code = codeOf(pepper, `${station} ${by} ${key ?? newId()}`)
  const made = await sql<{ station: string; good: boolean; minutes: number }>`
    with made as (
      insert into station_codes (code_hash, station, made_by, made_at, ends_at, key)
      values (${hash(code)}, ${station}, ${by}, now(), now() + make_interval(mins => ${CODE_MINUTES}), ${key})
      on conflict (made_by, key) do nothing returning station, used_at, ends_at
    ), asked as (
      select * from made
      union all select station, used_at, ends_at from station_codes where made_by = ${by} and key = ${key}
    )
    select station, used_at is null and ends_at > now() as good,
      ceil(extract(epoch from ends_at - now()) / 60)::int as minutes
    from asked
  `.execute(db)
  const [row] = made.rows
  if (row?.station !== station) throw new Refusal('request.key-reused')
  if (!row.good) throw new Refusal('stations.wrong-code', { minutes: CODE_MINUTES })
  return { code: `${code.slice(0, 4)}-${code.slice(4)}`, minutes: row.minutes }
}

function codeOf(pepper: Uint8Array, asked: string): string {
  const drawn = keyed(pepper, `station code ${asked}`)
  return Array.from(
    { length: CODE_LENGTH },
    (_, index) => CODE_CHARACTERS[drawn.readUInt16BE(2 * index) % CODE_CHARACTERS.length],
  ).join('')
}

/** A screen that has become a station's. */
export interface OpenedScreen {
  readonly token: string
  readonly screen: string
  /** Who made the code. */
  readonly by: string
  /** Whether this request had made it the station's before. */
  readonly again: boolean
}

/**
 * Makes a screen this station's, by its code, which is used up. The station is locked by it, and tells its other screens. Screen and token
 * follow from the pepper and the request (`key`), so that the same request again is given the same; only the token's hash is stored.
 * @throws Refusal `stations.wrong-code`, and `request.key-reused` when the key came with another code
 */
export async function openScreen(
  { db, pepper }: { readonly db: Db; readonly pepper: Uint8Array },
  station: string,
  { code, key }: { readonly code: string; readonly key: string },
  at: string,
): Promise<OpenedScreen> {
  const typed = code.toUpperCase().replace(/[\s-]/g, '')
  const screen = uuidOf(keyed(pepper, `screen ${station} ${key}`))
  const token = keyed(pepper, `screen token ${station} ${typed} ${key}`).toString('base64url')
  return inTransaction(db, async (trx) => {
    const earlier = await findOpened(trx, screen, token)
    if (earlier !== null) return { token, screen, by: earlier, again: true }
    const used = await sql<{ made_by: string }>`
      update station_codes set used_at = now()
      where code_hash = ${hash(typed)} and station = ${station} and used_at is null and ends_at > now()
      returning made_by
    `.execute(trx)
    const by = used.rows[0]?.made_by
    if (by === undefined) {
      // The same request may have run beside this one.
      const beside = await findOpened(trx, screen, token)
      if (beside === null) throw new Refusal('stations.wrong-code', { minutes: CODE_MINUTES })
      return { token, screen, by: beside, again: true }
    }
    const kept = await lockSession(trx, station, at)
    const others = (await listScreens(trx, station, { limit: 1, after: null })).length > 0
    const session = afterJoin(kept.session, { screen, others, at })
    if (session !== kept.session) await saveSession(trx, station, { version: kept.version + 1, session }, at)
    await sql`
      insert into station_screens (id, token_hash, station, made_by, made_at)
      values (${screen}, ${hash(token)}, ${station}, ${by}, now())
    `.execute(trx)
    return { token, screen, by, again: false }
  })
}

/**
 * Who made the code of a screen that this very request has opened; null when none.
 * @throws Refusal `request.key-reused`, and `stations.wrong-code` when the screen was revoked meanwhile
 */
async function findOpened(trx: Trx, screen: string, token: string): Promise<string | null> {
  const found = await sql<{ same: boolean; by: string; revoked: boolean }>`
    select token_hash = ${hash(token)} as same, made_by as by, revoked_at is not null as revoked
    from station_screens where id = ${screen}
  `.execute(trx)
  const [row] = found.rows
  if (row === undefined) return null
  if (!row.same) throw new Refusal('request.key-reused')
  if (row.revoked) throw new Refusal('stations.wrong-code', { minutes: CODE_MINUTES })
  return row.by
}

function keyed(pepper: Uint8Array, asked: string): Buffer {
  return createHmac('sha256', pepper).update(asked, 'utf8').digest()
}

/** A UUID of version 8: ours to make, from the first half of a hash. */
function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16))
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Which screen of this station a token belongs to; null when it is unknown, another station's or revoked. */
export async function findScreen(db: Db, station: string, token: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select id from station_screens where token_hash = ${hash(token)} and station = ${station} and revoked_at is null
  `.execute(db)
  return found.rows[0]?.id ?? null
}

/** How old the last sign of a screen may be that is there. */
const SEEN_MS = 30_000

/** Writes down that a screen is there, unless that was just written. */
export async function screenSeen(db: Db, screen: string, at: string): Promise<void> {
  const before = new Date(Date.parse(at) - SEEN_MS).toISOString()
  await sql`
    update station_screens set seen_at = ${at} where id = ${screen} and (seen_at is null or seen_at < ${before})
  `.execute(db)
}

/** The screens of a station that are not revoked, the one that joined first before the rest: a page of them. */
export async function listScreens(db: Db, station: string, { limit, after }: Page): Promise<ScreenRow[]> {
  const found = await sql<ScreenRow>`
    select id, made_by as "madeBy", made_at as "madeAt" from station_screens
    where station = ${station} and revoked_at is null and (${after}::uuid is null
      or (made_at, id) > (select made_at, id from station_screens where id = ${after}::uuid))
    order by made_at, id limit ${limit}
  `.execute(db)
  return found.rows
}

/**
 * Takes a station away from a screen. The same request again is no error.
 * @throws Refusal `request.not-found` for a screen that this station has not, or that somebody else has revoked
 */
export async function revokeScreen(
  db: Db,
  station: string,
  screen: string,
  { by, key }: { readonly by: string; readonly key: string },
): Promise<void> {
  const revoked = await sql<{ revoked: boolean }>`
    with revoked as (
      update station_screens set revoked_at = now(), revoked_by = ${by}, revoked_key = ${key}
      where id = ${screen} and station = ${station} and revoked_at is null returning true
    )
    select exists (select from revoked) or exists (
      select from station_screens
      where id = ${screen} and station = ${station} and revoked_by = ${by} and revoked_key = ${key}
    ) as revoked
  `.execute(db)
  if (revoked.rows[0]?.revoked !== true) throw new Refusal('request.not-found', { what: screen })
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest()
}
