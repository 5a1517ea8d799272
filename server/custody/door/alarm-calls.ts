import { sql } from 'kysely'
import type { CallSource } from '../../outbox/calls.ts'
import type { DoorFacts } from './facts.ts'

/** A door's alarm calls who keeps the store and who heads the department that does (rules.md W-11). */
export const alarmCalls: CallSource = {
  types: ['custody.door-alarmed'],
  people: async (trx, facts) => {
    const called = await Promise.all(
      facts.map(async (fact) => {
        const { store } = fact.body as unknown as DoorFacts['custody.door-alarmed']
        const found = await sql<{ person: string }>`
          select distinct a.person from appointments a join people p on p.id = a.person and p.active
          where ((a.post = 'custodian' and a.place = ${store})
              or (a.post = 'manager' and a.place = (select unit from stores where id = ${store})))
            and a.from_at <= ${fact.at}::timestamptz and (a.to_at is null or a.to_at > ${fact.at}::timestamptz)
        `.execute(trx)
        return found.rows.map(({ person }) => ({ person, fact }))
      }),
    )
    return called.flat()
  },
}
