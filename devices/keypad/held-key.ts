import type { RoundEvent } from './rounds.ts'

/** Presses after the one that counts, to one question: somebody holds the key down. */
export const HELD_FROM = 5
/** Rounds that are looked at; a counter has one at a time. */
const ROUNDS_MAX = 1_000

/** What a press that counts for nothing is an attempt at; `held` is told once a question. */
export type PressAttempt = 'unasked' | 'held'

/** Names what is odd about presses that count for nothing, alike wherever the pad is attached: null where nothing is. */
export function pressAttempts(): (event: Extract<RoundEvent, { kind: 'not-counted' }>) => PressAttempt | null {
  /** Presses after the one that counted, by round. */
  const doubles = new Map<string, number>()
  return ({ why, round }) => {
    if (why === 'unasked') return 'unasked'
    if (why !== 'double' || round === null) return null
    const times = (doubles.get(round) ?? 0) + 1
    doubles.set(round, times)
    const oldest = doubles.size > ROUNDS_MAX ? doubles.keys().next().value : undefined
    if (oldest !== undefined) doubles.delete(oldest)
    return times === HELD_FROM ? 'held' : null
  }
}
