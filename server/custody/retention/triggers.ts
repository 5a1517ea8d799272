import { endOfDay } from '../../clock/calendar.ts'
import type { ClockEvent } from '../../clock/triggers.ts'
import type { CustodyFact } from '../custody.ts'

/** Clocks of the review: the day of the next one, the answer that is waited for, the proposal for what may go. */
export const RETENTION = ['retentionReview', 'retentionAsked', 'releaseDue'] as const

type RetentionFact = Extract<CustodyFact, { type: 'custody.retention-asked' | 'custody.retention-answered' }>

/** A question waits for its answer; an answer ends what ran before it, and starts the next review or the term for a proposal. */
export function retentionEvents({ type, body, at }: RetentionFact): readonly ClockEvent[] {
  const { subject, case: number, unit, officers } = body
  const of = { from: at, subjects: [subject], matter: `case/${number}`, unit, store: null, responsible: officers }
  if (type === 'custody.retention-asked') return [{ ...of, kind: 'start', event: 'retentionAsked', dueAt: null }]
  const { reviewOn } = body
  const ended = { kind: 'end', subjects: [subject] } as const
  if (reviewOn === null)
    return [
      { ...ended, events: ['retentionAsked', 'retentionReview'] },
      { ...of, kind: 'start', event: 'releaseDue', dueAt: null },
    ]
  return [
    { ...ended, events: ['retentionAsked', 'releaseDue'] },
    // What was registered in one list runs on one clock, and what came of a thing runs on its: the new day is for what was answered, and for nothing else.
    { ...of, kind: 'start', event: 'retentionReview', dueAt: endOfDay(reviewOn), instead: true },
  ]
}
