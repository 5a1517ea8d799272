import { setTimeout as pause } from 'node:timers/promises'
import { PortClosed } from '../port.ts'
import type { Fault, PrinterCondition, PrintOutcome } from '../reading.ts'
import { conditionWords } from './condition-words.ts'
import { ANSWER_MS, type PrinterLink } from './link.ts'
import { isFree, stopping, type PrinterStatus } from './status.ts'

/** Between two questions to a printer that is at work. */
const POLL_MS = 50
/** A printer may say that it has nothing to do between reading a job and moving the paper, so it must say so this often in a row. */
const FREE_ANSWERS = 2

/** The printer spoke only after its silence had been taken for an answer. */
const LATE_ANSWER: Fault = { code: 'no-answer', detail: 'no status before the job' }

export interface JobTerms {
  /** The time the job still has. */
  readonly left_ms: () => number
  /** Whether this printer ever answered a question, on whatever link: its silence then says that it is late, not that it cannot. */
  readonly answers: boolean
}

/**
 * Sends one job over a fresh link and says what became of it. Nothing is sent unless the printer is free, or has never answered a question at
 * all: many label printers cannot, and to those a job is sent on trust and ends as `unknown`. One that has answered before is asked until it
 * answers again, and refused the job when it does not do so in time.
 * Once the first byte may have left, everything but two answers in a row that nothing is left to do ends as `unknown`. A condition that
 * stops the printer after the job was sent ends it at once: what is on the paper is then for a person to see, also if the printer goes on
 * by itself after the paper is back. Nothing is ever sent twice.
 */
export async function runJob(link: PrinterLink, job: Uint8Array, terms: JobTerms): Promise<PrintOutcome> {
  const { left_ms } = terms
  let answers: boolean
  try {
    const before = await whenFree(link, terms)
    if (typeof before === 'object') return before
    answers = before
  } catch (error) {
    return { outcome: 'refused', fault: faultOf(error), conditions: [] }
  }
  try {
    await link.send(job, left_ms())
    if (answers) return await whenDone(link, left_ms)
    return { outcome: 'unknown', fault: link.silence() ?? LATE_ANSWER, conditions: [] }
  } catch (error) {
    return { outcome: 'unknown', fault: faultOf(error), conditions: [] }
  }
}

/** True when the printer says that it is free, false when it says nothing and never has; else the refusal. */
async function whenFree(link: PrinterLink, { left_ms, answers }: JobTerms): Promise<boolean | PrintOutcome> {
  let last: PrinterStatus | null = null
  await link.mark(left_ms())
  for (;;) {
    const status = await link.ask(left_ms())
    const fault = link.lost()
    if (fault !== null) throw new PortClosed(fault)
    last = status ?? last
    if (left_ms() <= 0) return expired(last)
    if (status === null && last === null && !answers) return false
    if (status !== null) {
      const stops = stopping(status)
      if (stops.length > 0) return { outcome: 'refused', fault: conditionFault(stops), conditions: status.conditions }
      if (isFree(status)) return true
    } else await link.mark(left_ms()) // What was lost may be the answer to the mark.
    await pause(Math.min(POLL_MS, left_ms()))
  }
}

async function whenDone(link: PrinterLink, left_ms: () => number): Promise<PrintOutcome> {
  let last: PrinterStatus | null = null
  for (let free = 0; left_ms() > 0;) {
    const hasTime = left_ms() >= ANSWER_MS
    const status = await link.ask(left_ms())
    if (status !== null || hasTime) last = status
    if (status !== null) {
      const stops = stopping(status)
      if (stops.length > 0) return { outcome: 'unknown', fault: conditionFault(stops), conditions: status.conditions }
      free = isFree(status) ? free + 1 : 0
      if (free === FREE_ANSWERS) return { outcome: 'printed' }
    }
    await pause(Math.min(POLL_MS, left_ms()))
  }
  const fault: Fault =
    last === null
      ? { code: 'no-answer', detail: 'no status after the job was sent' }
      : { code: 'device-error', detail: 'not done before the deadline of the job' }
  return { outcome: 'unknown', fault, conditions: last?.conditions ?? [] }
}

function expired(last: PrinterStatus | null): PrintOutcome {
  const fault: Fault =
    last === null
      ? { code: 'no-answer', detail: 'no status before the deadline of the job' }
      : { code: 'device-error', detail: 'not free before the deadline of the job' }
  return { outcome: 'refused', fault, conditions: last?.conditions ?? [] }
}

/** The printer is ill with these; there must be at least one. */
export function conditionFault(conditions: readonly PrinterCondition[]): Fault {
  return { code: 'device-error', detail: conditions.join(' '), words: conditionWords(conditions) }
}

/** The fault of a lost port; anything else is a bug and rises. */
export function faultOf(error: unknown): Fault {
  if (error instanceof PortClosed) return error.fault
  throw error
}
