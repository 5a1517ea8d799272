import { setTimeout as pause } from 'node:timers/promises'
import { ClusterRefused } from './cluster-refused.ts'
import type { Log } from './log.ts'
import {
  type Address,
  openSocketFolder,
  pgCtlStop,
  removeSocketFolder,
  type Running,
  settle,
  type Site,
  start,
} from './postmaster.ts'

export interface Guard {
  /** Resolves with the reason when the server is gone and could not be brought back. */
  readonly lost: Promise<ClusterRefused>
  /** Ends the server cleanly, also one that is just coming back. */
  stop(): Promise<void>
}

const RESTART_WAITS_MS: readonly number[] = [0, 1_000, 5_000]

/** Watches a running server and starts it again, at the same address, when it dies unasked (out of memory, a kill by hand). */
export function guard(site: Site, running: Running, log: Log): Guard {
  const stopping = new AbortController()
  const { promise: lost, resolve: lose } = Promise.withResolvers<ClusterRefused>()

  const watch = async (): Promise<Running | undefined> => {
    let current = running
    for (;;) {
      const asked = new Promise<void>((resolve) =>
        stopping.signal.addEventListener('abort', () => resolve(), { once: true }),
      )
      await Promise.race([current.exited, asked])
      if (stopping.signal.aborted) return current
      log.error({ data: site.data }, 'the database server died: starting it again')
      const restarted = await restart(site, running.address, log, stopping.signal)
      if (restarted === undefined) return undefined
      if ('refused' in restarted) {
        log.error({ err: restarted.refused }, 'the database server does not come back')
        lose(restarted.refused)
        return undefined
      }
      current = restarted
    }
  }
  const watched = watch()

  return {
    lost,
    stop: async () => {
      stopping.abort()
      const last = await watched
      if (last === undefined) return
      await pgCtlStop(site)
      await last.exited
      await removeSocketFolder(site, last.address.host)
    },
  }
}

/** undefined when asked to stop before it was up again. */
async function restart(
  site: Site,
  address: Address,
  log: Log,
  stopping: AbortSignal,
): Promise<Running | { refused: ClusterRefused } | undefined> {
  let refused: ClusterRefused | undefined
  for (const wait of RESTART_WAITS_MS) {
    await pause(wait, undefined, { signal: stopping }).catch(() => undefined)
    if (stopping.aborted) return undefined
    try {
      await settle(site, log)
      await openSocketFolder(site, address.host)
      return await start(site, address)
    } catch (error) {
      if (!(error instanceof ClusterRefused)) throw error
      refused = error
    }
  }
  return refused === undefined ? undefined : { refused }
}
