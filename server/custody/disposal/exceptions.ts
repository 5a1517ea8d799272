import { sql } from 'kysely'
import type { WorkSource } from '../../inbox/work.ts'
import '../tables.ts'
import { type KeptOpenGround, keptOpenWords } from './words.ts'

/** Whoever has more of them at once sees these first. */
const EXCEPTIONS_MOST = 500

/**
 * 依法例外 (rules X-19): of closed cases, what lawfully stays open and on which ground, for the officers of the case: it is on their list, and
 * nothing of it is late, until the case is opened again.
 */
export const exceptionWork: WorkSource = async (db, { actor, after, limit }) => {
  const units = actor.appointments.filter(({ post }) => post === 'officer').map(({ place }) => place)
  if (units.length === 0) return []
  const found = await sql<{ id: string; case: string; ground: KeptOpenGround; items: number; by: string }>`
    select * from (
      select 'exception/' || c.id || '/' || (i.state #>> '{keptOpen,ground}') as id, c.id as case,
        i.state #>> '{keptOpen,ground}' as ground, count(*)::integer as items, min(i.state #>> '{keptOpen,at}') as by
      from case_officers o join cases c on c.id = o.case_number join items i on i.case_number = c.id
      where o.person = ${actor.person} and not o.recused and c.unit = any(${units}::text[]) and c.status = 'CLOSED'
        and c.state #> '{closed,exceptions}' ? i.id
      group by c.id, i.state #>> '{keptOpen,ground}') as p
    where ${after === null ? sql`true` : sql`(p.by, p.id) > (${after.by}, ${after.id})`}
    order by p.by, p.id limit ${Math.min(limit, EXCEPTIONS_MOST)}
  `.execute(db)
  return found.rows.map(({ id, case: number, ground, items, by }) => ({
    ...{ kind: 'exception', id, by, dueAt: null, level: 'waiting', about: number },
    path: `/desk/cases/${encodeURIComponent(number)}`,
    what: {
      zh: `依法例外 ${items} 件：${keptOpenWords[ground].zh}`,
      en: `Lawful exception, ${items} ${items === 1 ? 'item' : 'items'}: ${keptOpenWords[ground].en}`,
    },
  }))
}
