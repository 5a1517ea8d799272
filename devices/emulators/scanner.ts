import { setTimeout as pause } from 'node:timers/promises'
import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

/** How bytes come over the line. */
export interface SendOptions {
  /** How many pieces the bytes arrive in. */
  readonly pieces?: number
  /** Milliseconds between two bytes. */
  readonly slow_ms?: number
  /** Send this many bytes and no more, as a scanner does whose cable is pulled. */
  readonly cut?: number
  /** Bytes, in hex, that are on the line before. */
  readonly garbage?: string
  /** How often the same is sent, one by default. */
  readonly times?: number
}

export interface ScanOptions extends SendOptions {
  /** What the scanner is set to send after a code. CR by default. */
  readonly suffix?: string
  /** The AIM identifier to send in front, without its bracket ("C1"). */
  readonly aim?: string
  /** Send STX in front and ETX, LRC (exclusive or of data and ETX) behind instead of the suffix. */
  readonly lrc?: boolean
  /** With `lrc`: a wrong one. */
  readonly badLrc?: boolean
}

export interface EmulatedScanner {
  /** Where a driver finds it. */
  readonly address: string
  /** Resolves when the bytes are on the wire. Codes asked for at once leave one after the other. */
  scan(text: string, options?: ScanOptions): Promise<void>
  /** Sends bytes as they are. */
  sendRaw(bytes: Uint8Array, options?: SendOptions): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

export interface ScannerOptions {
  /** `tcp:PORT` (0 takes a free one) or `pty:LINKPATH`. */
  readonly listen: string
  /** Hears what the station sends. */
  readonly hears?: (bytes: Uint8Array) => void
}

/** Starts a barcode scanner in plain line mode that exists only on its wire. */
export async function startScanner({ listen, hears }: ScannerOptions): Promise<EmulatedScanner> {
  const received = receivedBytes()
  const wire = await openWire(listen, (bytes) => {
    received.add(bytes)
    hears?.(bytes)
  })
  let line: Promise<void> = Promise.resolve()

  function sendRaw(bytes: Uint8Array, how: SendOptions = {}): Promise<void> {
    const { pieces = 1, slow_ms = 0, cut, garbage = '', times = 1 } = how
    const one = bytes.subarray(0, cut)
    const noise = Buffer.from(garbage.replaceAll(' ', ''), 'hex')
    const all = Buffer.concat([noise, ...Array.from({ length: times }, () => one)])
    const size = slow_ms > 0 ? 1 : Math.max(1, Math.ceil(all.length / pieces))
    const sent = line.then(async () => {
      for (let from = 0; from < all.length; from += size) {
        if (slow_ms > 0 && from > 0) await pause(slow_ms)
        await wire.send(all.subarray(from, from + size))
      }
    })
    line = sent.catch(() => undefined)
    return sent
  }

  return {
    address: wire.address,
    scan: (text, options = {}) => sendRaw(scanBytes(text, options), options),
    sendRaw,
    received: received.all,
    receivedCount: received.count,
    unplug: () => wire.unplug(),
    replug: () => wire.replug(),
    close: () => wire.close(),
  }
}

function scanBytes(text: string, { suffix = '\r', aim, lrc = false, badLrc = false }: ScanOptions): Uint8Array {
  const data = Buffer.from(aim === undefined ? text : `]${aim}${text}`, 'utf8')
  if (!lrc) return Buffer.concat([data, Buffer.from(suffix, 'latin1')])
  const covered = Buffer.concat([data, Uint8Array.of(0x03)])
  let sum = badLrc ? 0xff : 0
  for (const byte of covered) sum ^= byte
  return Buffer.concat([Uint8Array.of(0x02), covered, Uint8Array.of(sum)])
}
