import { receivedBytes } from './received.ts'
import { openWire } from './wire.ts'

const EOT = 0x04
const ENQ = 0x05
const ACK = 0x06
const NAK = 0x15
/** A scanner offers a code so often; then it says EOT and throws the code away. */
const OFFERS = 4

export interface BusScanOptions {
  /** The check byte is wrong the first so many times. */
  readonly badLrc?: number
  /** Send this many bytes of the answer and no more, once. */
  readonly cut?: number
}

export interface EmulatedScannerBus {
  readonly address: string
  /** A scanner reads a code, and keeps it until it is polled and acknowledged. */
  scan(scanner: number, text: string, options?: BusScanOptions): void
  /** How many codes a scanner still has. */
  waiting(scanner: number): number
  /** Codes that were offered in vain and thrown away. */
  discarded(): number
  /** One scanner has lost its power, or has it again. */
  silence(scanner: number, silent: boolean): void
  /** The next acknowledgements get lost on the line. */
  loseAcks(count: number): void
  /** From now on every byte that the host sends comes back to it. */
  echo(on: boolean): void
  sendRaw(bytes: Uint8Array): Promise<void>
  received(): Uint8Array
  /** How many bytes came, those that are no longer kept included. */
  receivedCount(): number
  unplug(): Promise<void>
  replug(): Promise<void>
  close(): Promise<void>
}

export interface ScannerBusOptions {
  readonly listen: string
  /** `symbol`: SOH address STX, addresses from 30 on; `microscan`: address STX, every second address from 1C on. */
  readonly family?: 'symbol' | 'microscan'
  /** How many scanners hang on the line, numbered from 1. */
  readonly scanners: number
  readonly lrcCovers?: 'data' | 'frame'
}

interface Unit {
  readonly codes: { readonly text: string; badLrc: number; cut: number | null; offers: number }[]
  silent: boolean
}

/** Starts scanners that share a line and are polled: EOT address ENQ. */
export async function startScannerBus(options: ScannerBusOptions): Promise<EmulatedScannerBus> {
  const { listen, family = 'symbol', scanners, lrcCovers = 'data' } = options
  const byteOf = (scanner: number): number => (family === 'symbol' ? 0x2f + scanner : 0x1a + 2 * scanner)
  const units = new Map<number, Unit>(
    Array.from({ length: scanners }, (_, nth) => [byteOf(nth + 1), { codes: [], silent: false }]),
  )
  const received = receivedBytes()
  let heard: number[] = []
  /** Who has offered a code that is not settled. */
  let offering: number | null = null
  let acksToLose = 0
  let discarded = 0
  let echoing = false

  const wire = await openWire(listen, (bytes) => {
    received.add(bytes)
    if (echoing) say(bytes)
    heard.push(...bytes)
    obey()
  })

  function say(bytes: Uint8Array): void {
    wire.send(bytes).catch(() => undefined)
  }

  function obey(): void {
    for (;;) {
      const [first, second, third] = heard
      if (first === undefined) return
      if (first === EOT && (second === undefined || (second !== EOT && third === undefined))) return
      if (first === EOT && third === ENQ && second !== undefined) {
        heard = heard.slice(3)
        offering = null
        offer(second)
        continue
      }
      heard = heard.slice(1)
      if (first === ACK) settled()
      else if (first === NAK && offering !== null) offer(offering)
      else if (first === EOT) offering = null
    }
  }

  function settled(): void {
    if (acksToLose > 0) acksToLose -= 1
    else if (offering !== null) units.get(offering)?.codes.shift()
    offering = null
  }

  function offer(unit: number): void {
    const one = units.get(unit)
    if (one === undefined || one.silent) return
    const [code] = one.codes
    if (code !== undefined && code.offers === OFFERS) {
      one.codes.shift()
      discarded += 1
    }
    if (code === undefined || code.offers === OFFERS) {
      offering = null
      say(Uint8Array.of(EOT))
      return
    }
    offering = unit
    code.offers += 1
    const head = family === 'symbol' ? [0x01, unit, 0x02] : [unit, 0x02]
    const data = [...Buffer.from(code.text, 'utf8'), 0x03]
    const covered = lrcCovers === 'frame' ? [...head, ...data] : data
    const lrc = covered.reduce((sum, byte) => sum ^ byte, 0) ^ (code.badLrc > 0 ? 0xff : 0)
    code.badLrc -= 1
    say(Uint8Array.of(...head, ...data, lrc).subarray(0, code.cut ?? undefined))
    code.cut = null
  }

  function unitAt(scanner: number): Unit {
    const unit = units.get(byteOf(scanner))
    if (unit === undefined) throw new RangeError(`there is no scanner ${scanner}`)
    return unit
  }

  return {
    address: wire.address,
    scan(scanner, text, { badLrc = 0, cut } = {}) {
      unitAt(scanner).codes.push({ text, badLrc, cut: cut ?? null, offers: 0 })
    },
    waiting: (scanner) => unitAt(scanner).codes.length,
    discarded: () => discarded,
    silence(scanner, silent) {
      unitAt(scanner).silent = silent
    },
    loseAcks(count) {
      acksToLose = count
    },
    echo(on) {
      echoing = on
    },
    sendRaw: (bytes) => wire.send(bytes),
    received: received.all,
    receivedCount: received.count,
    async unplug() {
      heard = []
      offering = null
      await wire.unplug()
    },
    replug: () => wire.replug(),
    close: () => wire.close(),
  }
}
