/** The names behind ids: units, stores, people. Read once for who is signed in; whoever is not in it keeps the id. */

import { api, type Post } from '../page.svelte.ts'
import { t } from '../words/words.svelte.ts'

export interface Unit {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly parent: string | null
  /** Its special accounts; absent of all but organs. */
  readonly accounts?: readonly string[]
}

export interface Store {
  readonly id: string
  readonly name: string
  readonly unit: string
}

export interface ListedPerson {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly active: boolean
  readonly posts: readonly { readonly post: Post; readonly place: string }[]
}

/** Between two tries to read what was not answered. */
const AGAIN_MS = 3_000

class Directory {
  #turn = 0
  units = $state.raw<readonly Unit[]>([])
  stores = $state.raw<readonly Store[]>([])
  people = $state.raw<readonly ListedPerson[]>([])
  readonly #names = $derived(
    new Map<string, string>([
      ...this.units.map(({ id, name }) => [`unit/${id}`, name] as const),
      ...this.stores.map(({ id, name }) => [`store/${id}`, name] as const),
      ...this.people.map(({ id, name }) => [`person/${id}`, name] as const),
    ]),
  )

  /** Reads all names. What the server does not answer is asked for again until it does, or until a later reading begins. */
  async load(): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    while (turn === this.#turn && !(await this.#read())) await new Promise((again) => setTimeout(again, AGAIN_MS))
  }

  /** False when something was not answered; a refusal is an answer. */
  async #read(): Promise<boolean> {
    const answers = await Promise.all([
      api.all<{ readonly units: readonly Unit[] }>('/api/units', 'units'),
      api.all<{ readonly stores: readonly Store[] }>('/api/stores', 'stores'),
      api.all<{ readonly people: readonly ListedPerson[] }>('/api/people', 'people'),
    ])
    const [units, stores, people] = answers
    if (units.kind === 'done') this.units = units.body.units
    if (stores.kind === 'done') this.stores = stores.body.stores
    if (people.kind === 'done') this.people = people.body.people
    return answers.every(({ kind }) => kind === 'done' || kind === 'refused')
  }

  /** `unit/dept-1`, `store/store-1`, `person/li-na` as people say it. */
  nameOf(who: string): string {
    if (who === 'outside/appraisal') return t('holder.appraiser')
    if (who === 'outside/regrouped') return t('holder.regrouped')
    if (who.startsWith('outside/')) return t('holder.outside')
    return this.#names.get(who) ?? who.slice(who.indexOf('/') + 1)
  }

  /** Who holds something, as an answer names him; who stands in no register goes by the words of this screen's language. */
  holderOf({ who, name }: { readonly who: string; readonly name: string }): string {
    return who.startsWith('outside/') ? this.nameOf(who) : name
  }

  /** The special accounts of the organs above a unit; empty where none is named, and any is taken. */
  accountsOf(unit: string): readonly string[] {
    const of = this.units.find(({ id }) => id === unit)
    if (of === undefined) return []
    return [...(of.accounts ?? []), ...(of.parent === null ? [] : this.accountsOf(of.parent))]
  }

  /** `unit.dept-1`, `store.store-1` or `hall.hall-1`, a register, by whose book it is; a hall is a unit like others. */
  nameOfRegister(register: string): string {
    return this.nameOf(register.replace('.', '/').replace(/^hall\//, 'unit/'))
  }
}

export const directory = new Directory()
