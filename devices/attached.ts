import { openDevice, type Device } from './device.ts'
import type { Counters, KeypadEvent } from './keypad/counters.ts'
import { openPort } from './port.ts'
import type {
  DeviceConfig,
  DeviceCounts,
  DeviceReport,
  Fault,
  Reading,
  ReadingValue,
  StationConfig,
  TagReading,
} from './reading.ts'
import { hangsOnLine, type OpenShared } from './shared-line.ts'

export interface StationsOptions {
  /** Called in the order in which each device saw things. A reading that was asked for (`weigh`) goes to the asker alone. */
  readonly onReading: (reading: Reading) => void
  /** Called for the tags that RFID readers see; see `TagSeen` for what one of these stands for. Absent where nobody counts tags. */
  readonly onTag?: (reading: TagReading) => void
  /**
   * Called in order for what happens at keypads; no press is ever a reading. Of a press that counts, what it returns resolves when the vote is kept:
   * then the pad says thank you. Absent where nobody is rated.
   */
  readonly onKeypad?: (event: KeypadEvent) => Promise<void> | void
  /** Called for each change of a device, first with `opening`, also before `openStations` returns. */
  readonly onState: (report: DeviceReport) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A UUIDv7 of this moment. */
  readonly newId: (at_ms: number) => string
}

/** A device that is kept open for a station. */
export interface Attached {
  readonly station: string
  readonly config: DeviceConfig
  readonly device: Device
  report(): DeviceReport
  counts(): DeviceCounts
  /** Makes a reading of this device, and tells nobody. */
  reading(raw: Uint8Array, value: ReadingValue): Reading
  close(): Promise<void>
}

/** A device of a station as it is to be. */
export interface Wanted {
  readonly station: string
  readonly config: DeviceConfig
}

/** The devices of these stations by all that is said of each: a device whose key stays is the same device. */
export function wantedDevices(stations: readonly StationConfig[]): Map<string, Wanted> {
  return new Map(
    stations.flatMap(({ id, devices }) =>
      devices.map((config) => [JSON.stringify([id, Object.entries(config).sort()]), { station: id, config }] as const),
    ),
  )
}

/** Opens one device and keeps it open; what it sees is told with its name, and nothing after it was closed. */
export function attachDevice(
  station: string,
  config: DeviceConfig,
  options: StationsOptions,
  openShared: OpenShared,
  counters: Counters,
): Attached {
  const { now } = options
  const named = { station, device: config.id, deviceKind: config.kind }
  let report: DeviceReport = { ...named, at: moment(now()), state: { state: 'opening' } }
  const counts = { readings: 0, faults: 0, repeats: 0, retransmitted: 0, damaged: 0, noise_bytes: 0 }
  let heard_ms = 0
  let dropped = false

  /** A reading is of the moment of its last byte, however late it is made of it. */
  function reading(raw: Uint8Array, value: ReadingValue): Reading {
    const at_ms = raw.length > 0 ? heard_ms : now()
    return { id: options.newId(at_ms), ...named, at: moment(at_ms), raw, value }
  }

  const device = openDevice(config, {
    now,
    openPort(address, events) {
      const heard = {
        onBytes(bytes: Uint8Array) {
          heard_ms = now()
          events.onBytes(bytes)
        },
        onClose: (fault: Fault | null) => events.onClose(fault),
      }
      return hangsOnLine(config)
        ? openShared(address, `${config.kind} ${config.address}`, heard)
        : openPort(address, heard, { watched: !tooBusyAtTimes(config) })
    },
    keypad: (limits) => counters.outlet(station, config.id, limits),
    onReading(raw, value) {
      const one = reading(raw, value)
      counts[value.kind === 'fault' ? 'faults' : 'readings'] += 1
      if ('repeats' in value && typeof value.repeats === 'string') counts.repeats += 1
      if (!dropped) options.onReading(one)
      return one.id
    },
    onTag(raw, seen) {
      counts.readings += 1
      if (!dropped)
        options.onTag?.({ id: options.newId(seen.last_ms), ...named, at: moment(seen.last_ms), raw, value: seen })
    },
    onCount(what, by) {
      counts[what] += by
    },
    onState(state) {
      if (dropped) return
      report = { ...named, at: moment(now()), state }
      options.onState(report)
    },
  })
  return {
    station,
    config,
    device,
    report: () => report,
    counts: () => ({ ...counts }),
    reading,
    close() {
      dropped = true
      return device.close()
    },
  }
}

/** Whether a device may be too busy to answer its network for seconds; such a one is asked in its own language whether it is there. */
function tooBusyAtTimes({ kind }: DeviceConfig): boolean {
  return kind === 'label-printer' || kind === 'receipt-printer' || kind === 'rfid'
}

/** RFC 3339, UTC, milliseconds. */
export function moment(at_ms: number): string {
  return new Date(at_ms).toISOString()
}
