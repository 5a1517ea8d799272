import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import { lineScanner, type LineScannerOptions } from '../scanner/line-scanner.ts'

/**
 * A badge reader that speaks like a scanner: the line is the badge's number, whatever symbol or chip it was read from. A badge that is
 * shown on and on is read once, and each further sight is told as a repeat.
 */
export function lineBadgeReader(outlet: DriverOutlet, options: LineScannerOptions = {}): DeviceDriver {
  return lineScanner(
    {
      ...outlet,
      reading(raw, value) {
        if (value.kind !== 'scan') return outlet.reading(raw, value)
        return outlet.reading(raw, { kind: 'badge', badge: value.text, repeats: value.repeats ?? null })
      },
    },
    options,
  )
}
