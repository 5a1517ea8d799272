import { sql } from 'kysely'
import type { WorkItem } from '../../inbox/protocol.ts'
import type { WorkSource } from '../../inbox/work.ts'
import type { Post, Reader } from '../../module.ts'
import type { Disposal } from './disposal.ts'
import { papersNotFor } from '../tax-roles/store.ts'
import '../tables.ts'

/** A store with more to carry out at once works them off in order; the rest comes up as these are done. */
const PAPERS_MOST = 500
/** As many as a bench has to tell of; the rest comes up as these are done. */
const BENCH_MOST = 20

/** What an officer has to propose anew: papers that were refused, or about which nobody is asked any more. */
export const proposingWork: WorkSource = async (db, { actor, now, after, limit }) => {
  const units = actor.appointments.filter(({ post }) => post === 'officer').map(({ place }) => place)
  if (units.length === 0) return []
  const found = await sql<{ code: string; at: string; refused: boolean }>`
    select * from (
      select d.id as code, d.status = 'refused' as refused,
        coalesce(d.state #>> '{dropped,at}', d.state ->> 'proposedAt') as at
      from case_officers o join cases c on c.id = o.case_number join disposals d on d.case_number = c.id
      where o.person = ${actor.person} and not o.recused and c.unit = any(${units}::text[]) and c.status = 'OPEN'
        and (d.status = 'refused' or (d.status = 'proposed' and not exists (
          select 1 from approvals a
          where a.status = 'asked' and a.state #>> '{deed,disposal}' = d.id and a.expires_at >= ${now}::timestamptz)))
        and exists (select 1 from items i where i.case_number = c.id
          and coalesce(i.state #>> '{dropped,disposal}', i.state ->> 'disposal') = d.id)) as p
    where ${after === null ? sql`true` : sql`(p.at, p.code) > (${after.by}, ${after.id})`}
    order by p.at, p.code limit ${Math.min(limit, PAPERS_MOST)}
  `.execute(db)
  return found.rows.map(({ code, at, refused }) => ({
    ...{ kind: 'disposal-again', id: code, by: at, dueAt: null, level: 'waiting', about: code },
    path: `/desk/disposals/${code}`,
    what: refused
      ? { zh: '处置未获批准，须重新提出', en: 'A disposal was refused: to be proposed anew' }
      : { zh: '处置的申请已失效，须重新提出', en: 'The request for a disposal has lapsed: to be proposed anew' },
  }))
}

/** What officers and the heads of their departments have to put right: complaints that were upheld, until the item is on its way back. */
export const complaintWork: WorkSource = async (db, { actor, after, limit }) => {
  const placesOf = (wanted: Post): string[] =>
    actor.appointments.filter(({ post }) => post === wanted).map(({ place }) => place)
  const [officer, heads] = [placesOf('officer'), placesOf('manager')]
  if (officer.length + heads.length === 0) return []
  const found = await sql<{ code: string; at: string }>`
    select * from (
      select i.id as code, i.state #>> '{upheld,at}' as at
      from items i left join disposals d on d.id = i.state ->> 'disposal'
      where i.state ? 'upheld' and i.custody_status <> 'OUT' and coalesce(d.state ->> 'way', '') <> 'RETURN'
        and (i.unit = any(${heads}::text[]) or (i.unit = any(${officer}::text[])
          and exists (select 1 from case_officers o where o.case_number = i.case_number and o.person = ${actor.person} and not o.recused)))) as p
    where ${after === null ? sql`true` : sql`(p.at, p.code) > (${after.by}, ${after.id})`}
    order by p.at, p.code limit ${Math.min(limit, PAPERS_MOST)}
  `.execute(db)
  return found.rows.map(({ code, at }) => ({
    ...{ kind: 'complaint', id: code, by: at, dueAt: null, level: 'waiting', about: code },
    path: `/supervise/items/${code}`,
    what: {
      zh: '申诉成立：须提出解除返还或予以纠正',
      en: 'A complaint was upheld: propose its return, or put it right',
    },
  }))
}

/** Papers that are approved, with what of them a store keeps and they were not carried out of, the first approved first. */
export async function papersToCarryOut(
  db: Reader,
  store: string,
): Promise<readonly { readonly paper: Disposal; readonly items: readonly string[] }[]> {
  const found = await sql<{ paper: Disposal; items: string[] }>`
    select d.state as paper, array_agg(i.id order by i.id) as items
    from items i join disposals d on d.id = i.state ->> 'disposal'
    where i.store = ${store} and d.status = 'approved' and i.disposition_status = 'APPROVED'
    group by d.id, d.state order by d.state #>> '{agreed,-1,at}', d.id limit ${BENCH_MOST}
  `.execute(db)
  return found.rows
}

/**
 * What custodians have to carry out or to strike off: papers that are approved, and things that are out and not written off. Where a whole page of
 * papers has some that are not for who looks, those after it are looked at as well.
 */
export const disposalWork: WorkSource = async (db, asked) => {
  const { actor, after } = asked
  const stores = actor.appointments.filter(({ post }) => post === 'custodian').map(({ place }) => place)
  if (stores.length === 0) return []
  const limit = Math.min(asked.limit, PAPERS_MOST)
  const found = await sql<{ state: Disposal; at: string; left: boolean }>`
    select * from (
      select d.state, d.state #>> '{agreed,-1,at}' as at, bool_and(i.custody_status = 'OUT') as left
      from items i join disposals d on d.id = i.state ->> 'disposal'
      where i.store = any(${stores}::text[]) and d.status in ('approved', 'done')
        and (i.disposition_status = 'APPROVED' or (i.custody_status = 'OUT' and i.disposition_status <> 'CLOSED'))
      group by d.id, d.state) as p
    where ${after === null ? sql`true` : sql`(p.at, p.state ->> 'code') > (${after.by}, ${after.id})`}
    order by p.at, p.state ->> 'code' limit ${limit}
  `.execute(db)
  const barred = await papersNotFor(
    db,
    actor.person,
    found.rows.flatMap(({ state, left }) => (left ? [] : [state])),
  )
  const theirs = found.rows.filter(({ state, left }) => left || !barred.has(state.code))
  const lines = theirs.map(({ state: { code }, at, left }): WorkItem => ({
    ...{ kind: 'disposal', id: code, by: at, dueAt: null, level: 'waiting', about: code },
    path: `/desk/disposals/${code}`,
    what: left
      ? { zh: '已处置，待销账', en: 'Disposed of, to be written off' }
      : { zh: '处置已批准，待执行', en: 'A disposal is approved, to be carried out' },
  }))
  const last = found.rows.at(-1)
  if (theirs.length === found.rows.length || found.rows.length < limit || last === undefined) return lines
  const more = { ...asked, after: { by: last.at, id: last.state.code }, limit: limit - lines.length }
  return [...lines, ...(await disposalWork(db, more))]
}
