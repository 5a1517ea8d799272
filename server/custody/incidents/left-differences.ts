import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Act } from '../../act.ts'
import type { Db } from '../../database/connect.ts'
import type { Log } from '../../database/log.ts'
import { SYSTEM } from '../../module.ts'
import { differenceUntil } from './differences.ts'
import '../tables.ts'

/** Between the end of one look at what was left lying and the next. */
const EVERY_MS = 60_000
/** One after the other; the rest is found at the next look. */
const AT_ONCE_MOST = 100

interface LeftDependencies {
  readonly db: Db
  readonly act: Act
  readonly now: () => string
}

/** Opens the incidents of differences that nobody settled in time; answers with the codes of their items. */
export async function settleDifferences({ db, act, now }: LeftDependencies): Promise<string[]> {
  const found = await sql<{ code: string; at: string }>`
    select id as code, state #>> '{difference,at}' as at from items
    where state ? 'difference' and custody_status = 'BORROWED' and not frozen order by 2, id limit ${AT_ONCE_MOST}
  `.execute(db)
  const at = now()
  const due = found.rows.filter((one) => differenceUntil(one.at) <= at)
  // A key of its own for each look: one that came to nothing must not keep the next from opening it.
  for (const { code } of due)
    await act(
      { person: SYSTEM },
      { type: 'custody.settle-difference', item: code },
      { cause: `difference:${code}:${at}` },
    )
  return due.map(({ code }) => code)
}

/** Looks after them until it is closed. Several servers may: the act decides again, once. */
export function keepDifferences(deps: LeftDependencies & { readonly log: Log }): { close(): Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending
  const rounds = async (): Promise<void> => {
    for (;;) {
      try {
        const settled = await settleDifferences(deps)
        if (settled.length > 0)
          deps.log.warn({ items: settled }, '归还不符未办结，已登记异常 / left differences are incidents')
      } catch (error) {
        signal.throwIfAborted()
        deps.log.warn({ err: error }, 'left differences could not be looked at; the next look follows')
      }
      await pause(EVERY_MS, undefined, { signal })
    }
  }
  const running = rounds().catch((error: unknown) => {
    if (!signal.aborted) deps.log.error({ err: error }, 'nobody looks after left differences any more')
  })
  return {
    close: async () => {
      ending.abort()
      await running
    },
  }
}
