import { setTimeout as pause } from 'node:timers/promises'
import type { DeviceState } from '../reading.ts'
import type { OfficePrinter } from './office-printer.ts'

/** An office printer is asked this often how it is: often enough for the devices page, seldom enough to let it sleep. */
const ASK_MS = 30_000

/** Asks a printer again and again until stopped, and tells each change. */
export function watchOffice(
  printer: Pick<OfficePrinter, 'status'>,
  onState: (state: DeviceState) => void,
): { stop(): void } {
  const stopping = new AbortController()
  void watch()
  return { stop: () => stopping.abort() }

  async function watch(): Promise<void> {
    let told = ''
    while (!stopping.signal.aborted) {
      const state = await printer.status()
      const said = JSON.stringify(state)
      if (said !== told && !stopping.signal.aborted) onState(state)
      told = said
      await pause(ASK_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
}
