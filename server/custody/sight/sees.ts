/**
 * What somebody may see of custody: everything, or by need to know. Where nothing is named, nothing is seen.
 */
export type Sight =
  | 'all'
  | {
      readonly person: string
      /** Departments that this person heads: all of their cases. */
      readonly units: readonly string[]
      /** Cases that he handles, or in which he has a decision to take. */
      readonly cases: readonly string[]
      /** Stores that he keeps: what lies in them, is on its way to them or was lent from them. */
      readonly stores: readonly string[]
      /** Items under an incident of which he was told as head of the department that keeps them. */
      readonly items: readonly string[]
      /** Cases from which he is recused: nothing of them but what his stores have to do with. */
      readonly recused: readonly string[]
      /** Departments over whose requests he may decide, those below his own included. */
      readonly decides: readonly string[]
    }

export type Named = Exclude<Sight, 'all'>

/** Nothing at all. */
export function blind(person: string): Named {
  return { person, units: [], cases: [], stores: [], items: [], recused: [], decides: [] }
}

interface OfItem {
  readonly code: string
  readonly case: string
  readonly unit: string
  readonly store: string | null
}

export function seesItem(sight: Sight, { code, case: of, unit, store }: OfItem): boolean {
  if (seesCase(sight, { number: of, unit }) || (store !== null && seesStore(sight, store))) return true
  return sight !== 'all' && sight.items.includes(code)
}

/** The case itself, title and account included; who keeps an item of it sees the item. */
export function seesCase(sight: Sight, { number, unit }: { readonly number: string; readonly unit: string }): boolean {
  if (sight === 'all') return true
  return !sight.recused.includes(number) && (sight.units.includes(unit) || sight.cases.includes(number))
}

interface OfCases {
  readonly cases: readonly string[]
  readonly unit: string
  readonly store: string
}

/** A list or a loan is one paper: it is seen by whoever may see everything on it. */
export function seesPaper(sight: Sight, { cases, unit, store }: OfCases): boolean {
  return cases.every((number) => seesCase(sight, { number, unit })) || seesStore(sight, store)
}

export function seesStore(sight: Sight, store: string): boolean {
  return sight === 'all' || sight.stores.includes(store)
}
