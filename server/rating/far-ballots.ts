import { type FarVote, type SealedPress } from '../../devices/ballot/sealed-press.ts'
import { type Db, inTransaction, type Trx } from '../database/connect.ts'
import { Refusal } from '../refusal.ts'
import type { FarPlace } from '../stations/counter.ts'
import { castWithin } from './cast.ts'
import type { TallyKey } from './store.ts'
import { farPassOf, readFarPass } from './tokens.ts'

/** A vote that was offered, and to which key it is sealed. */
export interface Offered {
  readonly service: string
  /** RFC 3339 UTC with milliseconds. */
  readonly expiresAt: string
  readonly key: TallyKey
  /** What it is about. */
  readonly questionnaire: string
}

/** The vote as this agent may take it at the pads of this station. */
export function farVoteOf(
  pepper: Uint8Array,
  { agent, station }: FarPlace,
  { service, expiresAt, key, questionnaire }: Offered,
): FarVote {
  const expires_ms = Date.parse(expiresAt)
  return {
    pass: farPassOf(pepper, { agent, station, service, expires_ms }),
    expires_ms,
    questionnaire,
    key: { id: key.id, publicKey: key.publicKey.toString('base64') },
  }
}

/**
 * Takes a ballot that an agent sealed, in one transaction with its record: `takeDown` says there that the record has come. Asked a second time,
 * `takeDown` throws and nothing is cast twice. However late it comes, it counts when it was pressed in time; whoever else used the vote first keeps it.
 * @returns null, or why it is not cast: `rating.wrong-token` (this agent was never let take this vote there), `rating.vote-used`,
 *   `rating.vote-over`, `rating.wrong-key` (sealed for a period that is counted and closed); nothing was written then
 * @throws whatever `takeDown` throws
 */
export async function castFar(
  { db, pepper }: { readonly db: Db; readonly pepper: Uint8Array },
  { agent, station }: FarPlace,
  { pass, key, sealed, pressedAt }: SealedPress,
  takeDown: (trx: Trx) => Promise<void>,
): Promise<Refusal | null> {
  const right = readFarPass(pepper, agent, station, pass)
  if (right === null) return new Refusal('rating.wrong-token')
  const ballot = { service: right.service, form: 'short', key, sealed: Buffer.from(sealed, 'base64') } as const
  let why: Refusal | null = null
  try {
    await inTransaction(db, async (trx) => {
      await takeDown(trx)
      try {
        await castWithin(trx, ballot, pressedAt)
      } catch (error) {
        if (error instanceof Refusal) why = error
        throw error
      }
    })
    return null
  } catch (error) {
    if (why !== null && error === why) return why
    throw error
  }
}
