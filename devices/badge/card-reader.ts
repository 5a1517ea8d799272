import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import type { Frame } from '../framing.ts'
import { repeatWindow } from '../repeats.ts'
import { cardFramer } from './frame.ts'

/** A reader sends a card some ten times a second while it lies there; gone for this long, it was taken away. */
const AWAY_MS = 1000

/** A card reader of the RDM6300 kind. A card that stays on it is read once, and each further frame is told as a repeat. It answers nothing: an open port is all the evidence that it is well. */
export function cardReader(outlet: DriverOutlet): DeviceDriver {
  const framer = cardFramer()
  const lying = repeatWindow(AWAY_MS)

  function tell({ raw, meaning, fault }: Frame<string>): void {
    if (meaning === null) {
      outlet.reading(raw, { kind: 'fault', fault })
      return
    }
    const at_ms = performance.now()
    const repeats = lying.repeated(meaning, at_ms)
    const id = outlet.reading(raw, { kind: 'badge', badge: meaning, repeats })
    if (repeats === null) lying.saw(meaning, id, at_ms)
  }

  return {
    opened: () => outlet.health(null),
    bytes: (bytes) => framer.push(bytes).forEach(tell),
    closed: () => framer.end().forEach(tell),
  }
}
