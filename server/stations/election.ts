import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { clientConfig, type ConnectionConfig } from '../database/connect.ts'
import type { Log } from '../database/log.ts'

/** Stations that no process drives are tried for this often. */
const TRY_MS = 2_000
const RECONNECT_MS = 1_000
const CONNECT_TIMEOUT_MS = 5_000

export interface Election {
  /** Tries now, for a station that has just been set up. */
  tryNow(): void
  close(): Promise<void>
}

/**
 * Decides which of several server processes drives a station's devices: who holds the station's advisory lock, on one connection kept for
 * that. `onHeld` is told the whole set after every change; a lost connection gives all of it up at once.
 */
export function openElection({
  config,
  candidates,
  onHeld,
  log,
}: {
  config: ConnectionConfig
  candidates: () => Promise<readonly string[]>
  onHeld: (stations: ReadonlySet<string>) => Promise<void>
  log: Log
}): Election {
  const closing = new AbortController()
  let wake: () => void = () => undefined

  const waited = async (wait_ms: number): Promise<void> => {
    const woken = new AbortController()
    wake = () => woken.abort()
    await pause(wait_ms, undefined, { signal: AbortSignal.any([closing.signal, woken.signal]) }).catch(() => undefined)
  }

  const term = async (): Promise<void> => {
    const client = new pg.Client({ ...clientConfig(config, false), connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
    const lost = new AbortController()
    client.on('error', () => lost.abort())
    client.on('end', () => lost.abort())
    const held = new Set<string>()
    try {
      await client.connect()
      lost.signal.addEventListener('abort', () => wake())
      while (!closing.signal.aborted && !lost.signal.aborted) {
        const wanted = (await candidates()).filter((station) => !held.has(station))
        let won = false
        for (const station of wanted) {
          const { rows } = await client.query<{ held: boolean }>(
            "select pg_try_advisory_lock(hashtextextended('station ' || $1, 7)) as held",
            [station],
          )
          if (rows[0]?.held === true) {
            held.add(station)
            won = true
          }
        }
        if (won) await onHeld(held)
        // Also the question that shows a connection which has died in silence.
        if (wanted.length === 0) await client.query('select 1')
        await waited(TRY_MS)
      }
    } finally {
      try {
        // The devices go first: whoever wins the lock next must find the ports free.
        if (held.size > 0) await onHeld(new Set())
      } finally {
        await client.end().catch(() => undefined)
      }
    }
  }

  const live = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await term()
      } catch (error) {
        log.warn({ err: error }, 'the connection that holds the stations is lost; their devices rest until it is back')
      }
      await waited(RECONNECT_MS)
    }
  }
  const life = live()

  return {
    tryNow: () => wake(),
    close: async () => {
      closing.abort()
      await life
    },
  }
}
