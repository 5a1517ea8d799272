/** The stations and their devices as they are now: asked for again and again, because devices come and go by themselves. */

import type { DeviceConfig } from '../../../devices/reading.ts'
import type { AgentRow } from '../../../server/agents/protocol.ts'
import type { DeviceKindView, DeviceRow, PluggedPort, StationKind } from '../../../server/stations/protocol.ts'
import type { Answer } from '../../api.ts'
import { Reading } from '../../custody/reading.svelte.ts'
import type { Deed } from '../../deed.ts'
import { api } from '../../page.svelte.ts'

const LOOK_MS = 1_000

export interface SetUp {
  readonly id: string
  readonly name: string
  readonly kind: StationKind
  readonly place: string
  readonly devices: readonly DeviceConfig[]
  readonly version: number
}

export class DeviceRegister {
  readonly stations = new Reading(() => api.all<{ readonly stations: readonly SetUp[] }>('/api/stations', 'stations'))
  readonly devices = new Reading(() => api.all<{ readonly devices: readonly DeviceRow[] }>('/api/devices', 'devices'))
  readonly kinds = new Reading(() => api.get<{ readonly kinds: readonly DeviceKindView[] }>('/api/devices/kinds'))
  /** What is plugged into the server; read for system administrators alone. */
  readonly ports = new Reading(() => api.get<{ readonly ports: readonly PluggedPort[] }>('/api/devices/ports'))
  /** Other PCs that devices may hang on; read for system administrators alone. */
  readonly agents = new Reading(() => api.all<{ readonly agents: readonly AgentRow[] }>('/api/agents', 'agents'))
  readonly #administers: boolean
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(administers: boolean) {
    this.#administers = administers
    void this.kinds.load()
    void this.#look()
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer)
    if (!document.hidden) await this.load()
    if (!this.#closed) this.#timer = setTimeout(() => void this.#look(), LOOK_MS)
  }

  async load(): Promise<void> {
    const more = this.#administers ? [this.ports.load(), this.agents.load()] : []
    await Promise.all([this.stations.load(), this.devices.load(), ...more])
  }

  rowOf(station: string, device: string): DeviceRow | null {
    return this.devices.body?.devices.find((one) => one.station === station && one.id === device) ?? null
  }

  /** Sets a station up with these devices, as long as nobody has changed it since `seen` was read. */
  async change(seen: SetUp, devices: readonly DeviceConfig[], deed: Deed): Promise<Answer<unknown>> {
    const { id, name, kind, place, version } = seen
    const body = { name, kind, place, devices, version }
    const answer = await api.write('PUT', `/api/stations/${encodeURIComponent(id)}`, body, deed)
    await this.load()
    return answer
  }

  async move(from: SetUp, device: string, to: SetUp, deed: Deed): Promise<Answer<unknown>> {
    const path = `/api/stations/${encodeURIComponent(from.id)}/devices/${encodeURIComponent(device)}/move`
    const body = { to: to.id, version: from.version, toVersion: to.version }
    const answer = await api.write('POST', path, body, deed)
    await this.load()
    return answer
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }
}
