/** The labels of items, shelves and boxes, as far as they are known, and what becomes of those that were sent to print. */

import type { ItemSummary, ShownLabel } from '../../../server/custody/protocol.ts'
import type { Answer } from '../../api.ts'
import type { Deeds } from '../../deed.ts'
import { api } from '../../page.svelte.ts'
import { labelActs } from './label-acts.ts'

/** The present label of an item, a shelf or a box. */
export type Label = NonNullable<ItemSummary['label']> & { readonly code: string }

interface Wanted {
  readonly jobs: readonly { readonly job: string; readonly code: string }[]
}

export class Cards {
  /** `null`: none was ever wanted. */
  by = $state.raw<ReadonlyMap<string, Label | null>>(new Map())
  /** Since when each job is waited for, on the clock of `performance.now()`. */
  readonly since_ms = new Map<string, number>()

  /** Learns labels as the account of a case or the list of a store has them. */
  learn(items: readonly Pick<ItemSummary, 'code' | 'label'>[]): void {
    const next = new Map(this.by)
    for (const { code, label } of items) next.set(code, laterOf(next.get(code), label && { code, ...label }))
    this.by = next
  }

  /** Sends labels to a station, those of one template together; with a reason, what is out there becomes void. The first refusal ends it. */
  async print(
    codes: readonly string[],
    station: { readonly id: string },
    reason: string | null,
    deeds: Deeds,
  ): Promise<Answer<unknown>> {
    let answer: Answer<Wanted> | null = null
    for (const act of labelActs(codes)) {
      const body = { ...act, station: station.id, ...(reason === null ? {} : { reason }) }
      answer = await api.write<Wanted>('POST', '/api/labels', body, deeds.of(`${act.template} ${act.codes[0] ?? ''}`))
      if (answer.kind !== 'done') break
      for (const { job } of answer.body.jobs) this.since_ms.set(job, performance.now())
      await Promise.all(answer.body.jobs.map(({ job }) => this.ask(job)))
    }
    if (answer === null) throw new RangeError('no label to print')
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
    const label = this.by.get(code)
    if (label) this.#set(code, { ...label, state: 'printed', scannedBack: true })
  }

  jobs(which: (label: Label) => boolean): Label[] {
    return [...this.by.values()].filter((label): label is Label => label !== null && which(label))
  }

  #set(code: string, label: Label): void {
    this.by = new Map(this.by).set(code, laterOf(this.by.get(code), label))
  }
}

/** Two readings may cross: what was replaced or read back does not come back. */
function laterOf(before: Label | null | undefined, label: Label | null): Label | null {
  if (!before) return label
  if (label === null || label.issue < before.issue) return before
  return label.issue === before.issue && before.scannedBack ? before : label
}
