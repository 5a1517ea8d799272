import { numbersNow } from '../custody/renumbering/numbers.ts'
import type { Actor, Reader } from '../module.ts'
import type { WorkItem } from './protocol.ts'

/** Behind which of the lines somebody has read: its moment and its id. */
export interface WorkPlace {
  readonly by: string
  readonly id: string
}

export interface WorkAsked {
  readonly actor: Actor
  readonly now: string
  readonly after: WorkPlace | null
  readonly limit: number
}

/**
 * What one module has waiting for a person: up to `limit` lines after the given place, in the order of `by` and `id`. A line names no person
 * and no title of a case.
 */
export type WorkSource = (db: Reader, asked: WorkAsked) => Promise<readonly WorkItem[]>

/** One list of all sources, in order: what is due or has waited longest comes first. A case is named by the number it goes by. */
export async function workOf(db: Reader, sources: readonly WorkSource[], asked: WorkAsked): Promise<WorkItem[]> {
  const lists = await Promise.all(sources.map((source) => source(db, asked)))
  const work = lists.flat().sort(compareWork).slice(0, asked.limit)
  const numbers = await numbersNow(
    db,
    work.flatMap(({ about }) => about ?? []),
  )
  return work.map((one) => (one.about === null ? one : { ...one, about: numbers.of(one.about) }))
}

function compareWork(one: WorkPlace, other: WorkPlace): number {
  if (one.by !== other.by) return one.by < other.by ? -1 : 1
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}

/** For a source that has its lines in memory. */
export function pageOfWork(items: readonly WorkItem[], { after, limit }: WorkAsked): WorkItem[] {
  return items
    .filter((item) => after === null || compareWork(item, after) > 0)
    .sort(compareWork)
    .slice(0, limit)
}
