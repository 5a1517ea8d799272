import type { Framer } from '../framing.ts'
import type { PrinterCondition } from '../reading.ts'

/** What a printer says of itself. */
export interface PrinterStatus {
  readonly conditions: readonly PrinterCondition[]
  /** It holds something that is not on paper yet. */
  readonly busy: boolean
}

/** One protocol's way to ask a printer how it is and to read what it answers. One reader a connection. */
export interface StatusReader extends Framer<PrinterStatus> {
  /** The bytes that ask. */
  ask(): Uint8Array
  /**
   * Bytes to send before and after a job, where a printer answers `ask` ahead of what it still has to do: until it has come to them, the
   * status says busy. Empty in a language whose status tells.
   */
  barrier(): Uint8Array
}

/** Conditions that pass by themselves, or by taking the printed label away: a job waits for them. All others need a person first. */
const PASSING: ReadonlySet<PrinterCondition> = new Set(['buffer-full', 'label-waiting'])

/** The conditions under which nothing can be printed until someone goes to the printer. */
export function stopping(status: PrinterStatus): readonly PrinterCondition[] {
  return status.conditions.filter((condition) => !PASSING.has(condition))
}

/** Whether the printer has nothing to do and nothing in its way. */
export function isFree(status: PrinterStatus): boolean {
  return !status.busy && status.conditions.length === 0
}
