import { setTimeout as pause } from 'node:timers/promises'
import type { ActWithin } from '../../act.ts'
import { type Db, inTransaction } from '../../database/connect.ts'
import type { Log } from '../../database/log.ts'
import { SYSTEM } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { FollowCounter } from '../schemas.ts'
import { isToFollow } from './bad-batch.ts'
import { batchesToRead, lastStatement, markRead } from './store.ts'

export interface FollowingDependencies {
  readonly db: Db
  readonly actWithin: ActWithin
  readonly log: Log
}

/** Between the end of one look and the next. */
const EVERY_MS = 15_000
/** Between two tries of a batch that a rule refuses: only what people change could help it. */
const REFUSED_MS = 3_600_000
/** Batches that are looked at together. */
const A_PAGE = 500

/**
 * Looks at every batch that the tally has written since: one with bad votes makes a follow-up for its counter. That it was looked at and its
 * follow-up are written in one transaction, so however often this is cut off and however many servers do it, each batch is looked at once. A batch
 * that cannot be followed keeps none of the others from it; the next look tries again, and of one that a rule refuses a much later one, without a word.
 * @param refused when each of those that a rule refused is tried again, in ms; kept up to date here
 * @returns whether all were looked at, those aside whose time has not come
 */
export async function followBatches(
  { db, actWithin, log }: FollowingDependencies,
  refused: Map<string, number> = new Map(),
  now_ms: number = Date.now(),
): Promise<boolean> {
  let whole = true
  const waiting = new Set<string>()
  for (let after: string | null = null; ;) {
    const found = await batchesToRead(db, { after, limit: A_PAGE })
    const quiet = found.filter((batch) => !isToFollow(batch)).map(({ id }) => id)
    await inTransaction(db, (trx) => markRead(trx, quiet))
    const due = found.filter((batch) => isToFollow(batch) && (refused.get(batch.id) ?? 0) <= now_ms)
    for (const { id } of due)
      try {
        await inTransaction(db, async (trx) => {
          const mine = await markRead(trx, [id])
          if (mine.length === 0) return
          const command: FollowCounter = { type: 'rating.follow-counter', batch: id }
          await actWithin(trx, { person: SYSTEM }, command, { cause: `batch:${id}` })
        })
        refused.delete(id)
      } catch (error) {
        const isRefused = error instanceof Refusal
        whole &&= isRefused
        if (!refused.has(id)) log.error({ err: error, batch: id }, 'a counted batch could not be followed up')
        if (isRefused) refused.set(id, now_ms + REFUSED_MS)
      }
    for (const { id } of found) waiting.add(id)
    after = found.at(-1)?.id ?? null
    if (found.length < A_PAGE) break
  }
  // What another server has followed up is not waited for here.
  for (const id of refused.keys()) if (!waiting.has(id)) refused.delete(id)
  return whole
}

/** Looks at what the tally wrote until it is closed; the first look is whole, each further one waits for the tally to have run. */
export function keepCounterFollowUps(deps: FollowingDependencies): { close(): Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending
  const refused = new Map<string, number>()
  let looked: number | null = null
  const round = async (): Promise<void> => {
    try {
      const last = await lastStatement(deps.db)
      if (last === looked && Math.min(Infinity, ...refused.values()) > Date.now()) return
      looked = (await followBatches(deps, refused)) ? last : null
    } catch (error) {
      signal.throwIfAborted()
      deps.log.warn({ err: error }, 'what was counted could not be followed up; the next look tries again')
    }
  }
  const rounds = async (): Promise<void> => {
    for (;;) {
      await round()
      await pause(EVERY_MS, undefined, { signal })
    }
  }
  const running = rounds().catch((error: unknown) => {
    if (!signal.aborted) deps.log.error({ err: error }, 'nobody follows up what is counted any more')
  })
  return {
    close: async () => {
      ending.abort()
      await running
    },
  }
}
