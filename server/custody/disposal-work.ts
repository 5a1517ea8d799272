import { sql } from 'kysely'
import type { WorkSource } from '../inbox/work.ts'
import type { Disposal } from './disposal.ts'
import './tables.ts'

/** A store with more to carry out at once works them off in order; the rest comes up as these are done. */
const PAPERS_MOST = 500

/** What custodians have to carry out or to strike off: papers that are approved, and things that are out and not written off. */
export const disposalWork: WorkSource = async (db, { actor, after, limit }) => {
  const stores = actor.appointments.filter(({ post }) => post === 'custodian').map(({ place }) => place)
  if (stores.length === 0) return []
  const found = await sql<{ state: Disposal; at: string; left: boolean }>`
    select * from (
      select d.state, d.state #>> '{agreed,-1,at}' as at, bool_and(i.custody_status = 'OUT') as left
      from items i join disposals d on d.id = i.state ->> 'disposal'
      where i.store = any(${stores}::text[]) and d.status in ('approved', 'done')
        and (i.disposition_status = 'APPROVED' or (i.custody_status = 'OUT' and i.disposition_status <> 'CLOSED'))
      group by d.id, d.state) as p
    where ${after === null ? sql`true` : sql`(p.at, p.state ->> 'code') > (${after.by}, ${after.id})`}
    order by p.at, p.state ->> 'code' limit ${Math.min(limit, PAPERS_MOST)}
  `.execute(db)
  return found.rows.map(({ state: { code }, at, left }) => ({
    ...{ kind: 'disposal', id: code, by: at, dueAt: null, level: 'waiting', about: code },
    path: `/desk/disposals/${code}`,
    what: left
      ? { zh: '已处置，待销账', en: 'Disposed of, to be written off' }
      : { zh: '处置已批准，待执行', en: 'A disposal is approved, to be carried out' },
  }))
}
