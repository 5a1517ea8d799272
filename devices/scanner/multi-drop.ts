import { bad, good, type Frame, type Framer } from '../framing.ts'
import { LINE_BYTES_MAX } from './line.ts'
import { type Scan, scanOf } from './scan.ts'

/** How a family of polled scanners writes addresses and the head of an answer. */
export type MultiDropFamily = 'symbol' | 'microscan'

export interface MultiDropOptions {
  /** `symbol` (MK1000 and its kin): answers begin SOH, address, STX. `microscan`: address, STX. `symbol` when not said. */
  readonly family?: MultiDropFamily
  /** What the check byte covers: what follows STX up to ETX (`data`, when not said), or the answer from its first byte (`frame`). */
  readonly lrc_covers?: 'data' | 'frame'
}

/** What a scanner that was polled says. An answer without a code carries no address: whoever asked knows whose it is. */
export type PolledAnswer =
  | { readonly says: 'nothing' }
  | { readonly says: 'code'; readonly unit: number; readonly scan: Scan }

export interface MultiDropFramer extends Framer<PolledAnswer> {
  /** Whether an EOT has come that is an answer if nothing follows it, and else begins the echo of a poll. */
  maybeNothing(): boolean
  /** No byte came for a while: an EOT was an answer, and a code that had begun is cut. */
  silence(): Frame<PolledAnswer>[]
  /** How many bytes so far were part of no answer. */
  noiseBytes(): number
}

const SOH = 0x01
const STX = 0x02
const ETX = 0x03
const EOT = 0x04
const ENQ = 0x05
export const ACK = Uint8Array.of(0x06)
export const NAK = Uint8Array.of(0x15)
/** Ends the host's turn without taking what it was offered. */
export const CLOSE = Uint8Array.of(EOT)

/** Scanners on one line: as many as RS-485 carries, and as Symbol has addresses for. */
export const MULTI_DROP_MAX = 32
/** The first address on the wire, and the step from one scanner to the next. */
const ADDRESSES = {
  symbol: { first: 0x30, step: 1 },
  microscan: { first: 0x1c, step: 2 },
} as const satisfies Record<MultiDropFamily, object>

/** The byte that is the address of a scanner, numbered from 1, on the wire. */
export function unitOf(family: MultiDropFamily, address: number): number {
  const { first, step } = ADDRESSES[family]
  return first + (address - 1) * step
}

/** The question whether a scanner has something to say. */
export function pollBytes(unit: number): Uint8Array {
  return Uint8Array.of(EOT, unit, ENQ)
}

/**
 * Answers of scanners that share a line and speak when they are polled: EOT, or a code between STX and ETX behind its scanner's address, with an
 * exclusive or. Our own poll, heard on a line with echo, is passed over. A code whose check is wrong is `line-garbled`; one inside which another begins
 * is `line-cut`. Keeps one answer of at most `LINE_BYTES_MAX`.
 */
export function multiDropFramer({ family = 'symbol', lrc_covers = 'data' }: MultiDropOptions = {}): MultiDropFramer {
  /** What may be the head of an answer, or of our poll. */
  let head: number[] = []
  /** The answer from its first byte on, once its STX has come. */
  let held: number[] | null = null
  let headLength = 0
  let lrcNext = false
  let noise = 0

  function isUnit(byte: number): boolean {
    const { first, step } = ADDRESSES[family]
    return byte >= first && byte < first + step * MULTI_DROP_MAX && (byte - first) % step === 0
  }

  function noisy(): void {
    noise += head.length
    head = []
  }

  function nothing(): Frame<PolledAnswer> {
    head = []
    return good(CLOSE, { says: 'nothing' })
  }

  function begin(byte: number): void {
    held = [...head, byte]
    headLength = held.length
    head = []
    lrcNext = false
  }

  function ended(): Frame<PolledAnswer> {
    const raw = Uint8Array.from(held ?? [])
    held = null
    const data = raw.subarray(headLength, -2)
    const covered = raw.subarray(lrc_covers === 'frame' ? 0 : headLength, -1)
    if (covered.reduce((sum, byte) => sum ^ byte, 0) !== raw.at(-1)) return bad(raw, 'line-garbled', 'wrong LRC')
    const scan = scanOf(data, null)
    if (typeof scan === 'string') return bad(raw, 'line-garbled', scan)
    return good(raw, { says: 'code', unit: raw[headLength - 2] ?? 0, scan })
  }

  function cut(detail: string): Frame<PolledAnswer>[] {
    if (held === null) return []
    const raw = Uint8Array.from(held)
    held = null
    return [bad(raw, 'line-cut', detail)]
  }

  function inside(byte: number, so_far: number[]): Frame<PolledAnswer>[] {
    if (!lrcNext && (byte === SOH || byte === STX)) {
      // The address of the one that begins here was taken for data of the one before.
      const unit = byte === STX && family === 'microscan' && so_far.length > headLength ? so_far.pop() : undefined
      const frames = cut('a code begins inside another')
      return unit === undefined ? [...frames, ...outside(byte)] : [...frames, ...outside(unit), ...outside(byte)]
    }
    so_far.push(byte)
    if (lrcNext) return [ended()]
    lrcNext = byte === ETX
    if (so_far.length < LINE_BYTES_MAX) return []
    held = null
    return [bad(Uint8Array.from(so_far), 'line-too-long', `no end in ${LINE_BYTES_MAX} bytes`)]
  }

  function outside(byte: number): Frame<PolledAnswer>[] {
    const [first, second] = head
    if (first === undefined) {
      if (byte === EOT || (family === 'symbol' ? byte === SOH : isUnit(byte))) head = [byte]
      else noise += 1
      return []
    }
    if (first === EOT) {
      if (second === undefined && isUnit(byte)) head = [first, byte]
      else if (second !== undefined && byte === ENQ) head = []
      else {
        // What followed the EOT may begin something of its own.
        return [nothing(), ...(second === undefined ? [] : outside(second)), ...outside(byte)]
      }
      return []
    }
    const atAddress = family === 'symbol' && second === undefined
    if (atAddress && isUnit(byte)) head = [first, byte]
    else if (!atAddress && byte === STX) begin(byte)
    else {
      noisy()
      return outside(byte)
    }
    return []
  }

  return {
    push(bytes) {
      const frames: Frame<PolledAnswer>[] = []
      for (const byte of bytes) frames.push(...(held === null ? outside(byte) : inside(byte, held)))
      return frames
    },
    maybeNothing: () => head[0] === EOT,
    silence() {
      if (head[0] === EOT) {
        noise += head.length - 1
        return [nothing()]
      }
      noisy()
      return cut('a code was cut off')
    },
    end() {
      noisy()
      return cut('the port closed inside a code')
    },
    noiseBytes: () => noise,
  }
}
