import { Refusal, type RefusalCode, type RefusalNotice, type RefusalValues, type Words } from '../refusal.ts'
import type { ToneName, Verdict } from './protocol.ts'

/** What a person is told of the last thing done: a verdict that has no number and time yet. */
export type Say = Pick<Verdict, 'outcome' | 'code' | 'words' | 'rule' | 'remedy' | 'paper' | 'read'>

const TONES: Readonly<Record<Verdict['outcome'], ToneName>> = {
  accepted: 'accepted',
  refused: 'refused',
  fault: 'fault',
  ask: 'attention',
}

/** Taken. `code` is ours to choose: `custody.weighed`, `stations.resumed`. */
export function accepted(code: string, words: Words): Say {
  return { outcome: 'accepted', code, words, rule: null, remedy: null }
}

/** Taken so far, and a person has to look or answer now. */
export function asked(code: string, words: Words): Say {
  return { outcome: 'ask', code, words, rule: null, remedy: null }
}

/** Not taken: the words, rule and remedy of the catalogue. */
export function refused(code: RefusalCode, values: RefusalValues = {}): Say {
  return refusedBy(new Refusal(code, values))
}

/** @param notice with names where they are known */
export function refusedBy(refusal: Refusal, notice: RefusalNotice = refusal.notice()): Say {
  const { code, detail, rule, remedy } = notice
  return { outcome: 'refused', code, words: detail, rule, remedy }
}

/** The verdict on one reading or input; `id` is that of the reading, so that each sounds once. */
export function verdictOf(say: Say, id: string, at: string): Verdict {
  return { id, ...say, tone: TONES[say.outcome], at }
}
