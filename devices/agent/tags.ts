import type { TagReading } from '../reading.ts'
import { type FarTag, TAGS_A_FRAME } from './protocol.ts'
import type { ServerClock } from './server-clock.ts'

/** What was seen is gathered for so long before it is sent. */
const GATHER_MS = 100
/** Tags that may wait for that moment; more are told by the readers before it than lie before any table, and the oldest are dropped. */
const WAITING_MAX = 1_000

export interface TagSender {
  saw(tag: TagReading): void
  close(): void
}

export interface TagSenderOptions {
  readonly clock: Pick<ServerClock, 'earliest'>
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: () => number
  /** Sends to the server, or drops what is sent while the line is down. */
  readonly send: (tags: readonly FarTag[]) => void
}

/**
 * Tells the server what tags lie before this PC's readers, with the server's own time. Tags are presence and no act: they are in no journal, and what
 * lies there when the line is back is told then.
 */
export function tagSender({ clock, now, send }: TagSenderOptions): TagSender {
  let waiting: FarTag[] = []
  let next: NodeJS.Timeout | undefined

  function tell(): void {
    next = undefined
    const tags = waiting
    waiting = []
    for (let from = 0; from < tags.length; from += TAGS_A_FRAME) send(tags.slice(from, from + TAGS_A_FRAME))
  }

  return {
    saw({ station, device, value }) {
      const server_ms = clock.earliest()
      if (server_ms === null) return
      const ahead_ms = server_ms - now()
      const { epc, tid, antenna, rssi_dbm, count } = value
      const [first_ms, last_ms] = [value.first_ms + ahead_ms, value.last_ms + ahead_ms]
      if (waiting.length >= WAITING_MAX) waiting.shift()
      waiting.push({ station, device, epc, tid, antenna, rssi_dbm, count, first_ms, last_ms })
      next ??= setTimeout(tell, GATHER_MS)
    },
    close: () => clearTimeout(next),
  }
}
