import { sql } from 'kysely'
import type { Db } from '../database/connect.ts'
import { DAY_HOURS, PLACE_KNOWN_DAYS } from './tries.ts'
import './tables.ts'

/** A session that nobody used for this long is over. */
export const SESSION_IDLE_MINUTES = 15
/** What nobody asks about any more is taken away this often, by whoever signs in next. */
const PRUNE_EVERY_MS = 10 * 60_000

const prunedAt = new WeakMap<Db, number>()

/** Prunes if it is time. */
export async function pruneWhenDue(db: Db): Promise<void> {
  const now = performance.now()
  const last = prunedAt.get(db)
  if (last !== undefined && now - last < PRUNE_EVERY_MS) return
  prunedAt.set(db, now)
  await pruneSignIns(db)
}

/** Takes away sessions that are over, tries that no limit counts any more, and places that are nobody's own any more. */
export async function pruneSignIns(db: Db): Promise<void> {
  await sql`
    delete from sessions
    where ends_at < now() or seen_at < now() - make_interval(mins => ${SESSION_IDLE_MINUTES}) or incarnation <> database_incarnation()
  `.execute(db)
  await sql`delete from sign_in_tries where at < now() - make_interval(hours => ${DAY_HOURS})`.execute(db)
  await sql`delete from sign_in_places where ok_at < now() - make_interval(days => ${PLACE_KNOWN_DAYS})`.execute(db)
}
