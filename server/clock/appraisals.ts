import type { FactDraft } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { addDays, dayOf, laterBy } from './calendar.ts'
import { type Clock, clockDraft } from './clock.ts'

/** What is asked for when an appraisal begins, and when it is over. */
export interface AskedPause {
  readonly document: string
  /** Its definite term, as it is told to the party in writing. */
  readonly begins?: string
  readonly ends?: string
}
export interface AskedResume {
  readonly document: string
  readonly endedOn?: string
}
interface Granting {
  readonly approval: string
  readonly at: string
}

/** Whether its rule lets an appraisal pause it at this moment. */
export function isPausable({ terms, state, dueAt }: Clock, at: string): boolean {
  return terms.pausable && state === 'running' && at <= dueAt
}

/** Whether an appraisal pauses it now. */
export function isPaused({ state, exception, pausedAt }: Clock): boolean {
  return state === 'paused' && pausedAt !== null && exception === undefined
}

/**
 * 中止: the time of an appraisal is not counted, from the day it begins to its end, whenever that is granted. Its term is definite and told to the
 * party in writing (行政强制法 25(3); rules X-21).
 * @throws Refusal `clock.not-pausable`, `clock.period-over`, `clock.appraisal-missing`, `clock.appraisal-days`
 */
export function pause(clock: Clock, { document, begins, ends }: AskedPause, { approval, at }: Granting): FactDraft {
  const { terms, state, dueAt, from, rule, appraisal } = clock
  if (!terms.pausable || state !== 'running') throw new Refusal('clock.not-pausable', { rule })
  if (at > dueAt) throw new Refusal('clock.period-over', { dueAt, basis: clock.terms.basis })
  if (begins === undefined || ends === undefined) throw new Refusal('clock.appraisal-missing', { rule })
  const first = appraisal?.endedOn ?? dayOf(from)
  const today = dayOf(at)
  if (!isDay(begins) || !isDay(ends) || begins < first || begins > today || ends < begins)
    throw new Refusal('clock.appraisal-days', { from: first, until: today })
  return clockDraft(clock, 'clock.paused', { approval, document, appraisal: { begins, ends } })
}

/**
 * 恢复: due later by the days from the beginning of the appraisal to its end, and by no more than the term that the party was told. A pause of
 * the time when no days were named counts from its grant to this moment.
 * @throws Refusal `clock.not-paused`, `clock.appraisal-missing`, `clock.appraisal-days`
 */
export function resume(clock: Clock, { document, endedOn }: AskedResume, { approval, at }: Granting): FactDraft {
  const { pausedAt, dueAt, estimatedYears, appraisal, rule } = clock
  if (!isPaused(clock) || pausedAt === null) throw new Refusal('clock.not-paused', { rule })
  if (appraisal === undefined || appraisal.endedOn !== null) {
    const later = laterBy(dueAt, dayOf(pausedAt), dayOf(at))
    return clockDraft(clock, 'clock.resumed', { dueAt: later, estimatedYears, approval, document })
  }
  if (endedOn === undefined) throw new Refusal('clock.appraisal-missing', { rule })
  const { begins, ends } = appraisal
  const today = dayOf(at)
  if (!isDay(endedOn) || endedOn < begins || endedOn > today)
    throw new Refusal('clock.appraisal-days', { from: begins, until: today })
  const later = laterBy(dueAt, begins, endedOn < ends ? endedOn : ends)
  return clockDraft(clock, 'clock.resumed', { dueAt: later, estimatedYears, approval, document, endedOn })
}

/** Whether some calendar has it. */
function isDay(on: string): boolean {
  return addDays(on, 0) === on
}
