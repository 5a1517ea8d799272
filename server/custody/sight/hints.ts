import { sql } from 'kysely'
import { loadActor } from '../../access/actor.ts'
import { requestsApart, urgingsApart } from '../recusal/apart.ts'
import { custodyAside } from '../recusal/aside.ts'
import { clockSightOf, type ClockSight, clocksWithin } from '../../clock/sight.ts'
import type { LedgerHint } from '../../hub.ts'
import { subjectId, subjectKind } from '../../ledger/project.ts'
import type { Actor, Reader } from '../../module.ts'
import { ORG_REGISTER } from '../../org/org.ts'
import { alarmsWithin } from '../door/alarm-reads.ts'
import { conflictsWithin } from '../conflicts/conflict-reads.ts'
import { type Named } from './sees.ts'
import {
  approvalsWithin,
  casesWithin,
  issuedWithin,
  itemsWithin,
  noticesWithin,
  papersWithin,
  sightOf,
} from './sight.ts'

/** The subjects of these hints that somebody may hear of, as one further module says. */
export type HintSight = (db: Reader, actor: Actor, hints: readonly LedgerHint[]) => Promise<ReadonlySet<string>>

/**
 * What somebody may be told of these hints: those about what he may see, whole. A subject names cases and items, so of the rest nobody
 * hears, but that a register has grown for an audit administrator, who watches the registers.
 * @throws Refusal `access.not-signed-in` for somebody no longer active
 */
export async function hintsInSight(
  db: Reader,
  person: string,
  hints: readonly LedgerHint[],
  at: string,
  others: readonly HintSight[] = [],
): Promise<readonly LedgerHint[]> {
  const actor = await loadActor(db, person, at)
  const sight = await sightOf(db, actor, at)
  if (sight === 'all') return hints
  const subjects = hints.filter(({ register }) => register !== ORG_REGISTER).map(({ subject }) => subject)
  if (sight.watches === true) {
    const apart = await subjectsApart(db, sight, subjects)
    return hints.filter(({ subject }) => !apart.has(subject))
  }
  const clockSight = await clockSightOf(db, actor, { now: at, aside: custodyAside })
  const seen = new Set(subjects.length === 0 ? [] : await subjectsInSight(db, sight, clockSight, subjects))
  for (const other of others) for (const subject of await other(db, actor, hints)) seen.add(subject)
  const watches = actor.appointments.some(({ post }) => post === 'audit-admin')
  return hints.flatMap((hint) => {
    if (hint.register === ORG_REGISTER || seen.has(hint.subject)) return [hint]
    return watches ? [{ ...hint, type: '', subject: '' }] : []
  })
}

/** Those of these subjects that belong to a case from which somebody is recused. */
async function subjectsApart(
  db: Reader,
  { recused, person }: Named,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  if (subjects.length === 0) return new Set()
  const ids = (kind: string) => sql`any(${subjects.filter((one) => subjectKind(one) === kind).map(subjectId)}::text[])`
  const cases = sql`${[...recused]}::text[]`
  const items = sql`(select id from items where case_number = any(${cases}))`
  const found = await sql<{ subject: string }>`
    select 'case/' || c.id as subject from cases c where c.id = ${ids('case')} and c.id = any(${cases})
    union all select 'item/' || i.id from items i where i.id = ${ids('item')} and i.case_number = any(${cases})
    union all select 'disposal/' || d.id from disposals d where d.id = ${ids('disposal')} and d.case_number = any(${cases})
    union all select 'inbound/' || d.id from inbounds d where d.id = ${ids('inbound')} and d.case_number = any(${cases})
    union all select 'list/' || p.id from lists p where p.id = ${ids('list')} and p.cases && ${cases}
    union all select 'loan/' || p.id from loans p where p.id = ${ids('loan')} and p.cases && ${cases}
    union all select 'conflict/' || c.id from conflicts c where c.id = ${ids('conflict')} and c.item in ${items}
    union all select 'alarm/' || a.id from alarms a where a.id = ${ids('alarm')} and a.item in ${items}
    union all select 'search/' || a.id from item_searches a where a.id = ${ids('search')} and a.item in ${items}
    union all select 'label/' || l.id from labels l where l.id = ${ids('label')} and split_part(l.code, ' ', 1) in ${items}
    union all select 'paper/' || p.paper from paper_cases p where p.paper = ${ids('paper')} and p.case_number = any(${cases})
    union all select 'clock/' || k.id from clocks k where k.id = ${ids('clock')}
      and k.state ->> 'matter' = any(select 'case/' || n from unnest(${cases}) as n)
    union all select 'approval/' || a.id from approvals a where a.id = ${ids('approval')} and ${requestsApart(person)}
    union all select 'urging/' || u.id from urgings u where u.id = ${ids('urging')} and ${urgingsApart.within(person)}
  `.execute(db)
  return new Set(found.rows.map(({ subject }) => subject))
}

