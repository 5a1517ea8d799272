import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

export interface ScanOptions {
  /** What the scanner is set to send after a code. CR by default. */
  readonly suffix?: string
  /** The AIM identifier to send in front, without its bracket ("C1"). */
  readonly aim?: string
  /** Send STX in front and ETX, LRC (exclusive or of data and ETX) behind instead of the suffix. */
  readonly lrc?: boolean
  /** How many pieces the bytes arrive in. */
  readonly pieces?: number
  /** Send this many bytes and no more, as a scanner does whose cable is pulled. */
  readonly cut?: number
}

export interface EmulatedScanner {
  /** Where a driver finds it. */
  readonly address: string
  /** Resolves when the bytes are on the wire. Codes asked for at once leave one after the other. */
  scan(text: string, options?: ScanOptions): Promise<void>
  /** Sends bytes as they are. */
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

/** Starts a barcode scanner in plain line mode that exists only on its wire. `listen` is `tcp:PORT` (0 takes a free one) or `pty:LINKPATH`. */
export async function startScanner({ listen }: { readonly listen: string }): Promise<EmulatedScanner> {
  const received = receivedBytes()
  const wire = await openWire(listen, received.add)
  let line: Promise<void> = Promise.resolve()

  function sendRaw(bytes: Uint8Array, pieces = 1): Promise<void> {
    const size = Math.max(1, Math.ceil(bytes.length / pieces))
    const sent = line.then(async () => {
      for (let from = 0; from < bytes.length; from += size) await wire.send(bytes.subarray(from, from + size))
    })
    line = sent.catch(() => undefined)
    return sent
  }

  return {
    address: wire.address,
    scan: (text, options = {}) => sendRaw(scanBytes(text, options).subarray(0, options.cut), options.pieces),
    sendRaw: (bytes) => sendRaw(bytes),
    received: received.all,
    unplug: () => wire.unplug(),
    replug: () => wire.replug(),
    close: () => wire.close(),
  }
}

function scanBytes(text: string, { suffix = '\r', aim, lrc = false }: ScanOptions): Uint8Array {
  const data = Buffer.from(aim === undefined ? text : `]${aim}${text}`, 'utf8')
  if (!lrc) return Buffer.concat([data, Buffer.from(suffix, 'latin1')])
  const covered = Buffer.concat([data, Uint8Array.of(0x03)])
  let sum = 0
  for (const byte of covered) sum ^= byte
  return Buffer.concat([Uint8Array.of(0x02), covered, Uint8Array.of(sum)])
}
