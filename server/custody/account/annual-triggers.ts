import { dayOf, endOfDay } from '../../clock/calendar.ts'
import type { ClockEvent } from '../../clock/triggers.ts'
import type { CustodyFact } from '../custody.ts'
import { annualId, annualNamed, annualSubject } from './annual-named.ts'

/** Of each year in which a department opened a case, and of that in which it made the statement before, one is awaited (rules C-39). */
export function annualAwaited(unit: string, at: string): ClockEvent {
  const year = dayOf(at).slice(0, 4)
  const subject = annualSubject(unit, year)
  return {
    ...{ kind: 'start', once: true, event: 'yearEnded', from: lastMoment(year), dueAt: null },
    ...{ subjects: [subject], matter: subject, unit, store: null, responsible: [] },
  }
}

/** The paper of a year ends what awaits it; the next one is awaited from then on. */
export function annualEvents({
  body,
  at,
}: Extract<CustodyFact, { type: 'custody.paper-issued' }>): readonly ClockEvent[] {
  if (body.kind !== 'annual') return []
  const { unit, year } = annualNamed(body.of)
  return [{ kind: 'end', events: ['yearEnded'], subjects: [`annual/${annualId(unit, year)}`] }, annualAwaited(unit, at)]
}

/** Still of the last day: the period runs from the day after it. */
function lastMoment(year: string): string {
  return new Date(Date.parse(endOfDay(`${year}-12-31`)) - 1).toISOString()
}
