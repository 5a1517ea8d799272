import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { addressesOf } from './addresses.ts'
import { AT_ONCE, letterOf, standingAfter, type Tried, TRY_MS, type Way } from './outbox.ts'
import { type Claimed, claimMessages, gatherCalls, markMessage, pruneOutbox } from './store.ts'

export interface OutboxDependencies {
  readonly db: Db
  /** What is on; none, and nothing ever leaves the house. */
  readonly ways: readonly Way[]
  /** Where people open the program; null where that was not set. */
  readonly site: string | null
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly log: Log
}

export interface KeptOutbox {
  close(): Promise<void>
}

/** Between the end of one round and the next. */
const EVERY_MS = 5_000

/**
 * One round: calls become messages, and every message that is to go out now is tried once.
 * @param ending aborts what is under way; it is left as it was claimed, for nobody knows how far it came
 */
export async function turnOutbox(deps: OutboxDependencies, ending?: AbortSignal): Promise<void> {
  const { db, ways, now, log } = deps
  const channels = ways.map(({ channel }) => channel)
  await gatherCalls(db, channels, now())
  for (;;) {
    const claimed = await claimMessages(db, channels, { now: now(), limit: AT_ONCE })
    await Promise.all(
      claimed.map(async (one) => {
        const tried = await tryOne(deps, one, ending)
        if (ending?.aborted === true) return
        const standing = standingAfter(tried, one.attempts, now())
        await markMessage(db, one, standing, tried.words)
        // Neither the address nor what the other side said: a log is read by others.
        if (standing.state !== 'delivered')
          log.warn(
            { message: one.id, channel: one.channel, state: standing.state },
            '通知没有送达 / a message did not arrive',
          )
      }),
    )
    if (claimed.length < AT_ONCE || ending?.aborted === true) break
  }
  await pruneOutbox(db, now())
}

async function tryOne({ db, ways, site }: OutboxDependencies, one: Claimed, ending?: AbortSignal): Promise<Tried> {
  const way = ways.find(({ channel }) => channel === one.channel)
  const to = (await addressesOf(db, [one.person])).get(one.person)?.[one.channel] ?? null
  if (way === undefined || to === null)
    return { outcome: 'refused', words: '收件人没有登记地址 / the receiver gave no address' }
  const { id, made_at: at, count, trial } = one
  const limit = AbortSignal.timeout(TRY_MS)
  const signal = ending === undefined ? limit : AbortSignal.any([limit, ending])
  return way.send({ id, at, count, trial, to }, letterOf(one, site), signal)
}

/** Sends what is to be sent until it is closed. Several servers may: each message is one server's at a time. */
export function keepOutbox(deps: OutboxDependencies): KeptOutbox {
  const ending = new AbortController()
  const { signal } = ending
  const rounds = async (): Promise<void> => {
    for (;;) {
      try {
        await turnOutbox(deps, signal)
      } catch (error) {
        signal.throwIfAborted()
        deps.log.warn({ err: error }, 'the outbox could not be looked after; the next round tries again')
      }
      await pause(EVERY_MS, undefined, { signal })
    }
  }
  const running =
    deps.ways.length === 0
      ? Promise.resolve()
      : rounds().catch((error: unknown) => {
          if (!signal.aborted) deps.log.error({ err: error }, 'nobody looks after the outbox any more')
        })
  return {
    close: async () => {
      ending.abort()
      await running
    },
  }
}
