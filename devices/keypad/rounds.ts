import type { RatingPress } from './press.ts'

/** How long a press counts after the question, and when silence has become the answer. */
export interface RoundLimits {
  readonly accept_ms: number
  readonly silence_ms: number
}

export const DEFAULT_LIMITS: RoundLimits = { accept_ms: 10_000, silence_ms: 20_000 }

/** A press this long after a round belongs to it by nothing but chance. */
const REMEMBERED_MS = 60_000

export type NotRated =
  | 'silence' // nobody pressed; a value of its own, never a grade
  | 'device-says-none' // the pad's own time-out
  | 'pad-gone' // nobody pressed, and for some of the time nobody could
  | 'asked-again' // the next question came first
  | 'withdrawn'

export type NotCounted =
  | 'double' // the rater has pressed already; the first press stands
  | 'other-pad' // another pad of the same counter was first
  | 'late' // after the time for it
  | 'unasked'

/** What comes of the questions put at one counter. A round ends once, by `rated` or by `not-rated`. */
export type RoundEvent =
  | { readonly kind: 'asked'; readonly round: string; readonly by: 'clerk' | 'station' }
  | { readonly kind: 'rated'; readonly round: string; readonly press: RatingPress }
  | { readonly kind: 'not-rated'; readonly round: string; readonly why: NotRated }
  /** A press that counts for nothing. What was pressed is kept nowhere; `round` is the one it came after. */
  | { readonly kind: 'not-counted'; readonly round: string | null; readonly why: NotCounted }

export interface RoundsOptions {
  readonly newId: () => string
  /** `device` is the pad it came from; null where it came from none. */
  readonly tell: (device: string | null, event: RoundEvent) => void
  /** The round is over: pads may go back to rest. */
  readonly onEnd: () => void
}

export interface Rounds {
  /** Puts the question; a round that is still open ends first. Returns the round's id. */
  ask(by: 'clerk' | 'station', device: string | null, limits: RoundLimits): string
  pressed(device: string, press: RatingPress): void
  /** The pad itself says that nobody pressed. */
  saidNone(device: string): void
  padGone(): void
  /** The question is taken back. Nothing happens when none is open. */
  withdraw(why: 'withdrawn' | 'pad-gone'): void
  /** Forgets everything and tells nothing more. */
  close(): void
}

interface Open extends RoundLimits {
  readonly round: string
  readonly asked_ms: number
  padGone: boolean
  readonly silence: NodeJS.Timeout
}

/**
 * The rounds of one counter, whatever pads it has: at most one is open, the first press within its time counts, and every other press is
 * named and dropped. First-press-wins holds over all pads of the counter.
 */
export function openRounds({ newId, tell, onEnd }: RoundsOptions): Rounds {
  let open: Open | null = null
  let last: { readonly round: string; readonly ended_ms: number; readonly by: string | null } | null = null

  function end(by: string | null): void {
    if (open === null) return
    clearTimeout(open.silence)
    last = { round: open.round, ended_ms: performance.now(), by }
    open = null
  }

  function notRated(why: NotRated, device: string | null): void {
    if (open === null) return
    const { round } = open
    end(null)
    tell(device, { kind: 'not-rated', round, why })
    onEnd()
  }

  /** Presses that already wait in the operating system come in first: our own delay is not the rater's silence. */
  function silent(of: Open): void {
    setImmediate(() => {
      if (open === of) notRated(of.padGone ? 'pad-gone' : 'silence', null)
    })
  }

  function notCounted(device: string, press: RatingPress, round: string | null, why: NotCounted): void {
    press.settle()
    tell(device, { kind: 'not-counted', round, why })
  }

  return {
    ask(by, device, { accept_ms, silence_ms }) {
      notRated('asked-again', device)
      const one: Open = {
        round: newId(),
        asked_ms: performance.now(),
        accept_ms,
        silence_ms,
        padGone: false,
        silence: setTimeout(() => silent(one), silence_ms),
      }
      open = one
      tell(device, { kind: 'asked', round: one.round, by })
      return one.round
    },
    pressed(device, press) {
      const at_ms = performance.now()
      if (open !== null) {
        const { round, asked_ms, accept_ms } = open
        if (at_ms - asked_ms > accept_ms) return notCounted(device, press, round, 'late')
        end(device)
        tell(device, { kind: 'rated', round, press })
        onEnd()
      } else if (last === null || at_ms - last.ended_ms > REMEMBERED_MS) notCounted(device, press, null, 'unasked')
      else if (last.by === null) notCounted(device, press, last.round, 'late')
      else notCounted(device, press, last.round, last.by === device ? 'double' : 'other-pad')
    },
    saidNone: (device) => notRated('device-says-none', device),
    padGone() {
      if (open !== null) open.padGone = true
    },
    withdraw: (why) => notRated(why, null),
    close() {
      end(null)
      last = null
    },
  }
}
