import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../../database/connect.ts'
import type { Log } from '../../database/log.ts'
import { loadUpload, loadUploadSince } from '../../org/upload.ts'
import { AT_ONCE, standingAfter, TRY_MS } from '../../outbox/outbox.ts'
import { postSigned } from '../../outbox/webhook.ts'
import { claimUploads, gatherUploads, markUpload } from './store.ts'

export interface UploadDependencies {
  readonly db: Db
  /** Signs what goes out; null, and nothing ever does. */
  readonly secret: string | null
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly log: Log
}

/** Between the end of one round and the next. */
const EVERY_MS = 60_000

/**
 * One round: counts that were released since the last upload become one, and each that is to go out now is tried once. Nothing is gathered or sent
 * unless two administrators have said where to and there is a secret to sign it with; both are looked at anew before each try.
 * @param ending aborts what is under way; it goes out again later, under its id
 */
export async function turnUpload({ db, secret, now, log }: UploadDependencies, ending?: AbortSignal): Promise<void> {
  const goesTo = secret === null ? null : await loadUploadSince(db)
  if (secret === null || goesTo === null) return
  await gatherUploads(db, { now: now(), since: goesTo.at })
  for (;;) {
    const url = await loadUpload(db)
    if (url === null) return
    const claimed = await claimUploads(db, now(), AT_ONCE)
    await Promise.all(
      claimed.map(async ({ id, body, attempts }) => {
        const limit = AbortSignal.timeout(TRY_MS)
        const signal = ending === undefined ? limit : AbortSignal.any([limit, ending])
        const tried = await postSigned({ url, secret }, { id, body, at: now() }, signal)
        if (ending?.aborted === true) return
        const standing = standingAfter(tried, attempts, now())
        await markUpload(db, { id, attempts }, standing, tried.words)
        if (standing.state !== 'delivered')
          log.warn({ upload: id, state: standing.state }, '上报没有送达 / an upload did not arrive')
      }),
    )
    if (claimed.length < AT_ONCE || ending?.aborted === true) return
  }
}

/** Uploads what is to be uploaded until it is closed. Several servers may: each upload is one server's at a time. */
export function keepUpload(deps: UploadDependencies): { close(): Promise<void> } {
  const ending = new AbortController()
  const { signal } = ending
  const rounds = async (): Promise<void> => {
    for (;;) {
      try {
        await turnUpload(deps, signal)
      } catch (error) {
        signal.throwIfAborted()
        deps.log.warn({ err: error }, 'uploads could not be looked after; the next round tries again')
      }
      await pause(EVERY_MS, undefined, { signal })
    }
  }
  const running =
    deps.secret === null
      ? Promise.resolve()
      : rounds().catch((error: unknown) => {
          if (!signal.aborted) deps.log.error({ err: error }, 'nobody looks after uploads any more')
        })
  return {
    close: async () => {
      ending.abort()
      await running
    },
  }
}
