import { sql } from 'kysely'
import type { WorkSource } from '../../inbox/work.ts'
import { CATEGORIES, categories } from '../categories.ts'
import '../tables.ts'

/** Who has more to decide at once works it off in order; the rest comes up as these are done. */
const ITEMS_MOST = 500

const EVIDENCE = CATEGORIES.filter((category) => categories[category].book === 'evidence')

/**
 * What officers of a case have to do about what they took, beside handing it over: decide over what was handed in (rules C-31), have
 * appraised what nobody knows the value of (rules C-20), and say what things prove (rules C-01).
 */
export const intakeWork: WorkSource = async (db, { actor, after, limit }) => {
  const units = actor.appointments.filter(({ post }) => post === 'officer').map(({ place }) => place)
  if (units.length === 0) return []
  const found = await sql<{ id: string; what: keyof typeof WORDS; by: string; about: string }>`
    with its as (
      select i.id, i.case_number, i.state from case_officers o
      join cases c on c.id = o.case_number and c.status = 'OPEN' and c.unit = any(${units}::text[])
      join items i on i.case_number = c.id and i.disposition_status = 'NONE' and i.custody_status <> 'OUT'
      where o.person = ${actor.person} and not o.recused
    )
    select * from (
      select 'surrender/' || id as id, 'surrender' as what, state #>> '{measure,takenAt}' as by, id as about
      from its where state ->> 'measureStatus' = 'VOLUNTARY_RECEIVED'
      union all
      select 'value/' || id, 'value', state #>> '{measure,takenAt}', id
      from its where state ->> 'valueStatus' = 'UNKNOWN' and state ->> 'custodyStatus' <> 'AT_APPRAISAL'
      union all
      select 'relevance/' || case_number, 'relevance', min(state #>> '{measure,takenAt}'), case_number
      from its where not state ? 'relevance' and not state ? 'proceeds' and state ->> 'category' = any(${EVIDENCE}::text[]) group by case_number
    ) as p
    where ${after === null ? sql`true` : sql`(p.by, p.id) > (${after.by}, ${after.id})`}
    order by p.by, p.id limit ${Math.min(limit, ITEMS_MOST)}
  `.execute(db)
  return found.rows.map(({ id, what, by, about }) => ({
    ...{ kind: 'intake', id, by, dueAt: null, level: 'waiting', about, what: WORDS[what] },
    path: what === 'relevance' ? `/desk/cases/${encodeURIComponent(about)}` : `/supervise/items/${about}`,
  }))
}

const WORDS = {
  surrender: {
    zh: '主动上交待定：须转为正式措施或退还',
    en: 'Handed in, undecided: hold it under a measure, or give it back',
  },
  value: { zh: '价值不明：须及时送鉴定', en: 'Its value is not known: have it appraised in time' },
  relevance: { zh: '有财物未说明与案件的关联', en: 'Of some items nobody said what they prove' },
} as const
