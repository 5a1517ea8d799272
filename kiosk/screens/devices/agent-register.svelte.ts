/** The other PCs and their devices as they are now: asked for again and again, because they come and go by themselves. */

import type { AgentRow } from '../../../server/agents/protocol.ts'
import type { DeviceRow } from '../../../server/stations/protocol.ts'
import { Reading } from '../../custody/reading.svelte.ts'
import { api } from '../../page.svelte.ts'
import { portPrefix } from './agents.ts'

const LOOK_MS = 1_000

export class AgentRegister {
  readonly agents = new Reading(() => api.all<{ readonly agents: readonly AgentRow[] }>('/api/agents', 'agents'))
  readonly devices = new Reading(() => api.all<{ readonly devices: readonly DeviceRow[] }>('/api/devices', 'devices'))
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor() {
    void this.#look()
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer)
    if (!document.hidden) await this.load()
    if (!this.#closed) this.#timer = setTimeout(() => void this.#look(), LOOK_MS)
  }

  async load(): Promise<void> {
    await Promise.all([this.agents.load(), this.devices.load()])
  }

  rowOf(name: string): AgentRow | null {
    return this.agents.body?.agents.find((one) => one.name === name) ?? null
  }

  devicesOf(name: string): readonly DeviceRow[] {
    return this.devices.body?.devices.filter(({ port }) => port.startsWith(portPrefix(name))) ?? []
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }
}
