import { sql } from 'kysely'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { newId } from '../id.ts'
import type { Reader } from '../module.ts'
import '../org/tables.ts'
import { addressesOf } from './addresses.ts'
import { CLAIM_MS, type Channel, GATHER_MS, KEEP_DAYS, type MessageState, type Standing } from './outbox.ts'
import './tables.ts'

const MS_A_DAY = 86_400_000
/** People whose calls become messages in one transaction; the next round takes on. */
const PEOPLE_A_ROUND = 200

/** A message that is to go out now, and the number of this try. */
export interface Claimed {
  readonly id: string
  readonly person: string
  readonly channel: Channel
  readonly count: number
  readonly trial: boolean
  readonly made_at: string
  readonly attempts: number
}

const earlier = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString()
const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()

/**
 * Makes messages of the calls that have waited long enough: for each person one a channel that is on and where he gave an address. One
 * process at a time does; another one's round finds nothing left.
 * @returns how many messages there are now
 */
export async function gatherCalls(db: Db, channels: readonly Channel[], now: string): Promise<number> {
  return inTransaction(db, async (trx) => {
    const mine = await sql<{ ok: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('outbox gather', 5)) as ok
    `.execute(trx)
    if (mine.rows[0]?.ok !== true) return 0
    const waiting = await sql<{ person: string; count: number; last: string; active: boolean }>`
      select c.person, count(*) as count, max(c.at) as last, coalesce(bool_or(p.active), false) as active
      from outbox_calls c left join people p on p.id = c.person where c.gathered_at is null
      group by c.person having min(c.at) <= ${earlier(now, GATHER_MS)}::timestamptz
      order by min(c.at) limit ${PEOPLE_A_ROUND}
    `.execute(trx)
    if (waiting.rows.length === 0) return 0
    const addresses = await addressesOf(
      trx,
      waiting.rows.filter(({ active }) => active).map(({ person }) => person),
    )
    let made = 0
    for (const { person, count, last } of waiting.rows) {
      const reached = channels.filter((channel) => (addresses.get(person)?.[channel] ?? null) !== null)
      for (const channel of reached) await makeMessage(trx, { id: newId(), person, channel, count, trial: false, now })
      made += reached.length
      // What came after these were counted stays for the next message.
      await sql`
        update outbox_calls set gathered_at = ${now}, heard = ${reached.length > 0}
        where person = ${person} and gathered_at is null and at <= ${last}::timestamptz
      `.execute(trx)
    }
    return made
  })
}

interface Making {
  readonly id: string
  readonly person: string
  readonly channel: Channel
  readonly count: number
  readonly trial: boolean
  readonly now: string
}

/**
 * Puts a message in line to go out at once. `count` is how many things are due, which is all that it says; a `trial` is one that somebody
 * has sent to himself, to try his address.
 */
export async function makeMessage(trx: Trx, { id, person, channel, count, trial, now }: Making): Promise<void> {
  await sql`
    insert into outbox_messages (id, person, channel, count, trial, state, attempts, made_at, next_at)
    values (${id}, ${person}, ${channel}, ${count}, ${trial}, 'waiting', 0, ${now}, ${now})
  `.execute(trx)
}

/**
 * Takes messages that are to go out now. The try is counted before it is made: whoever is killed between sending and marking leaves a
 * message that goes out again later, under the same id, and no sooner than nobody else can be at it.
 */
export async function claimMessages(
  db: Db,
  channels: readonly Channel[],
  { now, limit }: { readonly now: string; readonly limit: number },
): Promise<Claimed[]> {
  const found = await sql<Claimed>`
    update outbox_messages set attempts = attempts + 1, tried_at = ${now}, next_at = ${later(now, CLAIM_MS)}
    where id in (
      select id from outbox_messages where next_at <= ${now}::timestamptz and channel = any(${[...channels]}::text[])
      order by next_at, id limit ${limit} for update skip locked
    )
    returning id, person, channel, count, trial, made_at, attempts
  `.execute(db)
  return found.rows
}

/** Marks what came of a try, unless somebody else has it in hand meanwhile. */
export async function markMessage(
  db: Db,
  { id, attempts }: Pick<Claimed, 'id' | 'attempts'>,
  { state, nextAt }: Standing,
  words: string,
): Promise<void> {
  await sql`
    update outbox_messages set state = ${state}, next_at = ${nextAt}, words = ${words}
    where id = ${id} and attempts = ${attempts} and next_at is not null
  `.execute(db)
}

/** To be sent again now, with all its tries before it; false when there is none such, or it is on its way. */
export async function sendAgain(trx: Trx, id: string, now: string): Promise<boolean> {
  // Of one that was claimed the next try is just so far ahead as a claim holds.
  const changed = await sql`
    update outbox_messages set state = 'waiting', attempts = 0, next_at = ${now}
    where id = ${id} and state in ('delivered', 'given-up', 'failed')
      and not coalesce(next_at = tried_at + ${CLAIM_MS} * interval '1 millisecond' and next_at > ${now}::timestamptz, false)
  `.execute(trx)
  return changed.numAffectedRows === 1n
}

/** Takes away what has been settled for long. */
export async function pruneOutbox(db: Db, now: string): Promise<void> {
  const before = earlier(now, KEEP_DAYS * MS_A_DAY)
  await sql`delete from outbox_messages where next_at is null and made_at < ${before}::timestamptz`.execute(db)
  await sql`delete from outbox_calls where gathered_at < ${before}::timestamptz`.execute(db)
}

export interface MessageRow extends Omit<Claimed, 'attempts'> {
  readonly state: MessageState
  readonly attempts: number
  readonly next_at: string | null
  readonly tried_at: string | null
  readonly words: string | null
}

/** Messages, the newest first. */
export async function listMessages(
  db: Reader,
  {
    state,
    limit,
    after,
  }: { readonly state: MessageState | null; readonly limit: number; readonly after: string | null },
): Promise<MessageRow[]> {
  const found = await sql<MessageRow>`
    select id, person, channel, count, trial, state, attempts, made_at, next_at, tried_at, words from outbox_messages
    where (${state}::text is null or state = ${state})
      and (${after}::uuid is null or id < ${after}::uuid)
    order by id desc limit ${limit}
  `.execute(db)
  return found.rows
}

export interface ChannelCount {
  readonly channel: Channel
  readonly state: MessageState
  readonly count: number
}

/** How many messages stand where, and how many calls no address took. */
export async function countOutbox(db: Reader): Promise<{ counts: readonly ChannelCount[]; unheard: number }> {
  const counts = await sql<ChannelCount>`
    select channel, state, count(*) as count from outbox_messages group by channel, state
  `.execute(db)
  const unheard = await sql<{ people: number }>`
    select count(distinct person) as people from outbox_calls where gathered_at is not null and not heard
  `.execute(db)
  return { counts: counts.rows, unheard: unheard.rows[0]?.people ?? 0 }
}
