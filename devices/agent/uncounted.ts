import type { PressAttempt } from '../keypad/held-key.ts'
import { UNCOUNTED_MOST } from './protocol.ts'

/** Presses at pads that count for nothing and are told of all the same: how many, by counter, until the server has heard of them. What they were is nowhere. */
export interface UncountedPresses {
  pressed(station: string, attempt: PressAttempt): void
  /** The server listens now. */
  tell(): void
}

/** @param send false when the server is away: then they wait, in this process alone */
export function uncountedPresses(
  send: (attempt: PressAttempt, station: string, times: number) => boolean,
): UncountedPresses {
  const waiting: Readonly<Record<PressAttempt, Map<string, number>>> = { unasked: new Map(), held: new Map() }
  const tell = (): void => {
    for (const attempt of ['unasked', 'held'] as const)
      for (const [station, times] of waiting[attempt]) {
        if (!send(attempt, station, times)) return
        waiting[attempt].delete(station)
      }
  }
  return {
    pressed(station, attempt) {
      waiting[attempt].set(station, Math.min(UNCOUNTED_MOST, (waiting[attempt].get(station) ?? 0) + 1))
      tell()
    },
    tell,
  }
}
