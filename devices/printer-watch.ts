import { setTimeout as pause } from 'node:timers/promises'
import type { PrinterDriver } from './printer/driver.ts'

/** A printer is asked this often how it is, so that an open head is on the screen before anyone prints, and a pulled plug within 3 s. */
const ASK_MS = 1500

/** Asks a printer again and again until stopped; the answers reach whoever listens to the printer's state. */
export function watchPrinter(printer: PrinterDriver): { stop(): void } {
  const stopping = new AbortController()
  void watch()
  return { stop: () => stopping.abort() }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await printer.status()
      await pause(ASK_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
}
