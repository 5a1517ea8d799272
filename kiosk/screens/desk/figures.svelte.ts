/** Where the items of each case are, read case by case behind the list of cases. */

import type { CaseAccount, CaseSummary } from '../../../server/custody/protocol.ts'
import { api } from '../../page.svelte.ts'

export interface Figures {
  readonly balance: CaseAccount['balance']
  readonly overdue: number
  readonly frozen: number
}

/** Every account that is opened is a recorded reading; beyond these the list shows the number of items alone. */
export const COUNTED_AT_MOST = 12

export class CaseFigures {
  by = $state.raw<ReadonlyMap<string, Figures>>(new Map())
  #caseOf = new Map<string, string>()

  /** Counts the first cases of the list that the reader may open, one after the other. */
  async count(cases: readonly CaseSummary[]): Promise<void> {
    const open = cases.filter(({ title, number }) => title !== null && !this.by.has(number))
    for (const { number } of open.slice(0, COUNTED_AT_MOST)) await this.#read(number)
  }

  /** Whose item it is, of those counted. */
  caseOf(item: string): string | undefined {
    return this.#caseOf.get(item)
  }

  /** Counts these again, after something happened to their items. */
  async recount(numbers: Iterable<string>): Promise<void> {
    for (const number of numbers) if (this.by.has(number)) await this.#read(number)
  }

  async #read(number: string): Promise<void> {
    const answer = await api.get<CaseAccount>(`/api/cases/${encodeURIComponent(number)}`)
    if (answer.kind !== 'done') return
    const { balance, items } = answer.body
    for (const { code } of items) this.#caseOf.set(code, number)
    const overdue = items.filter((item) => item.overdue).length
    const frozen = items.filter((item) => item.frozen).length
    this.by = new Map(this.by).set(number, { balance, overdue, frozen })
  }
}
