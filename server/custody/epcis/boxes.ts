import type { FactType } from '../custody.ts'
import type { ChainEntry } from '../protocol.ts'

/** Facts that say where the item lies; one that names no box lays it beside all of them. */
const LAYS: ReadonlySet<string> = new Set<FactType>([
  'custody.checked-in',
  'custody.moved',
  'custody.returned',
  'custody.returned-from-appraisal',
  'custody.formed',
])
/** Facts that take it from where it lies. */
const TAKES: ReadonlySet<string> = new Set<FactType>([
  'custody.lent',
  'custody.sent-to-appraisal',
  'custody.disposed',
  'custody.split',
  'custody.merged',
])

/** The box that an item lies in after one more of its entries; null where it lies in none. */
export function boxAfter(before: string | null, { type, body }: Pick<ChainEntry, 'type' | 'body'>): string | null {
  const { container, listOnly } = body as { readonly container?: unknown; readonly listOnly?: unknown }
  if (LAYS.has(type)) return typeof container === 'string' ? container : null
  // What was disposed of on paper alone stays where it is.
  return TAKES.has(type) && listOnly !== true ? null : before
}

/** An item put into a box, or taken out of it. */
export interface Boxing {
  readonly action: 'ADD' | 'DELETE'
  readonly container: string
}

/** What an entry did with boxes, in its order: out of one, into another. A box that is carried with everything in it changes nothing. */
export function boxingsOf(before: string | null, after: string | null): Boxing[] {
  if (before === after) return []
  return [
    ...(before === null ? [] : [{ action: 'DELETE', container: before } as const]),
    ...(after === null ? [] : [{ action: 'ADD', container: after } as const]),
  ]
}
