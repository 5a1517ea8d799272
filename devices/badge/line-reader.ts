import type { DeviceDriver, DriverOutlet } from '../driver.ts'
import type { Fault } from '../reading.ts'
import { lineScanner, type LineScannerOptions } from '../scanner/line-scanner.ts'
import { wiegandNumber, type WiegandSettings } from './wiegand.ts'

const NO_CARD: Fault = { code: 'protocol', detail: 'no card number of the form that is configured' }

/**
 * A badge reader that speaks like a scanner: the line is the badge's number, whatever symbol or chip it was read from. A badge that is
 * shown on and on is read once, and each further sight is told as a repeat.
 * Behind a Wiegand converter the badge is the card's number, however the converter writes it.
 */
export function lineBadgeReader(
  outlet: DriverOutlet,
  options: LineScannerOptions = {},
  wiegand: WiegandSettings | null = null,
): DeviceDriver {
  return lineScanner(
    {
      ...outlet,
      reading(raw, value) {
        if (value.kind !== 'scan') return outlet.reading(raw, value)
        const badge = wiegand === null ? value.text : wiegandNumber(value.text, wiegand)
        if (badge === null) return outlet.reading(raw, { kind: 'fault', fault: NO_CARD })
        return outlet.reading(raw, { kind: 'badge', badge, repeats: value.repeats ?? null })
      },
    },
    options,
  )
}
