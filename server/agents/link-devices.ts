import type { DeviceReport } from '../../devices/reading.ts'
import type { Db } from '../database/connect.ts'
import type { Log } from '../database/log.ts'
import { AWAY } from './orders.ts'
import type { Endpoint } from './records.ts'
import { type FarDevice, leaveFarDevices, writeFarDevices } from './states.ts'

/** That something was seen; of a ballot nothing more. */
export interface Seen {
  readonly station: string
  readonly device: string
  readonly at: string
  readonly value: { readonly kind: string }
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
  readonly #devices = new Map<string, FarDevice>()
  /** One writing after the other: a later state is never overwritten by an earlier one. */
  #writing: Promise<unknown> = Promise.resolve()

  constructor(options: LinkDevicesOptions) {
    this.#options = options
  }

  #of(station: string, device: string): FarDevice {
    const key = `${station} ${device}`
    const known = this.#devices.get(key)
    if (known !== undefined) return known
    const one: FarDevice = {
      ...{ station, device, state: { state: 'opening' }, changedAt: this.#options.now() },
      ...{ lastReadingAt: null, readings: 0, faults: 0 },
    }
    this.#devices.set(key, one)
    return one
  }

  /** It has seen something. */
  saw({ station, device, at, value }: Seen): void {
    this.#count(station, device, at, value.kind === 'fault' ? 'faults' : 'readings', 1)
  }

  /** So many reads of a tag. */
  sawTags(station: string, device: string, at: string, reads: number): void {
    this.#count(station, device, at, 'readings', reads)
  }

  #count(station: string, device: string, at: string, what: 'readings' | 'faults', by: number): void {
    const one = this.#of(station, device)
    one.lastReadingAt = at
    one[what] += by
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
      for (const one of this.#devices.values()) Object.assign(one, { readings: 0, faults: 0 })
      try {
        await writeFarDevices(db, endpoint, link, rows, now())
      } catch (error) {
        for (const { station, device, readings, faults } of rows) {
          const one = this.#of(station, device)
          one.readings += readings
          one.faults += faults
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
