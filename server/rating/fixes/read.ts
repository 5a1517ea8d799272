import { sql } from 'kysely'
import { ZONE } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import { isWithin } from '../seeing/days.ts'
import { rateOf, sumOf } from '../seeing/figures.ts'
import type { Days } from '../seeing/protocol.ts'
import { readBatches } from '../seeing/read.ts'
import { SATISFIED_MEANS } from '../questionnaire.ts'
import { groupOf } from '../rating.ts'
import '../tables.ts'
import { groupOfFixes } from './fix.ts'
import type { AnswerFigures } from './protocol.ts'

/**
 * 回访率, 整改率, 按期率 and 回访评价 of a hall, each with what it is made of, so that it can be reckoned again from the rows: of the answers asked for
 * in these days, and the counters that were to be looked into (nobody is to be called back there), and of the ratings of answers that were counted in them. What was closed
 * in time since it had been put off is told apart: 按期率 is not bettered in silence.
 */
export async function answerFigures(db: Reader, hall: string, days: Days, at: string): Promise<AnswerFigures> {
  const { rows } = await sql<Omit<AnswerFigures, 'from' | 'to' | 'fixSatisfied' | 'means'>>`
    select count(*) filter (where not state ? 'batch')::int as asked, count(*) filter (where state ? 'batch')::int as counters,
      count(*) filter (where state ->> 'reached' is not null)::int as called,
      count(*) filter (where (state ->> 'reached')::boolean)::int as reached,
      count(*) filter (where state ->> 'settlement' in ('rectified', 'by-date'))::int as "putRight",
      count(*) filter (where state ->> 'settlement' = 'explained')::int as explained,
      count(*) filter (where status = 'closed')::int as closed,
      count(*) filter (where c.ended_at <= c.due_at)::int as "inTime",
      count(*) filter (where c.ended_at <= c.due_at and c.extensions > 0)::int as "inTimeExtended",
      count(*) filter (where c.ended_at is not null or c.due_at <= ${at})::int as due,
      count(*) filter (where f.fix_expires_at <= ${at})::int as "fixAsked"
    from rating_follow_ups f
    left join lateral (
      select k.ended_at, k.due_at, (k.state ->> 'extensions')::int as extensions from clocks k join clock_subjects s on s.clock = k.id
      where s.subject = 'follow-up/' || f.id and k.rule = 'DL-40' limit 1
    ) c on true
    where f.hall = ${hall} and (f.asked_at at time zone ${sql.lit(ZONE)})::date between ${days.from}::date and ${days.to}::date
  `.execute(db)
  const [counted] = rows
  if (counted === undefined) throw new Error('a count has one row')
  const fixes = await readBatches(db, groupOf(groupOfFixes(hall)).hall, days.to)
  const own = fixes.filter(({ day }) => isWithin(day, days))
  return { ...days, ...counted, fixSatisfied: rateOf(sumOf(own, 'overall')), means: SATISFIED_MEANS }
}
