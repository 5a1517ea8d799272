import { randomUUID } from 'node:crypto'
import { type Mark, sealMarks } from '../../devices/ballot/marks.ts'
import { sealing } from '../../devices/ballot/seal.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { Refusal } from '../refusal.ts'
import { notifyRating } from '../stations/store.ts'
import './tables.ts'
import { noteMarks } from './flags/store.ts'
import { countLate, isLongPast } from './seeing/service-days.ts'
import type { BallotForm } from './tables.ts'

export interface SealedBallot {
  /** Whose one vote this is. */
  readonly service: string
  readonly form: BallotForm
  /** To which key it is sealed. */
  readonly key: string
  readonly sealed: Uint8Array
}

/**
 * Takes a sealed ballot: that the vote was used and the ballot are written in one transaction, both or neither. The primary key of the
 * used-marks is what lets a vote be used once, whoever casts it a second time and however fast.
 *
 * What this hides, and what not. The row of a ballot holds no time, number, service or device, under a random id. Yet PostgreSQL keeps with
 * every row where it lies and which transaction wrote it (`ctid`, `xmin`), and its log keeps the order of all: who has the whole database can
 * therefore pair each used-mark with its sealed ballot. That says that a ballot came from that service, never what stands in it: all are of one
 * length, are opened only by the tally's key, which is in no database and is destroyed after its period, and only ten or more at a time become
 * counts. The tally, which has the key, may read neither used-marks one by one, nor services, nor `ctid` and `xmin` (its role has rights on
 * columns, not on the table). Who has the key and the whole database can link: so the two belong into different hands.
 *
 * @param at when it came; null for one that was sealed in time, as whoever read the press vouches
 * @throws Refusal `rating.wrong-token` (no such vote), `rating.vote-over`, `rating.vote-used`, `rating.wrong-key`
 */
export async function castBallot(db: Db, ballot: SealedBallot, at: string | null): Promise<void> {
  await inTransaction(db, (trx) => castWithin(trx, ballot, at))
}

/** The same in a transaction of somebody else's, which is over when this throws. */
export async function castWithin(
  trx: Trx,
  { service, form, key, sealed }: SealedBallot,
  at: string | null,
): Promise<void> {
  const found = await trx
    .selectFrom('rating_services')
    .select(['hall', 'counter', 'clerk', 'number', 'opened_at', 'grp', 'expires_at', isLongPast.as('long_past')])
    .where('id', '=', service)
    .executeTakeFirst()
  if (found === undefined || found.grp === null || found.expires_at === null) throw new Refusal('rating.wrong-token')
  const used = await trx
    .insertInto('rating_used')
    .values({ service, grp: found.grp })
    .onConflict((conflict) => conflict.doNothing())
    .returning('service')
    .executeTakeFirst()
  if (used === undefined) throw new Refusal('rating.vote-used')
  if (found.long_past) await countLate(trx, service)
  // Said so that a moment that is none is never in time.
  if (at !== null && !(Date.parse(at) < Date.parse(found.expires_at))) throw new Refusal('rating.vote-over')
  const { hall, counter, clerk, number, opened_at: openedAt, expires_at: expiresAt } = found
  const marks = await noteMarks(trx, { hall, counter, clerk, number, openedAt, expiresAt })
  await putBallot(trx, { grp: found.grp, form, key, sealed, marks })
  await notifyRating(trx, found.counter)
}

/**
 * Puts a sealed ballot among those of its group, behind the used-mark that the same transaction has written.
 * @throws Refusal `rating.wrong-key`
 */
export function putBallot(
  trx: Trx,
  { key, ...ballot }: Omit<SealedBallot, 'service'> & { readonly grp: string; readonly marks?: readonly Mark[] },
): Promise<void> {
  return putBallots(trx, key, [ballot])
}

interface BallotToPut {
  readonly grp: string
  readonly form: BallotForm
  readonly sealed: Uint8Array
  /** What was odd about how it came, sealed beside it to the same key; none of ballots of no service. */
  readonly marks?: readonly Mark[]
}

/** The same with several that were sealed to one key. */
export async function putBallots(trx: Trx, key: string, ballots: readonly BallotToPut[]): Promise<void> {
  const known = await trx.selectFrom('rating_keys').select('public_key').where('id', '=', key).executeTakeFirst()
  if (known === undefined) throw new Refusal('rating.wrong-key')
  await sealing
  const rows = ballots.map(({ grp, form, sealed, marks }) => ({
    ...{ id: randomUUID(), grp, form, key, sealed: Buffer.from(sealed) },
    marks: marks === undefined ? null : Buffer.from(sealMarks(marks, known.public_key)),
  }))
  await trx.insertInto('rating_ballots').values(rows).execute()
  // Asked after the ballot is there: the tally, which destroys a key, first waits for ballots that are being written.
  const good = await trx
    .selectFrom('rating_keys')
    .select('id')
    .where('id', '=', key)
    .where('destroyed_on', 'is', null)
    .executeTakeFirst()
  if (good === undefined) throw new Refusal('rating.wrong-key')
}
