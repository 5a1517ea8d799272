import type { CallSource } from '../outbox/calls.ts'
import type { ClockFacts } from './clock.ts'

/** A warning calls whom it tells. */
export const clockCalls: CallSource = {
  types: ['clock.warned'],
  people: async (_trx, facts) =>
    facts.flatMap((fact) => {
      const { told } = fact.body as unknown as ClockFacts['clock.warned']
      return [...new Set(told.map(({ person }) => person))].map((person) => ({ person, fact }))
    }),
}
