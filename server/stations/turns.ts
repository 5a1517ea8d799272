/** Runs what it is given, `atOnce` at a time; the others wait in order. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/** First come, first served. What the work throws is the caller's, and passes the turn on all the same. */
export function openTurns(atOnce: number): Turns {
  let free = atOnce
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place passes straight to the next in line, so that nobody slips in between.
      if (next === undefined) free += 1
      else next()
    }
  }
}
