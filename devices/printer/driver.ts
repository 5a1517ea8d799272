import type { OpenPort } from '../port.ts'
import type { Bitmap, DeviceState, Fault, PrinterCondition, PrintOutcome } from '../reading.ts'
import { encodeEscpos, type Cut } from './escpos.ts'
import { escposStatusReader } from './escpos-status.ts'
import { conditionFault, faultOf, runJob } from './job.ts'
import { ANSWER_MS, openLink, type PrinterLink } from './link.ts'
import { encodeReceipt } from './receipt.ts'
import { encodeStar } from './star.ts'
import { starStatusReader } from './star-status.ts'
import { stopping, type PrinterStatus, type StatusReader } from './status.ts'
import { encodeTspl, type TsplStock } from './tspl.ts'
import { tsplStatusReader } from './tspl-status.ts'
import { encodeZpl } from './zpl.ts'
import { zplStatusReader } from './zpl-status.ts'

/** Two lists of 200 items. More is no queue but a mistake. */
const MAX_WAITING_JOBS = 400

export type PrinterProtocol = 'zpl' | 'tspl' | 'escpos' | 'star'

export interface PrinterOptions {
  readonly kind: 'label-printer' | 'receipt-printer'
  readonly protocol: PrinterProtocol
  readonly address: string
  readonly openPort: OpenPort
  /** The time in milliseconds, of the same clock as the deadlines of the jobs. */
  readonly now: () => number
  /** Needed only for TSPL, which speaks of millimetres: 8 dots each, gaps of 2 and 0 bits printing black when not said. */
  readonly tspl?: TsplStock
  /** What the knife of a receipt printer, or of a label printer that speaks ESC/POS, does behind each job; `full` when not said. Label languages leave it to the printer's own setting. */
  readonly cut?: Cut
  /** Called when the state changes. */
  readonly onState?: (state: DeviceState) => void
}

/** How a printer is, for the devices screen. */
export interface PrinterReport {
  readonly state: DeviceState
  readonly conditions: readonly PrinterCondition[]
  readonly busy: boolean
}

export interface PrinterDriver {
  /**
   * Prints one label or receipt after all that were asked for earlier. `deadline_ms` is a moment of `now()`; a job that has not begun by
   * then is refused and never sent. Never rejects for anything the printer does. Throws `RangeError` for a bitmap that contradicts itself.
   */
  print(label: Bitmap, deadline_ms: number): Promise<PrintOutcome>
  /** Asks the printer now; while jobs are under way, what it said last. */
  status(): Promise<PrinterReport>
  /** By what it answered last; never `ready` because something could be opened. */
  state(): DeviceState
  /** Refuses what waits, gives up what is under way (`unknown` if a byte may have left), and lets go of the port. */
  close(): Promise<void>
}

const LONGEST_TIMER_MS = 2 ** 31 - 1
const USUAL_STOCK: TsplStock = { dotsPerMm: 8, gap_mm: 2, blackBit: 0 }
const NOTHING_KNOWN: PrinterStatus = { conditions: [], busy: false }
const CLOSED: Fault = { code: 'port-gone', detail: 'the printer was closed by us' }
const EXPIRED: Fault = { code: 'port-busy', detail: 'the deadline passed before the jobs before it were done' }
const TOO_MANY: Fault = { code: 'port-busy', detail: `${MAX_WAITING_JOBS} jobs are waiting` }

/**
 * A printer at an address. Each job has a connection of its own, closed after it: most printers take one connection at a time, so a kept
 * one would lock out everybody else, and a printer that was switched off and on is found again without anything to repair. See `runJob`
 * for what a job's outcome means.
 */
