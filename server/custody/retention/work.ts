import { sql } from 'kysely'
import type { WorkSource } from '../../inbox/work.ts'
import '../tables.ts'

/** Whoever is asked about more at once answers these first. */
const ASKED_MOST = 500

/** What the officers of a case were asked about keeping its items, until one of them has answered. */
export const retentionWork: WorkSource = async (db, { actor, after, limit }) => {
  const units = actor.appointments.filter(({ post }) => post === 'officer').map(({ place }) => place)
  if (units.length === 0) return []
  const found = await sql<{ code: string; at: string }>`
    select * from (
      select i.id as code, i.state #>> '{retention,asked,at}' as at
      from case_officers o join cases c on c.id = o.case_number join items i on i.case_number = c.id
      where o.person = ${actor.person} and not o.recused and c.unit = any(${units}::text[]) and c.status = 'OPEN'
        and i.state #> '{retention,asked}' is not null) as p
    where ${after === null ? sql`true` : sql`(p.at, p.code) > (${after.by}, ${after.id})`}
    order by p.at, p.code limit ${Math.min(limit, ASKED_MOST)}
  `.execute(db)
  return found.rows.map(({ code, at }) => ({
    ...{ kind: 'retention', id: code, by: at, dueAt: null, level: 'waiting', about: code },
    path: `/supervise/items/${code}`,
    what: { zh: '答复保管复核：是否仍须保管', en: 'Answer whether it must still be kept' },
  }))
}
