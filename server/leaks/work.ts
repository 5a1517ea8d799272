import { sql } from 'kysely'
import type { WorkItem } from '../inbox/protocol.ts'
import type { WorkSource } from '../inbox/work.ts'
import { type Leak, stillToTell } from './leaks.ts'
import './tables.ts'

/** Leaks that nobody has closed, for supervisors. */
export const leakWork: WorkSource = async (db, { actor, now, after, limit }) => {
  if (!actor.appointments.some(({ post }) => post === 'supervisor')) return []
  const found = await sql<{ state: Leak }>`
    select state from leaks where open
      ${after === null ? sql`` : sql`and (due_at, id) > (${after.by}::timestamptz, ${after.id})`}
    order by due_at, id limit ${limit}
  `.execute(db)
  return found.rows.map(({ state }): WorkItem => {
    const toTell = stillToTell(state).length > 0
    return {
      ...{ kind: 'leak', id: state.id, by: state.dueAt, dueAt: toTell ? state.dueAt : null, about: null },
      ...{ level: toTell && state.dueAt < now ? 'overdue' : 'waiting', path: '/leaks' },
      what: toTell
        ? { zh: '泄露事件待报告、告知', en: 'A leak is to be reported' }
        : { zh: '泄露事件待办结', en: 'A leak is to be closed' },
    }
  })
}
