import type { Triggers } from '../clock/triggers.ts'
import { ratingFact } from './rating.ts'

const EVENT = 'badRating'

/** A wish for an answer runs until somebody else than its handler closes it (rules K-06, K-08). */
export const ratingTriggers: Triggers = {
  types: ['rating.answer-asked', 'rating.follow-up-closed'],
  endedByFacts: [EVENT],
  events(raw) {
    const fact = ratingFact(raw)
    const { subject } = fact.body
    if (fact.type === 'rating.answer-asked')
      return [
        {
          ...{ kind: 'start', event: EVENT, from: fact.at, dueAt: null, subjects: [subject], matter: subject },
          ...{ unit: fact.body.hall, store: null, responsible: [] },
        },
      ]
    return [{ kind: 'end', events: [EVENT], subjects: [subject] }]
  },
}
