import { sql } from 'kysely'
import type { Clock } from '../../clock/clock.ts'
import '../../clock/tables.ts'
import type { WorkSource } from '../../inbox/work.ts'
import { localDay } from '../../local-time.ts'
import type { Words } from '../../refusal.ts'
import { untoldOfTerms } from '../papers/paper-appraisals.ts'
import '../tables.ts'

/** Whoever has more of them at once begins with these. */
const TERMS_MOST = 500

const WHAT: Readonly<Record<'pause' | 'resume', Words>> = {
  pause: {
    zh: '已送鉴定：鉴定期间不计入期限，须申请中止计算并书面告知当事人（行政强制法 25）',
    en: 'At an appraisal, whose time is not counted: ask for the pause and tell the party in writing (Administrative Compulsion Law 25)',
  },
  resume: {
    zh: '鉴定已返回，期限仍中止计算：须申请恢复（行政强制法 25）',
    en: 'Back from the appraisal, and its term is paused still: ask that it is counted again (Administrative Compulsion Law 25)',
  },
}

/** A notice is one holder's: how many of them are told still. */
const tell = (holders: number): Words => ({
  zh: `鉴定期间不计入期限：须向持有人分别出具期间告知书，书面告知当事人，尚有 ${holders} 人未出具（行政强制法 25）`,
  en: `The time of the appraisal is not counted: issue the notice of its term to each holder and tell the party in writing; ${holders} to go (Administrative Compulsion Law 25)`,
})

/**
 * 鉴定期间 (rules X-21, 7.2 row 15): terms that an appraisal pauses and that run on while a thing is away, and those that stand still although
 * everything is back or the term told to the party is over; and those of whose term some holder has no notice; for the officers of the case, until
 * it is asked for and granted.
 */
export const appraisedTerms: WorkSource = async (db, { actor, now, after, limit }) => {
  const units = actor.appointments.filter(({ post }) => post === 'officer').map(({ place }) => place)
  if (units.length === 0) return []
  const handled = sql`clocks c join case_officers o on c.state ->> 'matter' = 'case/' || o.case_number`
  const mine = sql<boolean>`o.person = ${actor.person} and not o.recused and c.unit = any(${units}::text[])
    and c.state -> 'exception' is null`
  const paused = await sql<{ state: Clock }>`
    select c.state from ${handled} where ${mine} and c.status = 'paused' and c.state -> 'appraisal' is not null
  `.execute(db)
  const untold = await untoldOfTerms(
    db,
    paused.rows.map(({ state }) => state),
  )
  const isUntold = sql<boolean>`c.id = any(${[...untold.keys()]}::text[])`
  // What is asked for already is nobody's task any more; the notice is owed all the same.
  const asked = sql<boolean>`exists (
    select from approvals a where a.status = 'asked' and a.expires_at >= ${now}::timestamptz
      and a.command in ('pause-deadline', 'resume-deadline') and a.state #>> '{deed,clock}' = c.id)`
  const found = await sql<{ id: string; clock: string; what: 'pause' | 'resume'; case: string; by: string }>`
    select * from (
      select 'appraisal/' || c.id as id, c.id as clock, o.case_number as case, c.state ->> 'dueAt' as by,
        case when c.status = 'running' then 'pause' else 'resume' end as what
      from ${handled}
      cross join lateral (
        select bool_or(i.custody_status = 'AT_APPRAISAL') as away, max(i.state -> 'appraised' -> -1 ->> 'at') as "backAt"
        from clock_subjects s join items i on s.subject = 'item/' || i.id where s.clock = c.id
      ) as its
      where ${mine} and (c.state #>> '{terms,pausable}')::boolean
        and (${isUntold} or (not ${asked} and (
          (c.status = 'running' and c.due_at >= ${now}::timestamptz and its.away)
          or (c.status = 'paused' and not its.away and its."backAt" > c.state ->> 'pausedAt')
          or (c.status = 'paused' and c.state #>> '{appraisal,ends}' < ${localDay(now)}))))
    ) as p
    where ${after === null ? sql`true` : sql`(p.by, p.id) > (${after.by}, ${after.id})`}
    order by p.by, p.id limit ${Math.min(limit, TERMS_MOST)}
  `.execute(db)
  return found.rows.map(({ id, clock, what, case: number, by }) => {
    const holders = untold.get(clock)
    return {
      ...{ kind: 'deadline', id, by, dueAt: null, level: 'waiting', about: number },
      what: holders === undefined ? WHAT[what] : tell(holders),
      path: `/deadlines?${new URLSearchParams({ deadline: clock }).toString()}`,
    }
  })
}
