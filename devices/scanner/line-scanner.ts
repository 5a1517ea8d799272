import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import { repeatWindow } from '../repeats.ts'
import { lineFramer, type LineOptions, type Scan } from './line.ts'
import { silenceWatch } from './silence.ts'

/** No scanner pauses this long inside a code; what comes after belongs to another. */
const CUT_MS = 2000
/** The same code from the same device within this time is one pull of the trigger. */
export const REPEAT_MS = 800

export interface LineScannerOptions {
  readonly lrc?: boolean
  /** Set for a scanner without a suffix: the silence that ends a line. */
  readonly gap_ms?: number
}

/** A scanner in plain line mode. It answers nothing, so an open port is all the evidence there is that it is well. */
export function lineScanner(outlet: DriverOutlet, { lrc, gap_ms }: LineScannerOptions = {}): DeviceDriver {
  const options: LineOptions = { lrc: lrc ?? false, silenceEnds: gap_ms !== undefined }
  const framer = lineFramer(options)
  const repeats = repeatWindow(REPEAT_MS)
  const silence = silenceWatch(gap_ms ?? CUT_MS, () => framer.silence().forEach(tell))

  function tell({ raw, meaning, fault }: Frame<Scan>): void {
    if (meaning === null) {
      outlet.reading(raw, { kind: 'fault', fault })
      return
    }
    const key = `${meaning.symbology}\0${meaning.text}`
    const at_ms = performance.now()
    const repeated = repeats.repeated(key, at_ms)
    const id = outlet.reading(raw, { kind: 'scan', ...meaning, repeats: repeated })
    if (repeated === null) repeats.saw(key, id, at_ms)
  }

  return {
    opened: () => outlet.health(null),
    bytes(bytes) {
      framer.push(bytes).forEach(tell)
      silence.heard(framer.begun())
    },
    closed() {
      silence.stop()
      framer.end().forEach(tell)
    },
  }
}
