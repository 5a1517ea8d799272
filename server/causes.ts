import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from './database/connect.ts'
import { canonicalText } from './ledger/entry.ts'
import type { Json } from './module.ts'
import { Refusal } from './refusal.ts'

/**
 * What was asked under a cause, as it is kept: enough to know it again, and nothing to who has not the key. A command may hold a name that
 * is lawfully erased later, and a bare hash of it could be guessed at for ever.
 */
export interface Fingerprint {
  readonly keyed: Buffer
  /** As the program once kept it, for causes of before. */
  readonly bare: Buffer
}

/** @param key a secret of the installation that stands outside the database */
export function fingerprintOf(key: Uint8Array, asked: Json): Fingerprint {
  const text = canonicalText(asked)
  return {
    keyed: createHmac('sha256', key).update('cause ').update(text).digest(),
    bare: createHash('sha256').update(text).digest(),
  }
}

/**
 * Takes a cause for this transaction. Two requests with one cause never run side by side; the second is told so instead of being kept
 * waiting.
 * @throws Refusal `request.in-progress`
 */
export async function claimCause(trx: Trx, actor: string, cause: string): Promise<void> {
  const claimed = await sql<{ ok: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`cause ${actor} ${cause}`}, 1)) as ok
  `.execute(trx)
  if (claimed.rows[0]?.ok !== true) throw new Refusal('request.in-progress')
}

/**
 * The answer that this cause was given before; null when it is new.
 * @throws Refusal `request.key-reused` when something else was asked under it
 */
export async function earlierAnswer<Kept>(
  trx: Trx,
  actor: string,
  cause: string,
  { keyed, bare }: Fingerprint,
): Promise<Kept | null> {
  const found = await sql<{ fingerprint: Buffer; answer: Kept }>`
    select fingerprint, answer from causes where actor = ${actor} and key = ${cause}
  `.execute(trx)
  const earlier = found.rows[0]
  if (earlier === undefined) return null
  if (!timingSafeEqual(earlier.fingerprint, keyed) && !timingSafeEqual(earlier.fingerprint, bare))
    throw new Refusal('request.key-reused')
  return earlier.answer
}

/** The answer as it was kept, members in the database's order, so that the first caller reads the same bytes as every retry. */
export async function rememberAnswer<Kept>(
  trx: Trx,
  actor: string,
  cause: string,
  { keyed }: Fingerprint,
  answer: Kept,
): Promise<Kept> {
  const kept = await sql<{ answer: Kept }>`
    insert into causes (actor, key, fingerprint, answer)
    values (${actor}, ${cause}, ${keyed}, ${JSON.stringify(answer)}::jsonb)
    returning answer
  `.execute(trx)
  return kept.rows[0]?.answer ?? answer
}

/** Under a cause that writes no facts nothing is kept but that it was answered, and to what. */
export const ANSWERED = { facts: [], result: {} } as const
