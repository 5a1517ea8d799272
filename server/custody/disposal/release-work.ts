import { sql } from 'kysely'
import '../../clock/tables.ts'
import type { WorkSource } from '../../inbox/work.ts'
import type { Words } from '../../refusal.ts'
import { rules } from '../rules.ts'
import '../tables.ts'

/** Whoever has more to release at once begins with these. */
const RELEASES_MOST = 500

/** What an officer of the case has to let go, by the rule whose time is over. */
const WHAT: Readonly<Record<string, Words>> = {
  'DL-07': {
    zh: '当场采取的措施逾期未补办批准：须立即解除（行政强制法 19）',
    en: 'Taken on the spot and not approved in time: release it at once (Administrative Compulsion Law 19)',
  },
}
const EXPIRED: Words = {
  zh: '措施期限届满：须立即解除返还（行政强制法 28）',
  en: 'The term of the measure is over: release and return it at once (Administrative Compulsion Law 28)',
}

/**
 * 解除任务 (rules X-13, T-02): what the officers of a case have to release, since the term of its measure is over or nobody approved in time what
 * was taken on the spot; until it is released, approved or prolonged.
 */
export const releaseWork: WorkSource = async (db, { actor, now, after, limit }) => {
  const units = actor.appointments.filter(({ post }) => post === 'officer').map(({ place }) => place)
  if (units.length === 0) return []
  const found = await sql<{ id: string; rule: string; case: string; due: string }>`
    select * from (
      select c.id, c.rule, o.case_number as case, c.state ->> 'dueAt' as due
      from clocks c join case_officers o on c.state ->> 'matter' = 'case/' || o.case_number
      where o.person = ${actor.person} and not o.recused and c.unit = any(${units}::text[]) and c.status = 'running'
        and c.rule = any(${[...rules.release_when_over.value]}::text[]) and c.due_at < ${now}::timestamptz) as p
    where ${after === null ? sql`true` : sql`(p.due, p.id) > (${after.by}, ${after.id})`}
    order by p.due, p.id limit ${Math.min(limit, RELEASES_MOST)}
  `.execute(db)
  return found.rows.map(({ id, rule, case: number, due }) => ({
    ...{ kind: 'release', id, by: due, dueAt: due, level: 'overdue', about: number },
    path: `/desk/cases/${encodeURIComponent(number)}`,
    what: WHAT[rule] ?? EXPIRED,
  }))
}
