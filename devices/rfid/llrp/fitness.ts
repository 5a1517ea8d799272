import type { Fault } from '../../reading.ts'
import { antennaFault } from '../error-words.ts'
import type { RfidSettings } from '../reader.ts'
import type { Capabilities } from './answers.ts'

/** Why a reader cannot do what the settings want of it. */
export function unfit(capabilities: Capabilities | null, { antennas, power_dbm }: RfidSettings): Fault | null {
  if (capabilities === null) return { code: 'protocol', detail: 'the reader does not say what it can do' }
  const missing = antennas.find((antenna) => antenna > capabilities.antennas)
  if (missing !== undefined) return antennaFault(missing)
  if (power_dbm === null || powerIndex(capabilities, power_dbm) !== null) return null
  const words = { zh: '读写器没有这么低的发射功率', en: 'The reader has no power as low as that' }
  return { code: 'device-error', detail: `no power of ${power_dbm} dBm or less`, words }
}

/** The strongest power of the reader's table that is not more than was asked for. */
export function powerIndex(capabilities: Capabilities | null, power_dbm: number | null): number | null {
  if (capabilities === null || power_dbm === null) return null
  const fitting = capabilities.powers.filter((one) => one.power_dbm <= power_dbm)
  return fitting.sort((a, b) => b.power_dbm - a.power_dbm)[0]?.index ?? null
}
