import { type Counted, DRIVER_COUNTS } from '../../devices/counts-since.ts'
import type { DeviceReport } from '../../devices/reading.ts'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { type DeviceCounted, nothing } from '../stations/device-states.ts'
import type { ShownReading } from '../stations/protocol-devices.ts'
import { AWAY } from './orders.ts'
import type { Endpoint } from './records.ts'
import { leaveFarDevices, writeFarDevices } from './states.ts'

/** What a device saw, as it may be shown. */
export interface Seen {
  readonly station: string
  readonly device: string
  readonly shown: ShownReading
}

export interface LinkDevicesOptions {
  readonly db: Db
  readonly log: Log
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
  readonly endpoint: Endpoint
  /** Names the connection. */
  readonly link: string
}

/** How the devices behind one joined agent are and what they have counted, until it is written where the other devices stand. */
export class LinkDevices {
  readonly #options: LinkDevicesOptions
  readonly #devices = new Map<string, DeviceCounted>()
  /** One writing after the other: a later state is never overwritten by an earlier one. */
  #writing: Promise<unknown> = Promise.resolve()

  constructor(options: LinkDevicesOptions) {
    this.#options = options
  }

  #of(station: string, device: string): DeviceCounted {
    const key = `${station} ${device}`
    const known = this.#devices.get(key)
    if (known !== undefined) return known
    const one: DeviceCounted = {
      ...{ station, device, state: { state: 'opening' }, changedAt: this.#options.now() },
      ...{ lastReadingAt: null, lastReading: null, tally: nothing() },
    }
    this.#devices.set(key, one)
    return one
  }

  /** It has seen something, so many times. Of a rater's press it is kept that it was, and nothing of it. */
  saw({ station, device, shown }: Seen, times = 1): void {
    const one = this.#of(station, device)
    one.lastReadingAt = shown.at
    one.lastReading = shown.kind === 'press' ? null : shown
    one.tally[shown.kind === 'fault' ? 'faults' : 'readings'] += times
  }

  /** Its driver has counted. */
  counted({ station, device, counts }: Counted): void {
    const { tally } = this.#of(station, device)
    for (const name of DRIVER_COUNTS) tally[name] += counts[name]
  }

  /** The agent says how they are. */
  said(reports: readonly DeviceReport[]): void {
    for (const { station, device, state } of reports)
      Object.assign(this.#of(station, device), { state, changedAt: this.#options.now() })
  }

  /** Writes them soon, after what is being written; what cannot be written now goes with the next writing. */
  write(): void {
    this.#writing = this.#writing.then(async () => {
      const { db, log, now, endpoint, link } = this.#options
      const rows = [...this.#devices.values()].map((one) => ({ ...one }))
      // Taken out before they are written: what is counted meanwhile belongs to the next writing.
      for (const one of this.#devices.values()) one.tally = nothing()
      try {
        await writeFarDevices(db, endpoint, link, rows, now())
      } catch (error) {
        for (const { station, device, tally } of rows) {
          const one = this.#of(station, device)
          for (const name of Object.keys(tally) as (keyof typeof tally)[]) one.tally[name] += tally[name]
        }
        log.warn({ err: error }, 'devices of an agent could not be written; the next round tries again')
      }
    })
  }

  /** The connection has ended: all are gone. False when another one speaks for the agent by now. */
  async leave(): Promise<boolean> {
    const { db, now, endpoint, link } = this.#options
    for (const one of this.#devices.values())
      Object.assign(one, { state: { state: 'gone', fault: AWAY }, changedAt: now() })
    await this.#writing
    return leaveFarDevices(db, endpoint, link, [...this.#devices.values()], now())
  }
}
