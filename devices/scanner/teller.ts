import type { DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import { repeatWindow } from '../repeats.ts'
import { isGs1Symbology, parseGs1 } from './gs1.ts'
import type { Scan } from './scan.ts'

/** The same code from the same device within this time is one pull of the trigger. */
export const REPEAT_MS = 800

export interface TellerOptions {
  /** See `REPEAT_MS`. */
  readonly repeat_ms?: number
  /** Codes without a symbology identifier are GS1 element strings where they are sound ones. */
  readonly gs1?: boolean
}

/** Makes readings of what a scanner's framer gives, whatever the protocol: faults as they are, scans with repeats named and GS1 taken apart. */
export function scanTeller(outlet: DriverOutlet, { repeat_ms = REPEAT_MS, gs1 = false }: TellerOptions) {
  const repeats = repeatWindow(repeat_ms)

  function gs1Of({ text, symbology }: Scan) {
    if (isGs1Symbology(symbology)) return { gs1: parseGs1(text) }
    if (!gs1 || symbology !== null) return {}
    const message = parseGs1(text)
    return message.sound ? { gs1: message } : {}
  }

  return function tell({ raw, meaning, fault }: Frame<Scan>): void {
    if (meaning === null) {
      outlet.reading(raw, { kind: 'fault', fault })
      return
    }
    const key = `${meaning.symbology}\0${meaning.text}`
    const at_ms = performance.now()
    const repeated = repeats.repeated(key, at_ms)
    const { text, symbology } = meaning
    const id = outlet.reading(raw, { kind: 'scan', text, symbology, repeats: repeated, ...gs1Of(meaning) })
    if (repeated === null) repeats.saw(key, id, at_ms)
  }
}

/** Hands what a framer's noise counter grew by on to the device's counts. */
export function noiseCount(outlet: DriverOutlet, framer: { noiseBytes(): number }) {
  let told = 0
  return function countNoise(): void {
    const by = framer.noiseBytes() - told
    if (by === 0) return
    told += by
    outlet.count('noise_bytes', by)
  }
}
