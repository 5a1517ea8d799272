import { sql } from 'kysely'
import '../../clock/tables.ts'
import type { WorkSource } from '../../inbox/work.ts'
import { localDay } from '../../local-time.ts'
import type { Words } from '../../refusal.ts'
import '../tables.ts'

/** Of clocks, under the name `c`: paused for an appraisal whose term no standing paper has told to its party. */
const UNTOLD = sql<boolean>`(c.status = 'paused' and c.state -> 'appraisal' is not null and not exists (
  select from papers p where p.kind = 'appraisal-term' and p.of_thing = c.id and p.stands
    and p.of_part = c.state #>> '{appraisal,begins}'))`

/** Whoever has more of them at once begins with these. */
const TERMS_MOST = 500

const WHAT: Readonly<Record<'pause' | 'resume' | 'tell', Words>> = {
  tell: {
    zh: '鉴定期间不计入期限：须出具期间告知书，书面告知当事人（行政强制法 25）',
    en: 'The time of the appraisal is not counted: issue the notice of its term and tell the party in writing (Administrative Compulsion Law 25)',
  },
  pause: {
    zh: '已送鉴定：鉴定期间不计入期限，须申请中止计算并书面告知当事人（行政强制法 25）',
    en: 'At an appraisal, whose time is not counted: ask for the pause and tell the party in writing (Administrative Compulsion Law 25)',
  },
  resume: {
    zh: '鉴定已返回，期限仍中止计算：须申请恢复（行政强制法 25）',
    en: 'Back from the appraisal, and its term is paused still: ask that it is counted again (Administrative Compulsion Law 25)',
  },
}

/**
 * 鉴定期间 (rules X-21, 7.2 row 15): terms that an appraisal pauses and that run on while a thing is away, and those that stand still although
 * everything is back or the term told to the party is over; and those whose term no notice tells; for the officers of the case, until it is asked for and granted.
 */
export const appraisedTerms: WorkSource = async (db, { actor, now, after, limit }) => {
  const units = actor.appointments.filter(({ post }) => post === 'officer').map(({ place }) => place)
  if (units.length === 0) return []
  const found = await sql<{ id: string; clock: string; what: 'pause' | 'resume' | 'tell'; case: string; by: string }>`
    select * from (
      select 'appraisal/' || c.id as id, c.id as clock, o.case_number as case, c.state ->> 'dueAt' as by,
        case when ${UNTOLD} then 'tell' when c.status = 'running' then 'pause' else 'resume' end as what
      from clocks c join case_officers o on c.state ->> 'matter' = 'case/' || o.case_number
      cross join lateral (
        select bool_or(i.custody_status = 'AT_APPRAISAL') as away, max(i.state -> 'appraised' -> -1 ->> 'at') as "backAt"
        from clock_subjects s join items i on s.subject = 'item/' || i.id where s.clock = c.id
      ) as its
      where o.person = ${actor.person} and not o.recused and c.unit = any(${units}::text[])
        and (c.state #>> '{terms,pausable}')::boolean
        and c.state -> 'exception' is null
        and (${UNTOLD} or (c.status = 'running' and c.due_at >= ${now}::timestamptz and its.away)
          or (c.status = 'paused' and not its.away and its."backAt" > c.state ->> 'pausedAt')
          or (c.status = 'paused' and c.state #>> '{appraisal,ends}' < ${localDay(now)}))
        and not exists (
          select from approvals a where a.status = 'asked' and a.expires_at >= ${now}::timestamptz
            and a.command in ('pause-deadline', 'resume-deadline') and a.state #>> '{deed,clock}' = c.id)
    ) as p
    where ${after === null ? sql`true` : sql`(p.by, p.id) > (${after.by}, ${after.id})`}
    order by p.by, p.id limit ${Math.min(limit, TERMS_MOST)}
  `.execute(db)
  return found.rows.map(({ id, clock, what, case: number, by }) => ({
    ...{ kind: 'deadline', id, by, dueAt: null, level: 'waiting', about: number, what: WHAT[what] },
    path: `/deadlines?${new URLSearchParams({ deadline: clock }).toString()}`,
  }))
}
