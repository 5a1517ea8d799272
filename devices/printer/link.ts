import type { Frame } from '../framing.ts'
import { PortClosed, type OpenPort } from '../port.ts'
import type { Fault } from '../reading.ts'
import type { PrinterStatus, StatusReader } from './status.ts'

/** How long a status question may stay unanswered. A serial answer takes a tenth of a second; a printer may sleep, and we may be busy. */
export const ANSWER_MS = 2000

/** One connection to a printer, over which one job is sent. Every method rejects with `PortClosed` once the connection is lost. */
export interface PrinterLink {
  /** Makes the printer's status say busy until it has done what it was sent before. */
  mark(patience_ms: number): Promise<void>
  /** Asks how the printer is; null when it did not answer within `ANSWER_MS` or `patience_ms`, whichever is shorter. */
  ask(patience_ms: number): Promise<PrinterStatus | null>
  /** Sends a job; answers to questions asked before it no longer count. */
  send(job: Uint8Array, patience_ms: number): Promise<void>
  /** The fault of a printer that gave no status at all on this link, or sent something else instead; null when it gave one. */
  silence(): Fault | null
  /** Why the connection is lost, or null while it stands. */
  lost(): Fault | null
  /** Makes everything that waits on this link reject with this fault. */
  giveUp(fault: Fault): void
  close(): Promise<void>
}

/** Connects to a printer, or rejects with `PortClosed`. Every status it gives goes to `onStatus` too. */
export async function openLink(
  openPort: OpenPort,
  address: string,
  reader: StatusReader,
  onStatus: (status: PrinterStatus) => void,
): Promise<PrinterLink> {
  const loss = Promise.withResolvers<never>()
  loss.promise.catch(() => undefined)
  let lost: Fault | null = null
  let silence: Fault | null = { code: 'no-answer', detail: 'no status' }
  let asked = 0
  let answered = 0
  let stale = 0
  let waiting: ((status: PrinterStatus) => void) | null = null

  function take(frames: readonly Frame<PrinterStatus>[]): void {
    for (const { meaning, fault } of frames) {
      if (fault !== null) {
        if (answered === 0) silence = fault
        continue
      }
      answered += 1
      silence = null
      onStatus(meaning)
      if (stale > 0) stale -= 1
      else waiting?.(meaning)
    }
  }

  function giveUp(fault: Fault): void {
    lost ??= fault
    loss.reject(new PortClosed(lost))
  }

  const port = await openPort(address, {
    onBytes: (bytes) => take(reader.push(bytes)),
    onClose: (fault) => {
      take(reader.end())
      giveUp(fault ?? { code: 'port-gone', detail: 'closed' })
    },
  })

  /** A write may know of the loss before the port is closed. */
  async function write(bytes: Uint8Array, patience_ms: number): Promise<void> {
    try {
      await port.write(bytes, patience_ms)
    } catch (error) {
      if (error instanceof PortClosed) giveUp(error.fault)
      throw error
    }
  }

  return {
    async mark(patience_ms) {
      const barrier = reader.barrier()
      if (barrier.length > 0) await Promise.race([write(barrier, patience_ms), loss.promise])
    },
    async ask(patience_ms) {
      const { promise: answer, resolve } = Promise.withResolvers<PrinterStatus | null>()
      waiting = resolve
      asked += 1
      const late = setTimeout(resolve, Math.min(ANSWER_MS, patience_ms), null)
      try {
        return await Promise.race([write(reader.ask(), patience_ms).then(() => answer), answer, loss.promise])
      } finally {
        clearTimeout(late)
        waiting = null
      }
    },
    async send(job, patience_ms) {
      stale = Math.max(0, asked - answered)
      await Promise.race([write(Buffer.concat([job, reader.barrier()]), patience_ms), loss.promise])
    },
    silence: () => silence,
    lost: () => lost,
    giveUp,
    close: () => port.close(),
  }
}
