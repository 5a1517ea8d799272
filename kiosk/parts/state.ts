import type { WordKey } from '../words/keys.ts'

/**
 * How something is, wherever a screen shows it: the same colour, mark and word. `quiet` is ready and waiting, `unknown` asks a person
 * to look.
 */
export type State = 'ok' | 'refused' | 'fault' | 'attention' | 'unknown' | 'quiet'

export const STATE_WORDS = {
  ok: 'state.ok',
  refused: 'state.refused',
  fault: 'state.fault',
  attention: 'state.attention',
  unknown: 'state.unknown',
  quiet: 'state.quiet',
} as const satisfies Readonly<Record<State, WordKey>>
