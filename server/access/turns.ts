import { Refusal } from '../refusal.ts'

/** Tries on one name that may wait for their turn. */
const WAITING_MAX = 200

/**
 * Work under one name goes one after another, in the order it came.
 * @throws Refusal `access.too-many` when too much of it waits already
 */
export function openTurns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, { waiting: number; last: Promise<unknown> }>()
  return async (name, work) => {
    const line = lines.get(name) ?? { waiting: 0, last: Promise.resolve() }
    if (line.waiting >= WAITING_MAX) throw new Refusal('access.too-many')
    lines.set(name, line)
    line.waiting += 1
    const turn = line.last.then(work)
    line.last = turn.catch(() => undefined)
    try {
      return await turn
    } finally {
      line.waiting -= 1
      if (line.waiting === 0) lines.delete(name)
    }
  }
}
