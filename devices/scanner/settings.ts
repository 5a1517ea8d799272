import type { DeviceConfig } from '../reading.ts'
import type { LineScannerOptions } from './line-scanner.ts'
import { MULTI_DROP_MAX } from './multi-drop.ts'
import type { MultiDropScannerOptions } from './multi-drop-scanner.ts'
import type { SsiScannerOptions } from './ssi-scanner.ts'
import type { TellerOptions } from './teller.ts'

const GAP_MS = { least: 10, most: 1000 }
const REPEAT_MS_MAX = 10_000

/** What is wrong with the settings of a scanner (or of a badge reader that speaks like one), in words; null when nothing is. */
export function wrongScannerSettings(config: DeviceConfig): string | null {
  const { protocol, terminator, lrc, gap_ms, repeat_ms, payload_offset, commands } = config
  const inLines = protocol === 'line' || protocol === 'newland'
  if (!inLines && terminator !== undefined) return `terminator is not for ${protocol}`
  if (protocol !== 'line')
    for (const [name, value] of Object.entries({ lrc, gap_ms, commands }))
      if (value !== undefined) return `${name} is not for ${protocol}`
  if (protocol !== 'ssi' && payload_offset !== undefined) return `payload_offset is not for ${protocol}`
  const { address = 1 } = config
  if (protocol === 'multi-drop' && !(Number.isInteger(address) && address >= 1 && address <= MULTI_DROP_MAX))
    return `address must be 1 to ${MULTI_DROP_MAX}`
  if (lrc === true && terminator !== undefined && terminator !== 'etx') return 'lrc needs the terminator etx'
  if (gap_ms !== undefined && terminator !== undefined && terminator !== 'none')
    return 'gap_ms needs the terminator none'
  if (gap_ms !== undefined && lrc === true) return 'gap_ms and lrc exclude each other'
  if (gap_ms !== undefined && !(gap_ms >= GAP_MS.least && gap_ms <= GAP_MS.most))
    return `gap_ms must be ${GAP_MS.least} to ${GAP_MS.most}`
  if (repeat_ms !== undefined && !(repeat_ms >= 0 && repeat_ms <= REPEAT_MS_MAX))
    return `repeat_ms must be 0 to ${REPEAT_MS_MAX}`
  return null
}

/** The settings of a scanner in line mode, those that follow from others filled in. */
export function lineSettings(config: DeviceConfig): LineScannerOptions {
  const { lrc = false, gap_ms, commands } = config
  const terminator = config.terminator ?? (lrc ? 'etx' : gap_ms === undefined ? 'any' : 'none')
  return {
    terminator,
    lrc,
    ...(gap_ms === undefined ? {} : { gap_ms }),
    ...(commands === undefined ? {} : { commands }),
    ...tellerSettings(config),
  }
}

/** What a scanner of any protocol may be told; what is not set stays with the defaults of who reads it. */
export function tellerSettings({ repeat_ms, gs1 }: DeviceConfig): TellerOptions {
  return { ...(repeat_ms === undefined ? {} : { repeat_ms }), ...(gs1 === undefined ? {} : { gs1 }) }
}

/** `payload_offset` of the stations file is `payloadOffset` to the driver: how many bytes stand before the code in a decode message. */
export function ssiSettings(config: DeviceConfig): SsiScannerOptions {
  const { payload_offset } = config
  return { ...(payload_offset === undefined ? {} : { payloadOffset: payload_offset }), ...tellerSettings(config) }
}

/** The settings of a polled scanner; the first one on its line when its address is not said. */
export function multiDropSettings(config: DeviceConfig): MultiDropScannerOptions {
  const { address = 1, family, lrc_covers } = config
  return {
    address,
    ...(family === undefined ? {} : { family }),
    ...(lrc_covers === undefined ? {} : { lrc_covers }),
    ...tellerSettings(config),
  }
}
