import { bad, good, type Frame, type Framer } from '../framing.ts'
import type { PrinterCondition } from '../reading.ts'
import type { PrinterStatus, StatusReader } from './status.ts'

/** `ESC ACK SOH`, answered ahead of the job: the automatic status. */
const ASK = Buffer.of(0x1b, 0x06, 0x01)
/** `ETB`, carried out in the order of the job: it moves a counter that the automatic status shows. */
const MARK = Buffer.of(0x17)
/** The counter has five bits. */
const COUNTS = 32
/** Two heads and the seven bytes up to the counter; as many as the head can say. */
const LEAST_BYTES = 9
const MOST_BYTES = 15
/** So many answers must pass without the counter moving before it is known that nothing older is still on its way to it. */
const QUIET_ANSWERS = 2

/** Bits 0, 4 and 7: only the first byte of a status has the lowest one. */
const FIXED = 0x91
const beginsStatus = (byte: number): boolean => (byte & FIXED) === 0x01
const continuesStatus = (byte: number): boolean => (byte & FIXED) === 0
/** Of all bytes, heads included. */
const sizeIn = (head: number): number => ((head >> 1) & 0x07) | ((head >> 2) & 0x08)
const counterIn = (byte: number): number => ((byte >> 1) & 0x07) | ((byte >> 2) & 0x18)

/** An automatic status of a Star printer, as it came. */
export type StarAnswer = { readonly bytes: Uint8Array }

/** Cuts automatic statuses out of what a printer sends: a head that says how long it is, its version, then bits. */
export function starFramer(): Framer<StarAnswer> {
  let held: number[] = []

  function cut(detail: string, frames: Frame<StarAnswer>[]): void {
    if (held.length > 0) frames.push(bad(Uint8Array.from(held), 'line-cut', detail))
    held = []
  }

  function take(byte: number, frames: Frame<StarAnswer>[]): void {
    // The second byte is the version, whose highest bit says that more is known.
    const fits = held.length === 1 ? (byte & 0x11) === 0 : continuesStatus(byte)
    if (held.length > 0 && !fits) cut('a status without its end', frames)
    if (held.length === 0) {
      const size = sizeIn(byte)
      if (beginsStatus(byte) && size >= LEAST_BYTES && size <= MOST_BYTES) held = [byte]
      else frames.push(bad(Uint8Array.of(byte), 'protocol', 'no automatic status'))
      return
    }
    held.push(byte)
    if (held.length < sizeIn(held[0] ?? 0)) return
    const bytes = Uint8Array.from(held)
    held = []
    frames.push(good(bytes, { bytes }))
  }

  return {
    push(bytes) {
      const frames: Frame<StarAnswer>[] = []
      for (const byte of bytes) take(byte, frames)
      return frames
    },
    end() {
      const frames: Frame<StarAnswer>[] = []
      cut('the port closed inside a status', frames)
      return frames
    },
  }
}

/**
 * Makes a status of each automatic status. It overtakes the job, so the printer is busy from a mark until the counter has moved by as many
 * marks as were sent; and some answers longer, because what moved it may be the mark of an earlier job, which was given up before it was done.
 * Where the counter stood before the first mark is asked in the same breath, and that answer is kept back.
 */
export function starStatusReader(): StatusReader {
  const framer = starFramer()
  let before: number | null = null
  let counter: number | null = null
  let marks = 0
  let quiet = QUIET_ANSWERS

  function understood(frames: readonly Frame<StarAnswer>[]): Frame<PrinterStatus>[] {
    return frames.flatMap((frame) => {
      if (frame.fault !== null) return [frame]
      const { bytes } = frame.meaning
      const count = counterIn(bytes[7] ?? 0)
      if (marks > 0 && before === null) {
        before = counter = count
        return []
      }
      // Where nothing was heard before, nothing has moved.
      quiet = counter === null || count === counter ? quiet + 1 : 0
      counter = count
      const moved = before === null ? 0 : (count - before + COUNTS) % COUNTS
      const behind = moved < marks || quiet < QUIET_ANSWERS
      // Marks of earlier jobs moved it too: the next mark is counted from here.
      if (before !== null && !behind) {
        before = count
        marks = 0
      }
      return [good(frame.raw, statusOf(bytes, behind))]
    })
  }

  return {
    ask: () => ASK,
    barrier: () => {
      quiet = 0
      if (before !== null) {
        marks += 1
        return MARK
      }
      // Asked again before it was answered, it is still the same mark that counts.
      marks = 1
      return Buffer.concat([ASK, MARK])
    },
    push: (bytes) => understood(framer.push(bytes)),
    end: () => understood(framer.end()),
  }
}

function statusOf(bytes: Uint8Array, behind: boolean): PrinterStatus {
  const [, , printer = 0, error = 0, more = 0, paper = 0] = bytes
  const conditions: PrinterCondition[] = []
  if ((paper & 0x08) !== 0) conditions.push('paper-out')
  if ((printer & 0x20) !== 0) conditions.push('head-open')
  if ((error & 0x08) !== 0) conditions.push('cutter-error')
  if ((error & 0x40) !== 0) conditions.push('over-temperature')
  if ((error & 0x20) !== 0 || (more & 0x08) !== 0 || (paper & 0x20) !== 0) conditions.push('other-error')
  // Offline without a cause is someone holding the feed button.
  const feeding = conditions.length === 0 && (printer & 0x48) !== 0
  return { conditions, busy: behind || feeding }
}
