/** A station's verdict as the `Verdict` part shows it. */

import type { Verdict } from '../server/stations/protocol.ts'
import type { BothWords, Notice } from './notice.ts'
import type { State } from './parts/state.ts'

const STATES = {
  accepted: 'ok',
  refused: 'refused',
  fault: 'fault',
  ask: 'attention',
} as const satisfies Readonly<Record<Verdict['outcome'], State>>

/** What went well or is asked has a title; what did not has a notice with its code, rule and remedy. */
export type VerdictShown =
  | { readonly state: State; readonly title: BothWords; readonly notice: null }
  | { readonly state: State; readonly title: null; readonly notice: Notice }

export function shownVerdict(verdict: Verdict): VerdictShown {
  const state = STATES[verdict.outcome]
  if (verdict.outcome === 'accepted' || verdict.outcome === 'ask') return { state, title: verdict.words, notice: null }
  const { code, words, rule, remedy } = verdict
  return { state, title: null, notice: { code, detail: words, rule, remedy } }
}
