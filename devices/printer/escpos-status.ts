import { bad, good, type Frame, type Framer } from '../framing.ts'
import type { PrinterCondition } from '../reading.ts'
import type { PrinterStatus, StatusReader } from './status.ts'

/** `DLE EOT` 1 to 4: printer, cause of being offline, error, paper. */
const QUESTIONS = [1, 2, 3, 4] as const
const ASK = Buffer.from(QUESTIONS.flatMap((n) => [0x10, 0x04, n]))
/** `GS r 1`, the paper sensor asked in the order of the job: the answer comes when all before it has been carried out. */
const BARRIER = Buffer.of(0x1d, 0x72, 0x01)
/** So many rounds of status must pass without such an answer before the last one is known to be the answer to the last question. */
const QUIET_ROUNDS = 2
/** Questions under way at once: a printer that has not answered so many rounds has lost them. */
const MAX_ROUNDS = 8
const AUTOMATIC_BYTES = 4

/** What a printer sends: the answer to a `DLE EOT`, the answer to `GS r 1`, or a status nobody asked for (switched on by another host). */
export type EscposAnswer =
  | { readonly kind: 'real-time'; readonly byte: number }
  | { readonly kind: 'paper-sensor' }
  | { readonly kind: 'automatic' }

const isRealTime = (byte: number): boolean => (byte & 0x93) === 0x12
const isPaperSensor = (byte: number): boolean => (byte & 0xf0) === 0
const beginsAutomatic = (byte: number): boolean => (byte & 0x93) === 0x10
const continuesAutomatic = (byte: number): boolean => (byte & 0x90) === 0

/** Tells a printer's answers apart by their fixed bits. (ESC/POS command reference: DLE EOT, GS r, GS a.) */
export function escposFramer(): Framer<EscposAnswer> {
  let automatic: number[] = []

  function take(byte: number, frames: Frame<EscposAnswer>[]): void {
    if (automatic.length > 0 && continuesAutomatic(byte)) {
      automatic.push(byte)
      if (automatic.length < AUTOMATIC_BYTES) return
      frames.push(good(Uint8Array.from(automatic), { kind: 'automatic' }))
      automatic = []
      return
    }
    cut('automatic status without its end', frames)
    if (beginsAutomatic(byte)) automatic = [byte]
    else if (isRealTime(byte)) frames.push(good(Uint8Array.of(byte), { kind: 'real-time', byte }))
    else if (isPaperSensor(byte)) frames.push(good(Uint8Array.of(byte), { kind: 'paper-sensor' }))
    else frames.push(bad(Uint8Array.of(byte), 'protocol', 'no status byte'))
  }

  function cut(detail: string, frames: Frame<EscposAnswer>[]): void {
    if (automatic.length > 0) frames.push(bad(Uint8Array.from(automatic), 'line-cut', detail))
    automatic = []
  }

  return {
    push(bytes) {
      const frames: Frame<EscposAnswer>[] = []
      for (const byte of bytes) take(byte, frames)
      return frames
    },
    end() {
      const frames: Frame<EscposAnswer>[] = []
      cut('the port closed inside an automatic status', frames)
      return frames
    },
  }
}

/**
 * Makes one status of the four answers to `DLE EOT` 1 to 4, which are told apart by their order only. They overtake the job, so the printer
 * is busy from `GS r 1` until it has answered that; and some rounds longer, because the answer may be to the `GS r 1` of an earlier
 * job, which was given up before it was done and came to its end on the same line. Some printers answer a `DLE EOT` that the dots of a
 * picture happen to spell; such an answer is set aside when no question is open.
 */
export function escposStatusReader(): StatusReader {
  const framer = escposFramer()
  let awaited = 0
  let answers: number[] = []
  let marked = false
  let atBarrier = false
  let quietRounds = QUIET_ROUNDS

  function understand({ raw, meaning, fault }: Frame<EscposAnswer>, statuses: Frame<PrinterStatus>[]): void {
    if (fault !== null) statuses.push({ raw, meaning: null, fault })
    else if (meaning.kind === 'paper-sensor' && marked) {
      atBarrier = false
      quietRounds = 0
    } else if (meaning.kind !== 'real-time' || awaited === 0)
      statuses.push(bad(raw, 'protocol', 'an answer that nobody asked for'))
    else {
      awaited -= 1
      answers.push(meaning.byte)
      if (answers.length < QUESTIONS.length) return
      statuses.push(good(Uint8Array.from(answers), statusOf(answers, atBarrier || quietRounds < QUIET_ROUNDS)))
      quietRounds += 1
      answers = []
    }
  }

  function understood(frames: readonly Frame<EscposAnswer>[]): Frame<PrinterStatus>[] {
    const statuses: Frame<PrinterStatus>[] = []
    for (const frame of frames) understand(frame, statuses)
    return statuses
  }

  return {
    ask: () => {
      awaited = Math.min(awaited + QUESTIONS.length, MAX_ROUNDS * QUESTIONS.length)
      return ASK
    },
    barrier: () => {
      marked = true
      atBarrier = true
      return BARRIER
    },
    push: (bytes) => understood(framer.push(bytes)),
    end: () => {
      const rest = understood(framer.end())
      if (answers.length > 0)
        rest.push(bad(Uint8Array.from(answers), 'line-cut', 'the port closed before all four answers'))
      answers = []
      awaited = 0
      return rest
    },
  }
}

function statusOf([printer = 0, offline = 0, error = 0, paper = 0]: readonly number[], behind: boolean): PrinterStatus {
  const conditions: PrinterCondition[] = []
  if ((offline & 0x20) !== 0 || (paper & 0x60) !== 0) conditions.push('paper-out')
  if ((offline & 0x04) !== 0) conditions.push('head-open')
  if ((error & 0x08) !== 0) conditions.push('cutter-error')
  if ((error & 0x40) !== 0) conditions.push('over-temperature')
  const unnamedError = (offline & 0x40) !== 0 && (error & 0x48) === 0
  if (unnamedError || (error & 0x24) !== 0 || (printer & 0x20) !== 0) conditions.push('other-error')
  // Offline without a cause is someone holding the feed button.
  const feeding = conditions.length === 0 && ((printer & 0x48) !== 0 || (offline & 0x08) !== 0)
  return { conditions, busy: behind || feeding }
}
