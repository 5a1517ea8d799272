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
      /** A supervisor who is recused from some cases: everything but them, whatever stores have to do with them. */
      readonly watches?: true
    }

export type Named = Exclude<Sight, 'all'>

/** Whether somebody watches over everything, be it but for the cases from which he is recused. */
export function watchesAll(sight: Sight): boolean {
  return sight === 'all' || sight.watches === true
}

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

/** Whether an item is in sight: by its case, by the store that keeps it, or by itself. */
export function seesItem(sight: Sight, { code, case: of, unit, store }: OfItem): boolean {
  if (sight !== 'all' && sight.watches === true) return !sight.recused.includes(of)
  if (seesCase(sight, { number: of, unit }) || (store !== null && seesStore(sight, store))) return true
  return sight !== 'all' && sight.items.includes(code)
}

/** The case itself, title and account included; who keeps an item of it sees the item. */
export function seesCase(sight: Sight, { number, unit }: { readonly number: string; readonly unit: string }): boolean {
  if (sight === 'all') return true
  return (
    !sight.recused.includes(number) &&
    (sight.watches === true || sight.units.includes(unit) || sight.cases.includes(number))
  )
}

interface OfCases {
  readonly cases: readonly string[]
  readonly unit: string
  readonly store: string
}

/** A list or a loan is one paper: it is seen by whoever may see everything on it. */
export function seesPaper(sight: Sight, { cases, unit, store }: OfCases): boolean {
  if (sight !== 'all' && sight.watches === true) return !cases.some((number) => sight.recused.includes(number))
  return cases.every((number) => seesCase(sight, { number, unit })) || seesStore(sight, store)
}

/** Whether what a store keeps is in sight. */
export function seesStore(sight: Sight, store: string): boolean {
  return sight === 'all' || sight.watches === true || sight.stores.includes(store)
}
