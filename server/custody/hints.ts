import { sql } from 'kysely'
import { loadActor } from '../access/actor.ts'
import type { LedgerHint } from '../hub.ts'
import { subjectId, subjectKind } from '../ledger/project.ts'
import type { Reader } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { type Sight, sightOf } from './sight.ts'

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
): Promise<readonly LedgerHint[]> {
  const actor = await loadActor(db, person, at)
  const sight = await sightOf(db, actor)
  if (sight === 'all') return hints
  const subjects = hints.filter(({ register }) => register !== ORG_REGISTER).map(({ subject }) => subject)
  const seen = subjects.length === 0 ? new Set() : await subjectsInSight(db, sight, person, subjects)
  const watches = actor.appointments.some(({ post }) => post === 'audit-admin')
  return hints.flatMap((hint) => {
    if (hint.register === ORG_REGISTER || seen.has(hint.subject)) return [hint]
    return watches ? [{ ...hint, type: '', subject: '' }] : []
  })
}

async function subjectsInSight(
  db: Reader,
  sight: Exclude<Sight, 'all'>,
  person: string,
  subjects: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = (kind: string) => sql`any(${subjects.filter((one) => subjectKind(one) === kind).map(subjectId)}::text[])`
  const units = sql`any(${[...sight.units]}::text[])`
  const stores = sql`any(${[...sight.stores]}::text[])`
  const found = await sql<{ subject: string }>`
    select 'case/' || c.id as subject from cases c where c.id = ${ids('case')} and (c.unit = ${units}
      or exists (select from items i where i.case_number = c.id and i.store = ${stores}))
    union all select 'item/' || id from items where id = ${ids('item')} and (unit = ${units} or store = ${stores})
    union all select 'list/' || id from lists where id = ${ids('list')} and (unit = ${units} or store = ${stores})
    union all select 'loan/' || id from loans where id = ${ids('loan')} and (unit = ${units} or store = ${stores})
    union all select 'location/' || id from locations where id = ${ids('location')} and store = ${stores}
    union all select 'label/' || l.id from labels l where l.id = ${ids('label')} and (
      exists (select from items i where i.id = l.code and (i.unit = ${units} or i.store = ${stores}))
      or exists (select from lists d where d.id = l.code and (d.unit = ${units} or d.store = ${stores}))
      or exists (select from locations k where k.id = l.code and k.store = ${stores}))
    union all select 'notice/' || id from notices where id = ${ids('notice')} and (person = ${person} or unit = ${units})
    union all select 'approval/' || id from approvals where id = ${ids('approval')} and (requester = ${person} or unit = ${units})
  `.execute(db)
  return new Set(found.rows.map(({ subject }) => subject))
}
