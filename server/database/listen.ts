import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { clientConfig, type ConnectionConfig } from './connect.ts'
import type { Log } from './log.ts'

export interface Listener {
  /** Ends the connection; nothing is called after it resolves. */
  close(): Promise<void>
}

export interface ListenHandlers {
  /** Once for each NOTIFY that arrives, in commit order. */
  onPayload(payload: string): void
  /** Notices may have been missed and are not coming: read the truth from the tables. Called when the channel is heard again. */
  onGap(): void
  readonly log: Log
}

const RECONNECT_FIRST_MS = 100
const RECONNECT_MAX_MS = 5_000
const CONNECT_TIMEOUT_MS = 5_000
const HEARTBEAT_MS = 30_000
const HEARTBEAT_ANSWER_MS = 5_000

/**
 * Hears one NOTIFY channel on a connection of its own. Resolves when the channel is heard, rejects when the first connection fails. A lost
 * connection (also a silent one: a question every 30 s must be answered within 5 s) is opened again with a growing wait, 5 s at most, and
 * reported as a gap: NOTIFY is a hint and keeps nothing for who is away.
 */
export async function listen(config: ConnectionConfig, channel: string, handlers: ListenHandlers): Promise<Listener> {
  const closing = new AbortController()
  let current = await hear(config, channel, handlers)

  const keepHearing = async (): Promise<void> => {
    for (;;) {
      await current.lost
      if (closing.signal.aborted) return
      handlers.log.warn({ channel }, 'listening connection lost')
      for (let wait = RECONNECT_FIRST_MS; ; wait = Math.min(wait * 2, RECONNECT_MAX_MS)) {
        try {
          current = await hear(config, channel, handlers)
          break
        } catch (error) {
          handlers.log.warn({ err: error, channel, retry_ms: wait }, 'listening connection refused')
        }
        await pause(wait * (0.5 + Math.random() / 2), undefined, { signal: closing.signal }).catch(() => undefined)
        if (closing.signal.aborted) return
      }
      if (closing.signal.aborted) return current.end()
      handlers.onGap()
    }
  }
  const kept = keepHearing()

  return {
    close: async () => {
      closing.abort()
      await current.end()
      await kept
    },
  }
}

interface Hearing {
  /** Resolves when the connection is gone, by whatever cause. */
  readonly lost: Promise<void>
  end(): Promise<void>
}

async function hear(config: ConnectionConfig, channel: string, handlers: ListenHandlers): Promise<Hearing> {
  const client = new pg.Client({ ...clientConfig(config, false), connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  const { promise: lost, resolve: lose } = Promise.withResolvers<undefined>()
  let hearing = true
  const drop = (): void => {
    hearing = false
    lose(undefined)
  }
  client.on('error', drop)
  client.on('end', drop)
  client.on('notification', (notice) => {
    if (hearing) handlers.onPayload(notice.payload ?? '')
  })
  const end = async (): Promise<void> => {
    drop()
    await client.end().catch(() => undefined)
  }
  try {
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
  } catch (error) {
    await end()
    throw error
  }
  const heartbeat = setInterval(() => {
    const overdue = setTimeout(drop, HEARTBEAT_ANSWER_MS)
    client
      .query('select 1')
      .catch(drop)
      .finally(() => clearTimeout(overdue))
  }, HEARTBEAT_MS)
  return {
    lost: lost.then(() => {
      clearInterval(heartbeat)
      // Nothing may be left half open: what is not heard is closed, without waiting for an answer.
      void client.end().catch(() => undefined)
    }),
    end,
  }
}
