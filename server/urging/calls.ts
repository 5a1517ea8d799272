import { sql } from 'kysely'
import type { CallSource } from '../outbox/calls.ts'
import type { UrgingFacts } from './urging.ts'

/** A notice calls whom it is addressed to: the person, or who heads the department. */
export const urgingCalls: CallSource = {
  types: ['urging.issued', 'urging.sent-back'],
  people: async (trx, facts) => {
    const called = await Promise.all(
      facts.map(async (fact) => {
        const { unit, person } = fact.body as unknown as UrgingFacts['urging.sent-back']
        if (person !== null) return [{ person, fact }]
        const heads = await sql<{ person: string }>`
          select distinct a.person from appointments a join people p on p.id = a.person and p.active
          where a.post in ('manager', 'approver') and a.place = ${unit}
            and a.from_at <= ${fact.at}::timestamptz and (a.to_at is null or a.to_at > ${fact.at}::timestamptz)
        `.execute(trx)
        return heads.rows.map((row) => ({ person: row.person, fact }))
      }),
    )
    return called.flat()
  },
}
