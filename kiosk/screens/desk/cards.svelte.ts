/** The labels of a case's items, as far as they are known, and what becomes of those that were sent to print. */

import type { ItemCard, ItemSummary, ShownLabel } from '../../../server/custody/protocol.ts'
import type { Answer } from '../../api.ts'
import type { Deed } from '../../deed.ts'
import { api } from '../../page.svelte.ts'

/** `scanned`: printed and read back; what else its label says was not asked. `null`: none was ever wanted. */
export type KnownLabel = ShownLabel | 'scanned' | null

interface Wanted {
  readonly jobs: readonly { readonly job: string; readonly code: string }[]
}

/** Cards read at once: each is a recorded reading. */
const AT_ONCE = 4

export class Cards {
  by = $state.raw<ReadonlyMap<string, KnownLabel>>(new Map())
  /** Since when each job is waited for, on the clock of `performance.now()`. */
  readonly since_ms = new Map<string, number>()
  reading = $state(false)

  /** Learns the labels of items whose label is not known to be done. */
  async learn(items: readonly ItemSummary[]): Promise<void> {
    const next = new Map(this.by)
    const open: string[] = []
    for (const { code, labelled } of items) {
      if (labelled) next.set(code, 'scanned')
      else if (!next.has(code) || next.get(code) === 'scanned') open.push(code)
    }
    this.by = next
    this.reading = open.length > 0
    for (let from = 0; from < open.length; from += AT_ONCE) {
      const answers = await Promise.all(
        open.slice(from, from + AT_ONCE).map((code) => api.get<ItemCard>(`/api/items/${code}`)),
      )
      for (const answer of answers) if (answer.kind === 'done') this.#set(answer.body.code, answer.body.label)
    }
    this.reading = false
  }

  /** Sends labels to a station; with a reason, what is out there becomes void. */
  async print(
    codes: readonly string[],
    station: { readonly id: string; readonly stock: string },
    reason: string | null,
    deed: Deed,
  ): Promise<Answer<unknown>> {
    const body = {
      codes,
      template: `item-${station.stock}`,
      station: station.id,
      ...(reason === null ? {} : { reason }),
    }
    const answer = await api.write<Wanted>('POST', '/api/labels', body, deed)
    if (answer.kind === 'done') {
      for (const { job } of answer.body.jobs) this.since_ms.set(job, performance.now())
      await Promise.all(answer.body.jobs.map(({ job }) => this.ask(job)))
    }
    return answer
  }

  /** Asks what became of a job. */
  async ask(job: string): Promise<void> {
    const answer = await api.get<ShownLabel>(`/api/labels/${job}`)
    if (answer.kind === 'done') this.#set(answer.body.code, answer.body)
  }

  /** Asks again for every job that is not settled. */
  async askOpen(): Promise<void> {
    await Promise.all(this.jobs(({ state }) => state === 'wanted').map(({ job }) => this.ask(job)))
  }

  /** A label was read back from the paper. */
  scanned(code: string): void {
    this.#set(code, 'scanned')
  }

  jobs(which: (label: ShownLabel) => boolean): ShownLabel[] {
    return [...this.by.values()].filter(
      (label): label is ShownLabel => label !== null && label !== 'scanned' && which(label),
    )
  }

  #set(code: string, label: KnownLabel): void {
    const before = this.by.get(code)
    // Two readings may cross: what was replaced or read back does not come back.
    if (before && before !== 'scanned' && label && label !== 'scanned' && label.issue < before.issue) return
    this.by = new Map(this.by).set(code, label !== 'scanned' && label?.scannedBack ? 'scanned' : label)
  }
}
