import { createHash, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { canonicalText } from '../ledger/entry.ts'
import type { JsonObject } from '../module.ts'
import { apartOf, countBallots, levelsSum } from './counts.ts'
import { BUILT_IN, nameOf, SEVERAL } from './questionnaire.ts'
import { type AskedNow, isRemainder, remaindersOf, type WaitingGroup } from './remainders/remainder.ts'
import { groupOf } from './rating.ts'
import { destroyPeriodKey, makePeriodKey, type PeriodKey, periodsIn, readPeriodKeys, signedBy } from './tally-keys.ts'
import { opened, sealedAnew, shuffled, type Taken } from './opening.ts'
import type { BallotForm } from './tables.ts'

/** Fewer ballots of one group than this are never opened. */
export const LEAST_BALLOTS = 10
/** Ballots that are opened in one transaction; a group that has more is counted in several. */
const BATCH_MOST = 5_000
/** A key outlives its period for so long: a pad whose line is down keeps its ballots for at least 72 hours. */
const LATE_DAYS = 3
const DAY_MS = 86_400_000
/** Two tallies at once would publish two keys for one period. */
const LOCK_KEY = 7_261_017

export interface TallyOptions {
  /** As the tally's own role. */
  readonly db: Db
  /** Where the private keys lie, apart from the database and from the server. */
  readonly folder: string
  /** At least `LEAST_BALLOTS`. */
  readonly least?: number
  /** RFC 3339 UTC. */
  readonly now: () => string
  /** The day, as the house counts days: `2026-11-21`. */
  readonly today: () => string
}

/** What every vote that was ever offered has become; the signed statement of one run. */
export interface Account {
  readonly v: 1
  readonly day: string
  readonly issued: number
  readonly used: number
  /** Nobody voted in time: 未评价. */
  readonly expired: number
  /** May still be cast. */
  readonly open: number
  readonly counted: number
  readonly waiting: number
  /** issued = used + expired + open, and used = counted + waiting. */
  readonly balanced: boolean
  /** SHA-256 of the statement before; empty for the first. */
  readonly prev: string
}

export interface Tallied {
  readonly batches: number
  readonly ballots: number
  /** Sealed anew to the key of this period, since too few of their group were there. */
  readonly carried: number
  readonly destroyed: readonly string[]
  readonly account: Account
}

/**
 * One run of the tally. A group that has at least `least` ballots, and is of no campaign that still runs, is opened as a whole, shuffled, and becomes
 * counts with the day of counting; its ballots are gone in the same transaction. What too few said of a version that is asked no more goes
 * together (`remaindersOf`). What is left of a period that is over is sealed to the key of the new one, and the
 * old private key is destroyed. The run ends with a signed statement that accounts for every vote.
 * @throws TallyKeyRefused, Error where the database holds keys that this folder does not
 */
export async function runTally({ db, folder, least = LEAST_BALLOTS, now, today }: TallyOptions): Promise<Tallied> {
  if (least < LEAST_BALLOTS) throw new RangeError(`at least ${LEAST_BALLOTS} ballots are counted together`)
  const day = today()
  const keys = await keysNow(db, folder, day)
  const at = now()
  const whole = await countGroups(db, keys, { least, day, at })
  const left = (await gatherRemainders(db, keys, { least, at }))
    ? await countGroups(db, keys, { least, day, at })
    : NOTHING
  const opened = { batches: whole.batches + left.batches, ballots: whole.ballots + left.ballots }
  const { carried, destroyed } = await endPeriods(db, folder, keys, day)
  const current = keys.at(-1)
  if (current === undefined) throw new Error('there is no key of this period')
  const account = await inTransaction(db, (trx) => state(trx, current, { day, at: now() }))
  return { ...opened, carried, destroyed, account }
}

/** Every key that is not destroyed, that of this month the last; made and published where there is none. */
async function keysNow(db: Db, folder: string, day: string): Promise<PeriodKey[]> {
  const published = await db.selectFrom('rating_keys').select(['id', 'destroyed_on']).execute()
  // A run that was cut off after the last of a period was carried over left its key, or what is left of it.
  const gone = new Set(published.filter(({ destroyed_on }) => destroyed_on !== null).map(({ id }) => id))
  for (const id of await periodsIn(folder)) if (gone.has(id)) await destroyPeriodKey(folder, id)
  const keys = await readPeriodKeys(folder)
  const period = day.slice(0, 7)
  const lost = published.find(({ id, destroyed_on }) => destroyed_on === null && !keys.some((key) => key.id === id))
  if (lost !== undefined)
    throw new Error(
      `${folder} 里没有 ${lost.id} 的计票密钥，请用 --keys 指明存放处 / the key of ${lost.id} is not in ${folder}: say with --keys where it lies`,
    )
  if (!keys.some(({ id }) => id === period)) keys.push(await makePeriodKey(folder, period))
  for (const { id, publicKey, signingPublic } of keys)
    await db
      .insertInto('rating_keys')
      .values({
        ...{ id, public_key: Buffer.from(publicKey), signing_key: signingPublic },
        ...{ published_on: day, destroyed_on: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  return keys
}

async function countGroups(
  db: Db,
  keys: readonly PeriodKey[],
  { least, day, at }: { readonly least: number; readonly day: string; readonly at: string },
): Promise<{ batches: number; ballots: number }> {
  const done = { batches: 0, ballots: 0 }
  const held = keys.map(({ id }) => id)
  const ready = await sql<{ grp: string; form: BallotForm }>`
    select grp, form from rating_ballots
    where key = any(${held}::text[]) and split_part(grp, '/', 1) not in (select rating_running(${at}))
    group by grp, form having count(*) >= ${least} order by grp, form
  `.execute(db)
  for (const { grp, form } of ready.rows) {
    let n: number
    do {
      n = await inTransaction(db, (trx) => countGroup(trx, keys, { grp, form, least, day }))
      done.batches += n === 0 ? 0 : 1
      done.ballots += n
    } while (n >= BATCH_MOST - least)
  }
  return done
}

const NOTHING = { batches: 0, ballots: 0 }

/** Puts together what is left of versions that are over; whether something was. Their ballots stay sealed as they are. */
async function gatherRemainders(
  db: Db,
  keys: readonly PeriodKey[],
  { least, at }: { readonly least: number; readonly at: string },
): Promise<boolean> {
  const held = keys.map(({ id }) => id)
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK_KEY})`.execute(trx)
    const waiting = await sql<WaitingGroup>`
      select grp, form, count(id)::int as n from rating_ballots where key = any(${held}::text[]) group by grp, form
    `.execute(trx)
    const asked = await sql<AskedNow>`select hall, questionnaire, since from rating_asked()`.execute(trx)
    const before = new Date(Date.parse(at) - LATE_DAYS * DAY_MS).toISOString()
    const moves = remaindersOf(waiting.rows, asked.rows, { least, before })
    for (const { grp, form, into } of moves) {
      const taken = await sql<Taken>`
        delete from rating_ballots where grp = ${grp} and form = ${form} and key = any(${held}::text[])
        returning grp, key, sealed, marks
      `.execute(trx)
      for (const { key, sealed, marks } of shuffled(taken.rows))
        await trx
          .insertInto('rating_ballots')
          .values({ id: randomUUID(), grp: into, form, key, sealed, marks })
          .execute()
    }
    return moves.length > 0
  })
}

async function countGroup(
  trx: Trx,
  keys: readonly PeriodKey[],
  of: { readonly grp: string; readonly form: BallotForm; readonly least: number; readonly day: string },
): Promise<number> {
  const { grp, form, least, day } = of
  const held = keys.map(({ id }) => id)
  // One run at a time, so that what is chosen is what is taken.
  await sql`select pg_advisory_xact_lock(${LOCK_KEY})`.execute(trx)
  const waiting = await sql<{ n: number }>`
    select count(id)::int as n from rating_ballots where grp = ${grp} and form = ${form} and key = any(${held}::text[])
  `.execute(trx)
  const there = waiting.rows[0]?.n ?? 0
  if (there < least) return 0
  // What would be left of a large group is no fewer than are counted together: the last of a campaign would never be counted.
  const leavesFew = there > BATCH_MOST && there - BATCH_MOST < least
  const taken = await sql<Taken & { id: string }>`
    select id, grp, key, sealed, marks from rating_ballots
    where grp = ${grp} and form = ${form} and key = any(${held}::text[]) order by id limit ${leavesFew ? BATCH_MOST - least : BATCH_MOST}
  `.execute(trx)
  const n = taken.rows.length
  const marked = shuffled(taken.rows.map((one) => opened(one, keys)))
  const ballots = marked.map(({ content }) => content)
  const apart = apartOf(marked, least)
  const whole = countBallots(ballots, { questionnaire: groupOf(grp).questionnaire, least })
  const counts = apart === null ? whole : { ...whole, apart }
  // Ballots that nobody can read hide nobody: all of the group go on waiting.
  if (levelsSum(counts.overall) < least) return 0
  await sql`delete from rating_ballots where id = any(${taken.rows.map(({ id }) => id)}::uuid[])`.execute(trx)
  await trx
    .insertInto('rating_batches')
    .values({ id: randomUUID(), grp, form, day, n, counts: JSON.stringify(counts) })
    .execute()
  const asked = await wordsAsked(trx, grp)
  const said = shuffled(
    ballots.flatMap((one) => (one !== null && asked.has(one.questionnaire) ? (one.words ?? []) : [])),
  )
  if (said.length > 0)
    await trx
      .insertInto('rating_words')
      .values(said.map((words) => ({ id: randomUUID(), hall: groupOf(grp).hall, day, words })))
      .execute()
  return n
}

/** Of which versions a ballot of this group may hold words: a ballot made by hand may hold some that nobody asked for. */
async function wordsAsked(trx: Trx, grp: string): Promise<ReadonlySet<string>> {
  const group = groupOf(grp)
  const found = await sql<{ id: string }>`select id from rating_words_asked() as id`.execute(trx)
  const ours = BUILT_IN.filter(({ asksWords }) => asksWords).map(nameOf)
  const all = [...ours, ...found.rows.map(({ id }) => id)]
  // What is left of several versions is still of one hall.
  const isSeveral = isRemainder(group) && group.questionnaire === SEVERAL
  return new Set(all.filter((id) => isSeveral || id === group.questionnaire))
}

/** The last day whose keys have been followed by others for long enough. */
function lateDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - LATE_DAYS * DAY_MS).toISOString().slice(0, 10)
}

/**
 * What is sealed to a period that is over is sealed to the one that runs. A key is destroyed once it has been over for `LATE_DAYS`, so that a ballot
 * that was on its way at the turn of the month is still carried.
 */
async function endPeriods(
  db: Db,
  folder: string,
  keys: readonly PeriodKey[],
  day: string,
): Promise<{ carried: number; destroyed: string[] }> {
  const current = keys.at(-1)
  const destroyed: string[] = []
  let carried = 0
  for (const old of keys.slice(0, -1)) {
    if (current === undefined) break
    const over = await inTransaction(db, async (trx) => {
      const since = await trx
        .selectFrom('rating_keys')
        .select('id')
        .where('id', '=', current.id)
        .where('published_on', '<=', lateDay(day))
        .executeTakeFirst()
      if (since !== undefined) {
        // Waits for ballots that are being written; whoever writes one after this finds the key destroyed and is refused.
        await sql`lock table rating_ballots in share row exclusive mode`.execute(trx)
        await sql`update rating_keys set destroyed_on = ${day} where id = ${old.id}`.execute(trx)
      }
      carried += await carryOver(trx, old, current)
      return since !== undefined
    })
    if (!over) continue
    await destroyPeriodKey(folder, old.id)
    destroyed.push(old.id)
  }
  return { carried, destroyed }
}

async function carryOver(trx: Trx, old: PeriodKey, current: PeriodKey): Promise<number> {
  const taken = await sql<Taken & { form: BallotForm }>`
    delete from rating_ballots where key = ${old.id} returning grp, form, key, sealed, marks
  `.execute(trx)
  for (const one of shuffled(taken.rows)) {
    const { grp, form } = one
    const { sealed, marks } = sealedAnew(one, old, current)
    await trx
      .insertInto('rating_ballots')
      .values({ id: randomUUID(), grp, form, key: current.id, sealed, marks })
      .execute()
  }
  return taken.rows.length
}

/** Writes the account of all votes, signed, behind the one before. */
async function state(
  trx: Trx,
  key: PeriodKey,
  { day, at }: { readonly day: string; readonly at: string },
): Promise<Account> {
  const found = await sql<{ issued: number; used: number; expired: number; counted: number; waiting: number }>`
    select coalesce(sum(issued), 0)::int as issued, coalesce(sum(used), 0)::int as used,
      coalesce(sum(expired), 0)::int as expired,
      (select coalesce(sum(n), 0)::int from rating_batches) as counted,
      (select count(grp)::int from rating_ballots) as waiting
    from rating_votes(${at})
  `.execute(trx)
  const last = await sql<{ seq: number; text: string }>`
    select seq, text from rating_accounts order by seq desc limit 1
  `.execute(trx)
  const { issued = 0, used = 0, expired = 0, counted = 0, waiting = 0 } = found.rows[0] ?? {}
  const before = last.rows[0]
  const account: Account = {
    ...{ v: 1, day, issued, used, expired, open: issued - used - expired, counted, waiting },
    balanced: used === counted + waiting && issued >= used + expired,
    prev: before === undefined ? '' : createHash('sha256').update(before.text, 'utf8').digest('hex'),
  }
  const text = canonicalText(account as unknown as JsonObject)
  await trx
    .insertInto('rating_accounts')
    .values({ seq: Number(before?.seq ?? 0) + 1, key: key.id, text, signature: signedBy(key, text) })
    .execute()
  return account
}
