import { UNASKED_MOST } from './protocol.ts'

/** Presses at pads that nothing had asked for: how many, by counter, until the server has heard of them. What they were is nowhere. */
export interface UnaskedPresses {
  pressed(station: string): void
  /** The server listens now. */
  tell(): void
}

/** @param send false when the server is away: then they wait, in this process alone */
export function unaskedPresses(send: (station: string, times: number) => boolean): UnaskedPresses {
  const waiting = new Map<string, number>()
  const tell = (): void => {
    for (const [station, times] of waiting) {
      if (!send(station, times)) return
      waiting.delete(station)
    }
  }
  return {
    pressed(station) {
      waiting.set(station, Math.min(UNASKED_MOST, (waiting.get(station) ?? 0) + 1))
      tell()
    },
    tell,
  }
}
