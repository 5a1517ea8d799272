import { setTimeout as pause } from 'node:timers/promises'
import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

/** A card that lies on an RDM6300 reader is sent again after this time. */
const AGAIN_MS = 65

export interface EmulatedBadgeReader {
  readonly address: string
  /**
   * Holds a badge to the reader; `frame` readers send it `times` (one by default) while it lies there, and take ten hexadecimal digits.
   * Resolves when it is taken away.
   */
  present(badge: string, options?: { readonly times?: number }): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

export interface BadgeReaderOptions {
  /** `line`: the badge and CR LF. `frame`: RDM6300. */
  readonly protocol: 'line' | 'frame'
  /** `tcp:PORT` (0 takes a free one) or `pty:LINKPATH`. */
  readonly listen: string
}

/** Starts a badge reader that exists only on its wire. */
export async function startBadgeReader({ protocol, listen }: BadgeReaderOptions): Promise<EmulatedBadgeReader> {
  const received = receivedBytes()
  const wire = await openWire(listen, received.add)
  return {
    address: wire.address,
    async present(badge, { times = 1 } = {}) {
      const bytes = protocol === 'line' ? Buffer.from(`${badge}\r\n`, 'utf8') : frameBytes(badge)
      for (let sent = 0; sent < times; sent += 1) {
        if (sent > 0) await pause(AGAIN_MS)
        await wire.send(bytes)
      }
    },
    received: received.all,
    receivedCount: received.count,
    unplug: () => wire.unplug(),
    replug: () => wire.replug(),
    close: () => wire.close(),
  }
}

/** STX, version and four bytes of the card as hexadecimal digits, the exclusive or of the five, ETX. */
function frameBytes(card: string): Uint8Array {
  if (!/^[0-9A-Fa-f]{10}$/.test(card))
    throw new RangeError(`a card is ten hexadecimal digits, not ${JSON.stringify(card)}`)
  let sum = 0
  for (let at = 0; at < card.length; at += 2) sum ^= Number.parseInt(card.slice(at, at + 2), 16)
  return Buffer.from(`\x02${card.toUpperCase()}${sum.toString(16).toUpperCase().padStart(2, '0')}\x03`, 'latin1')
}
