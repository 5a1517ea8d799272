import { sql } from 'kysely'
import type { WorkItem } from '../inbox/protocol.ts'
import type { WorkSource } from '../inbox/work.ts'
import type { FollowUp } from './follow-ups.ts'
import './tables.ts'

/** Wishes for an answer, and counters to look into: new ones and those to close for the head of the hall, the others for who handles them, appeals for supervisors. */
export const followUpWork: WorkSource = async (db, { actor, after, limit }) => {
  const halls = actor.appointments.filter(({ post }) => post === 'manager').map(({ place }) => place)
  const reviews = actor.appointments.some(({ post }) => post === 'supervisor')
  const found = await sql<{ state: FollowUp }>`
    select state from rating_follow_ups
    where (
        (hall = any(${halls}::text[]) and (status in ('new', 'fed-back') or (status = 'settled' and state ? 'batch')))
        or (handler = ${actor.person}
          and (status in ('assigned', 'called', 'verified') or (status = 'settled' and not state ? 'batch')))
        or (${reviews} and status = 'appealed')
      )
      ${after === null ? sql`` : sql`and (asked_at, id) > (${after.by}::timestamptz, ${after.id})`}
    order by asked_at, id limit ${limit}
  `.execute(db)
  return found.rows.map(({ state }): WorkItem => ({
    ...{ kind: 'follow-up', id: state.id, by: state.askedAt, dueAt: null, level: 'waiting', about: state.id.slice(-8) },
    path: '/rating/follow-ups',
    what:
      state.batch === undefined
        ? { zh: '评价人等待答复', en: 'A rater waits for an answer' }
        : { zh: '计票有差评，窗口待核查', en: 'Bad votes were counted: a counter is to be looked into' },
  }))
}
