import type { DeviceConfig } from '../reading.ts'
import type { RfidSettings } from './reader.ts'

export const RFID_PROTOCOLS = ['llrp', 'a0', 'bb', 'uhfreader18'] as const
export type RfidProtocol = (typeof RFID_PROTOCOLS)[number]

/** What each family can be set to. UHFReader18 and the modules of BB have one antenna each that they could be told to use. */
const LIMITS: Readonly<
  Record<RfidProtocol, { readonly antennas: number; readonly power_dbm: readonly [number, number] }>
> = {
  llrp: { antennas: 64, power_dbm: [0, 36] },
  a0: { antennas: 8, power_dbm: [0, 33] },
  bb: { antennas: 1, power_dbm: [5, 30] },
  uhfreader18: { antennas: 1, power_dbm: [0, 30] },
}
/** Steps that a power can be set in. */
const WHOLE_DBM: readonly RfidProtocol[] = ['a0', 'uhfreader18']

export type RfidOptions =
  | { readonly protocol: RfidProtocol; readonly settings: RfidSettings; readonly wrong: null }
  | { readonly protocol: null; readonly settings: null; readonly wrong: string }

/** The settings of a reader as a configuration says them, or what is wrong with it, by the name of the field. Nothing is repaired. */
export function rfidOptions(config: DeviceConfig): RfidOptions {
  const protocol = RFID_PROTOCOLS.find((one) => one === config.protocol)
  if (protocol === undefined) return wrong(`protocol: ${config.protocol} is none of ${RFID_PROTOCOLS.join(' ')}`)
  const { antennas = [1], power_dbm = null, role = 'desk', records = 'epc' } = config
  const limits = LIMITS[protocol]
  if (antennas.length === 0 || new Set(antennas).size !== antennas.length)
    return wrong('antennas: at least one, each once')
  if (antennas.some((antenna) => !Number.isInteger(antenna) || antenna < 1 || antenna > limits.antennas))
    return wrong(`antennas: ${protocol} has 1 to ${limits.antennas}`)
  const [least, most] = limits.power_dbm
  if (power_dbm !== null && !(power_dbm >= least && power_dbm <= most))
    return wrong(`power_dbm: ${protocol} takes ${least} to ${most}`)
  if (power_dbm !== null && WHOLE_DBM.includes(protocol) && !Number.isInteger(power_dbm))
    return wrong(`power_dbm: ${protocol} takes whole dBm`)
  if (!['desk', 'gate', 'handheld'].includes(role)) return wrong('role: desk, gate or handheld')
  if (role === 'gate' && antennas.length < 2) return wrong('antennas: a gate has two or more')
  if (!['epc', 'epc-rssi', 'antenna-epc-rssi'].includes(records))
    return wrong('records: epc, epc-rssi or antenna-epc-rssi')
  if (config.records !== undefined && protocol !== 'uhfreader18') return wrong('records: only uhfreader18 has them')
  return { protocol, settings: { antennas, power_dbm, role, records }, wrong: null }
}

function wrong(why: string): RfidOptions {
  return { protocol: null, settings: null, wrong: why }
}
