import type { Triggers } from '../clock/triggers.ts'
import { ratingFact } from './rating.ts'

const EVENT = 'badRating'
const ADOPTED = 'actionAdopted'

/**
 * A wish for an answer, and what is to be looked into at a counter, runs until somebody else than its handler closes it (rules K-06, K-08); what two have adopted of what a threshold proposed,
 * until it is carried out.
 */
export const ratingTriggers: Triggers = {
  types: [
    ...['rating.answer-asked', 'rating.counter-follow-up-opened', 'rating.follow-up-closed'],
    ...['rating.action-confirmed', 'rating.action-done'],
  ],
  endedByFacts: [EVENT, ADOPTED],
  events(raw) {
    const fact = ratingFact(raw)
    const { subject } = fact.body
    if (fact.type === 'rating.answer-asked' || fact.type === 'rating.counter-follow-up-opened')
      return [
        {
          ...{ kind: 'start', event: EVENT, from: fact.at, dueAt: null, subjects: [subject], matter: subject },
          ...{ unit: fact.body.hall, store: null, responsible: [] },
        },
      ]
    if (fact.type === 'rating.action-confirmed') {
      const { hall, adopt, agree } = fact.body
      if (!adopt || !agree) return []
      return [
        {
          ...{ kind: 'start', event: ADOPTED, from: fact.at, dueAt: null, subjects: [subject], matter: subject },
          ...{ unit: hall, store: null, responsible: [] },
        },
      ]
    }
    const events = [fact.type === 'rating.action-done' ? ADOPTED : EVENT]
    return [{ kind: 'end', events, subjects: [subject] }]
  },
}