async function subjectsInSight(
  db: Reader,
  sight: Named,
  clockSight: ClockSight,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = (kind: string) => sql`any(${subjects.filter((one) => subjectKind(one) === kind).map(subjectId)}::text[])`
  const stores = sql`any(${[...sight.stores]}::text[])`
  const found = await sql<{ subject: string }>`
    select 'case/' || c.id as subject from cases c where c.id = ${ids('case')} and ${casesWithin(sight)}
    union all select 'item/' || i.id from items i where i.id = ${ids('item')} and ${itemsWithin(sight)}
    union all select 'disposal/' || p.id from disposals p join cases c on c.id = p.case_number where p.id = ${ids('disposal')} and ${casesWithin(sight)}
    union all select 'inbound/' || p.id from inbounds p join cases c on c.id = p.case_number where p.id = ${ids('inbound')} and ${casesWithin(sight)}
    union all select 'list/' || p.id from lists p where p.id = ${ids('list')} and ${papersWithin(sight)}
    union all select 'loan/' || p.id from loans p where p.id = ${ids('loan')} and ${papersWithin(sight)}
    union all select 'location/' || id from locations where id = ${ids('location')} and store = ${stores}
    union all select 'keeping/' || id from store_keepings where id = ${ids('keeping')} and id = ${stores}
    union all select 'container/' || id from containers where id = ${ids('container')} and store = ${stores}
    union all select 'conflict/' || c.id from conflicts c where c.id = ${ids('conflict')} and ${conflictsWithin(sight)}
    union all select 'alarm/' || a.id from alarms a where a.id = ${ids('alarm')} and ${alarmsWithin(sight)}
    union all select 'opening/' || a.id from lock_openings a where a.id = ${ids('opening')} and ${alarmsWithin(sight)}
    union all select 'stocktake/' || a.id from stocktakes a where a.id = ${ids('stocktake')} and ${alarmsWithin(sight)}
    union all select 'sheet/' || a.id from stocktake_sheets a where a.id = ${ids('sheet')} and ${alarmsWithin(sight)}
    union all select 'search/' || a.id from item_searches a where a.id = ${ids('search')} and ${alarmsWithin(sight)}
    union all select 'label/' || l.id from labels l where l.id = ${ids('label')} and (
      exists (select from items i where i.id = split_part(l.code, ' ', 1) and ${itemsWithin(sight)})
      or exists (select from lists p where p.id = l.code and ${papersWithin(sight)})
      or exists (select from locations k where k.id = l.code and k.store = ${stores})
      or exists (select from containers b where b.id = l.code and b.store = ${stores}))
    union all select 'paper/' || p.id from papers p where p.id = ${ids('paper')} and ${issuedWithin(sight)}
    union all select 'notice/' || n.id from notices n where n.id = ${ids('notice')} and ${noticesWithin(sight, sight.person)}
    union all select 'clock/' || c.id from clocks c where c.id = ${ids('clock')} and ${clocksWithin(clockSight)}
    union all select 'approval/' || a.id from approvals a where a.id = ${ids('approval')} and ${approvalsWithin(sight)}
  `.execute(db)
  return new Set(found.rows.map(({ subject }) => subject))
}
