/** The organisation as a tree: units in units, each with its stores and its people. */

import type { Account } from '../../../server/org/protocol.ts'
import type { Store, Unit } from '../../custody/directory.svelte.ts'

export interface Branch {
  readonly unit: Unit
  readonly stores: readonly Store[]
  readonly people: readonly Account[]
  readonly branches: readonly Branch[]
}

interface Given {
  readonly units: readonly Unit[]
  readonly stores: readonly Store[]
  readonly accounts: readonly Account[]
}

/**
 * The branches at the top. A unit whose parent is not there stands at the top too, so that nobody is left out. With a text, only people whose
 * name, login or badge holds it, and the units on the way to them.
 */
export function treeOf({ units, stores, accounts }: Given, text = ''): Branch[] {
  const wanted = text.trim().toLowerCase()
  const found = accounts.filter((account) => wanted === '' || holds(account, wanted))
  const known = new Set(units.map(({ id }) => id))
  const under = (parent: string | null): Branch[] =>
    units
      .filter((unit) => (unit.parent !== null && known.has(unit.parent) ? unit.parent : null) === parent)
      .map((unit) => ({
        unit,
        stores: stores.filter((store) => store.unit === unit.id),
        people: found.filter((account) => account.unit === unit.id),
        branches: under(unit.id),
      }))
      .filter(({ people, branches }) => wanted === '' || people.length > 0 || branches.length > 0)
  return under(null)
}

function holds({ name, login, badges }: Account, wanted: string): boolean {
  return [name, login, ...badges.map(({ badge }) => badge)].some((one) => one.toLowerCase().includes(wanted))
}
