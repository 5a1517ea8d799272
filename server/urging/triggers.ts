import type { ClockEvent, Triggers } from '../clock/triggers.ts'
import type { Fact } from '../module.ts'
import type { UrgingFacts } from './urging.ts'

const EVENT = 'urged'

/** A notice runs from its issue to its answer; one that is sent back runs anew. */
export const urgingTriggers: Triggers = {
  types: ['urging.issued', 'urging.answered', 'urging.sent-back', 'urging.withdrawn'],
  endedByFacts: [EVENT],
  events: (fact) => {
    const { subject } = fact.body
    switch (fact.type) {
      case 'urging.issued':
        return [started(fact, fact.body as unknown as UrgingFacts['urging.issued'])]
      case 'urging.sent-back':
        return [started(fact, fact.body as unknown as UrgingFacts['urging.sent-back'])]
      default:
        return [{ kind: 'end', events: [EVENT], subjects: [subject] }]
    }
  },
}

function started(
  { at, body: { subject } }: Fact,
  { unit, person, dueAt }: Pick<UrgingFacts['urging.issued'], 'unit' | 'person' | 'dueAt'>,
): ClockEvent {
  return {
    ...{ kind: 'start', event: EVENT, from: at, dueAt, subjects: [subject], matter: subject, unit, store: null },
    responsible: person === null ? [] : [person],
  }
}
