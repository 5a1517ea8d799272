import { sql } from 'kysely'
import type { WorkSource } from '../inbox/work.ts'
import type { Approval } from './approvals.ts'
import { unitsUnder } from './store.ts'
import './tables.ts'

/** Requests that wait for somebody's decision. */
export const approvalWork: WorkSource = async (db, { actor, now, after, limit }) => {
  const places = actor.appointments.filter(({ post }) => post === 'approver').map(({ place }) => place)
  const units = await unitsUnder(db, places)
  if (units.length === 0) return []
  const found = await sql<{ state: Approval }>`
    select state from approvals
    where status = 'asked' and unit = any(${units}::text[]) and requester <> ${actor.person}
      and expires_at >= ${now}::timestamptz
      ${after === null ? sql`` : sql`and (expires_at, id) > (${after.by}::timestamptz, ${after.id})`}
    order by expires_at, id limit ${limit}
  `.execute(db)
  return found.rows.map(({ state: { id, expiresAt } }) => ({
    ...{ kind: 'approval', id, by: expiresAt, dueAt: expiresAt, level: 'waiting', path: '/desk', about: null },
    what: { zh: '有一项申请待您审批', en: 'A request waits for your decision' },
  }))
}
