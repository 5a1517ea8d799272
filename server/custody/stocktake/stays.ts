import type { Fact } from '../../module.ts'
import { evolveItem } from '../items/items.ts'
import type { Item } from '../items/item.ts'
import type { Reference } from './shapes.ts'

/** Where an item was by the register from a moment on. */
export type Stay = {
  /** RFC 3339; what came before everything is the empty text, which is before every moment. */
  readonly from: string
  readonly store: string | null
  /** Null while it lies in no store. */
  readonly location: string | null
  readonly container: string | null
  /** The entry that brought it there; null for where it was to begin with. */
  readonly why: Reference | null
}

/** Where an item was, from its facts in their order; what does not move it makes no new stay. */
export function staysOf(facts: readonly Fact[]): Stay[] {
  const stays: Stay[] = []
  let item: Item | null = null
  for (const fact of facts) {
    item = evolveItem(item, fact)
    if (item === null) continue
    const { store, location, container = null } = item
    const last = stays.at(-1)
    if (last?.store === store && last.location === location && last.container === container) continue
    const { type, register, seq, at } = fact
    stays.push({ from: at, store, location, container, why: { item: item.code, type, register, seq, at } })
  }
  return stays
}

/** Where it was at a moment. */
export function stayAt(stays: readonly Stay[], at: string): Stay | null {
  return stays.findLast(({ from }) => from <= at) ?? null
}

/** Whether it lay there, by the register, from one moment to the other without a break. */
export function layThroughout(
  stays: readonly Stay[],
  location: string,
  { from, to }: { readonly from: string; readonly to: string },
): boolean {
  if (stayAt(stays, from)?.location !== location) return false
  return stays.every((stay) => stay.from <= from || stay.from > to || stay.location === location)
}
