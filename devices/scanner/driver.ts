import type { DriverOutlet } from '../driver.ts'
import type { DeviceConfig } from '../reading.ts'
import { lineScanner } from './line-scanner.ts'
import { ssiScanner } from './ssi-scanner.ts'
import type { Scanner } from './scanner.ts'
import { lineSettings, tellerSettings } from './settings.ts'

/** What drives a scanner of this configuration (whose settings are sound); null for a protocol that has no driver. */
export function scannerDriver(config: DeviceConfig): ((outlet: DriverOutlet) => Scanner) | null {
  switch (config.protocol) {
    case 'ssi': {
      const { payload_offset } = config
      const options = {
        ...tellerSettings(config),
        ...(payload_offset === undefined ? {} : { payloadOffset: payload_offset }),
      }
      return (outlet) => ssiScanner(outlet, options)
    }
    case 'line':
      return (outlet) => lineScanner(outlet, lineSettings(config))
    default:
      return null
  }
}
