import { Refusal } from '../refusal.ts'

/** Runs what it is given, so many at once; the others wait in order. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** A gate rejects with Refusal `file.busy` when `waiting_max` are waiting already. */
export function openGate(atOnce: number, waiting_max: number): Gate {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running === atOnce) {
      if (waiting.length === waiting_max) throw new Refusal('file.busy')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place passes straight to the next in line, so that nobody slips in between.
      if (next === undefined) running -= 1
      else next()
    }
  }
}