export function openPrinter(options: PrinterOptions): PrinterDriver {
  const { address, openPort, now } = options
  const { encode, reader } = language(options)
  const waiting = new Set<(fault: Fault) => void>()
  let line: Promise<void> = Promise.resolve()
  let asking: Promise<PrinterReport> | null = null
  let underWay = 0
  let link: PrinterLink | null = null
  let closed = false
  /** Some printers cannot answer; one that ever did can. */
  let answers = false
  let report: PrinterReport = { state: { state: 'opening' }, conditions: [], busy: false }

  function note(state: DeviceState, { conditions, busy }: PrinterStatus): void {
    const changed = JSON.stringify(state) !== JSON.stringify(report.state)
    report = { state, conditions, busy }
    if (changed) options.onState?.(state)
  }

  function noteAnswer(status: PrinterStatus): void {
    answers = true
    const stops = stopping(status)
    note(stops.length > 0 ? { state: 'faulty', fault: conditionFault(stops) } : { state: 'ready' }, status)
  }

  /** Connects, lets `speak` use the link and takes note of how the printer is; resolves when the connection is closed again. */
  async function connected(
    speak: (link: PrinterLink) => Promise<void>,
    refused: (fault: Fault) => void,
  ): Promise<void> {
    try {
      link = await openLink(openPort, address, reader(), noteAnswer)
    } catch (error) {
      const fault = faultOf(error)
      note({ state: 'gone', fault }, NOTHING_KNOWN)
      return refused(fault)
    }
    if (closed) link.giveUp(CLOSED)
    try {
      await speak(link)
    } finally {
      const lost = link.lost()
      const silence = link.silence()
      if (lost !== null) note({ state: 'gone', fault: lost }, NOTHING_KNOWN)
      else if (silence !== null) note({ state: 'faulty', fault: silence }, NOTHING_KNOWN)
      await link.close()
      link = null
    }
  }

  /** One thing after the other; a bug in one of them reaches its own caller and does not stop the next. */
  function inLine(deed: () => Promise<void>): Promise<void> {
    underWay += 1
    const done = line.then(deed).finally(() => (underWay -= 1))
    line = done.catch(() => undefined)
    return done
  }

  return {
    async print(label, deadline_ms) {
      const job = encode(label)
      if (closed) return refusal(CLOSED)
      if (waiting.size >= MAX_WAITING_JOBS) return refusal(TOO_MANY)
      const left_ms = (): number => Math.max(0, deadline_ms - now())
      if (left_ms() === 0) return refusal(EXPIRED)
      const { promise, resolve, reject } = Promise.withResolvers<PrintOutcome>()
      const refuse = (fault: Fault): void => {
        clearTimeout(late)
        waiting.delete(refuse)
        resolve(refusal(fault))
      }
      const late = setTimeout(refuse, Math.min(left_ms(), LONGEST_TIMER_MS), EXPIRED)
      waiting.add(refuse)
      inLine(async () => {
        if (!waiting.delete(refuse)) return
        clearTimeout(late)
        await connected(async (link) => {
          const outcome = await runJob(link, job, { left_ms, answers })
          if (outcome.outcome === 'unknown' && outcome.fault.code === 'no-answer')
            note({ state: 'faulty', fault: outcome.fault }, NOTHING_KNOWN)
          resolve(outcome)
        }, refuse)
      }).catch(reject)
      return await promise
    },
    status() {
      if (asking !== null) return asking
      if (underWay > 0 || closed) return Promise.resolve(report)
      asking = inLine(() =>
        connected(
          async (link) => void (await link.ask(ANSWER_MS).catch(faultOf)),
          () => undefined,
        ),
      )
        .then(() => report)
        .finally(() => (asking = null))
      return asking
    },
    state: () => report.state,
    async close() {
      closed = true
      for (const refuse of [...waiting]) refuse(CLOSED)
      link?.giveUp(CLOSED)
      await line
    },
  }
}

function refusal(fault: Fault): PrintOutcome {
  return { outcome: 'refused', fault, conditions: [] }
}

interface Language {
  readonly encode: (label: Bitmap) => Uint8Array
  readonly reader: () => StatusReader
}

function language({ kind, protocol, tspl, cut = 'full' }: PrinterOptions): Language {
  switch (protocol) {
    case 'zpl':
      return { encode: encodeZpl, reader: zplStatusReader }
    case 'tspl':
      return { encode: (label) => encodeTspl(label, tspl ?? USUAL_STOCK), reader: tsplStatusReader }
    case 'escpos':
      return {
        encode: (page) => (kind === 'receipt-printer' ? encodeReceipt(page, cut) : encodeEscpos(page, cut)),
        reader: escposStatusReader,
      }
    case 'star':
      return { encode: (page) => encodeStar(page, cut), reader: starStatusReader }
  }
}
