/** What stores' doors saw and nobody has acknowledged, for who is signed in; every desk screen shows it, and a new one is heard. */

import type { ShownAlarm } from '../../server/custody/protocol.ts'
import { api, speaker } from '../page.svelte.ts'

class Alarms {
  open = $state.raw<readonly ShownAlarm[]>([])
  #person: string | null = null
  /** What was there when the page opened was heard before. */
  #heard: ReadonlySet<string> | null = null

  watchFor(person: string): void {
    if (this.#person === person) return
    this.close()
    this.#person = person
  }

  async load(): Promise<void> {
    const person = this.#person
    const answer = await api.all<{ readonly alarms: readonly ShownAlarm[] }>('/api/alarms', 'alarms')
    if (answer.kind !== 'done' || person === null || person !== this.#person) return
    const { alarms } = answer.body
    if (this.#heard !== null && alarms.some(({ id }) => !this.#heard?.has(id))) speaker.play('alarm')
    this.#heard = new Set(alarms.map(({ id }) => id))
    this.open = alarms
  }

  close(): void {
    this.#person = null
    this.#heard = null
    this.open = []
  }
}

export const alarms = new Alarms()
