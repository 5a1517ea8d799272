import { type RawBuilder, sql } from 'kysely'
import { unitsUnder } from '../approvals/store.ts'
import type { Actor, Post, Reader } from '../module.ts'

/** What somebody may see of custody: everything, or what concerns some units and lies in (or is going to) some stores. */
export type Sight = 'all' | { readonly units: readonly string[]; readonly stores: readonly string[] }

const ADMINISTRATORS: readonly Post[] = ['system-admin', 'security-admin', 'audit-admin']

/**
 * Need to know: people of the department, approvers of it or above it, custodians of the store; supervisors everything, administrators
 * nothing (GB/T 22239-2019 8.1.5, 监察法 18(2)).
 */
export async function sightOf(db: Reader, actor: Actor): Promise<Sight> {
  const posts = actor.appointments.map(({ post }) => post)
  if (posts.some((post) => ADMINISTRATORS.includes(post))) return { units: [], stores: [] }
  if (posts.includes('supervisor')) return 'all'
  const placesOf = (post: Post): string[] =>
    actor.appointments.filter((held) => held.post === post).map(({ place }) => place)
  const under = await unitsUnder(db, placesOf('approver'))
  const own = posts.length === 0 || actor.unit === null ? [] : [actor.unit]
  return { units: [...new Set([...own, ...placesOf('officer'), ...under])], stores: placesOf('custodian') }
}

export function seesItem(
  sight: Sight,
  { unit, store }: { readonly unit: string; readonly store: string | null },
): boolean {
  return sight === 'all' || sight.units.includes(unit) || (store !== null && sight.stores.includes(store))
}

export function seesUnit(sight: Sight, unit: string): boolean {
  return sight === 'all' || sight.units.includes(unit)
}

export function seesStore(sight: Sight, store: string): boolean {
  return sight === 'all' || sight.stores.includes(store)
}

/** Of rows with a `unit` and a `store`: those in sight. */
export function within(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  return sql<boolean>`(unit = any(${[...sight.units]}::text[]) or store = any(${[...sight.stores]}::text[]))`
}
