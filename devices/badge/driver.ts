import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import type { Frame, Framer } from '../framing.ts'
import { repeatWindow } from '../repeats.ts'
import { cardFramer } from './frame.ts'
import { badgeLineFramer } from './line.ts'

/** A reader sends a badge some ten times a second while it lies there; gone for this long, it was taken away. */
const AWAY_MS = 1000

/** A badge reader that sends each badge as a line. */
export function lineBadgeReader(outlet: DriverOutlet): DeviceDriver {
  return badgeReader(outlet, badgeLineFramer())
}

/** A badge reader of the RDM6300 kind. */
export function frameBadgeReader(outlet: DriverOutlet): DeviceDriver {
  return badgeReader(outlet, cardFramer())
}

/** A badge that stays on the reader is read once. A reader answers nothing: an open port is all the evidence that it is well. */
function badgeReader(outlet: DriverOutlet, framer: Framer<string>): DeviceDriver {
  const lying = repeatWindow(AWAY_MS)

  function tell({ raw, meaning, fault }: Frame<string>): void {
    if (meaning === null) {
      outlet.reading(raw, { kind: 'fault', fault })
      return
    }
    const at_ms = performance.now()
    if (lying.repeated(meaning, at_ms) !== null) return
    lying.saw(meaning, outlet.reading(raw, { kind: 'badge', badge: meaning }), at_ms)
  }

  return {
    opened: () => outlet.health(null),
    bytes: (bytes) => framer.push(bytes).forEach(tell),
    closed: () => framer.end().forEach(tell),
  }
}
