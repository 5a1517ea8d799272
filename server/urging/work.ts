import { sql } from 'kysely'
import type { WorkItem } from '../inbox/protocol.ts'
import type { WorkSource } from '../inbox/work.ts'
import type { UrgingsApart } from './apart.ts'
import { headedBy } from './store.ts'
import './tables.ts'
import { numberOf, type Urging } from './urging.ts'

/** Notices that wait for the answer of whom they are addressed to, and answers that wait for a supervisor. */
export const urgingWork =
  (apart: UrgingsApart): WorkSource =>
  async (db, { actor, now, after, limit }) => {
    const judges = actor.appointments.some(({ post }) => post === 'supervisor')
    const found = await sql<{ state: Urging }>`
    select state from urgings u
    where not ${apart.within(actor.person)} and ((status = 'issued' and (person = ${actor.person} or unit = any(${headedBy(actor)}::text[])))
        or (status = 'answered' and ${judges}))
      ${after === null ? sql`` : sql`and (due_at, id) > (${after.by}::timestamptz, ${after.id})`}
    order by due_at, id limit ${limit}
  `.execute(db)
    return found.rows.map(({ state }): WorkItem => ({
      ...{ kind: 'urging', id: state.id, by: state.dueAt, dueAt: state.status === 'issued' ? state.dueAt : null },
      level: state.status === 'issued' && state.dueAt < now ? 'overdue' : 'waiting',
      about: numberOf(state),
      path: `/urgings/${state.id}`,
      what:
        state.status === 'issued'
          ? { zh: '督办通知待回复', en: 'A notice of urging is to be answered' }
          : { zh: '督办回复待审核', en: 'An answer to a notice of urging is to be judged' },
    }))
  }
