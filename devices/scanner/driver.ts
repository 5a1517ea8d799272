import type { DriverOutlet } from '../driver.ts'
import type { DeviceConfig } from '../reading.ts'
import { honeywellScanner } from './honeywell-scanner.ts'
import { lineScanner } from './line-scanner.ts'
import { multiDropScanner } from './multi-drop-scanner.ts'
import { newlandScanner } from './newland-scanner.ts'
import type { Scanner } from './scanner.ts'
import { lineSettings, multiDropSettings, ssiSettings, tellerSettings } from './settings.ts'
import { ssiScanner } from './ssi-scanner.ts'

/** What drives a scanner of this configuration (whose settings are sound); null for a protocol that has no driver. */
export function scannerDriver(config: DeviceConfig): ((outlet: DriverOutlet) => Scanner) | null {
  switch (config.protocol) {
    case 'line':
      return (outlet) => lineScanner(outlet, lineSettings(config))
    case 'ssi':
      return (outlet) => ssiScanner(outlet, ssiSettings(config))
    case 'newland':
      return (outlet) => newlandScanner(outlet, lineSettings(config))
    case 'honeywell':
      return (outlet) => honeywellScanner(outlet, tellerSettings(config))
    case 'multi-drop':
      return (outlet) => multiDropScanner(outlet, multiDropSettings(config))
    default:
      return null
  }
}
