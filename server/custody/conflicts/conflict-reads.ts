import { type RawBuilder, sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Actor, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Words } from '../../refusal.ts'
import { type Conflict, type ConflictState, maySettle } from './conflicts.ts'
import { conflicts as projection } from '../projections.ts'
import type { ShownConflict } from '../protocol.ts'
import type { Sight } from '../sight/sees.ts'
import { ofNoCaseApart } from '../sight/sight.ts'
import { keepingUnits } from '../store.ts'
import '../tables.ts'

/** One conflict with who answers for it, locked; null when there is none. */
export async function loadConflict(db: Reader, id: string): Promise<ConflictState | null> {
  const conflict = (await loadStates(db, projection, [id], { lock: true })).get(id) ?? null
  return conflict === null
    ? null
    : { conflict, keeping: (await keepingUnits(db, [conflict.store])).get(conflict.store) ?? null }
}

/** Conflicts of one list, those that nobody has settled first. */
export async function conflictsOfList(db: Reader, list: string, actor: Actor): Promise<ShownConflict[]> {
  const found = await db
    .selectFrom('conflicts')
    .select('state')
    .where('list', '=', list)
    .orderBy('open', 'desc')
    .orderBy('happened_at')
    .orderBy('id')
    .execute()
  return showConflicts(
    db,
    found.map(({ state }) => state),
    actor,
  )
}

/** The latest conflicts of a store that nobody has settled, in words. */
export async function openConflicts(
  db: Reader,
  store: string,
  limit: number,
): Promise<(Pick<Conflict, 'id' | 'list'> & { readonly words: Words })[]> {
  const found = await db
    .selectFrom('conflicts')
    .select('state')
    .where('store', '=', store)
    .where('open', '=', true)
    .orderBy('happened_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  const contents = await readPersonal(
    db,
    found.map(({ state }) => state.why.ref),
  )
  return found.map(({ state }) => ({
    ...{ id: state.id, list: state.list },
    words: wordsOf(state, whyOf(state, contents)),
  }))
}

/** Under the name `c`, of whom the conflicts are: who keeps a store, or heads the department that does; a supervisor has all in sight. */
export function conflictsWithin(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
  if (sight.watches === true) return ofNoCaseApart(sight, sql.ref('c.item'))
  const [stores, units] = [[...sight.stores], [...sight.units]]
  return sql<boolean>`(
    c.store = any(${stores}::text[]) or c.store in (select id from stores where unit = any(${units}::text[]))
  )`
}

/** Conflicts in sight that nobody has settled, those that have waited longest first: whatever became of their lists. */
export async function listConflicts(
  db: Reader,
  sight: Sight,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<Conflict[]> {
  const { rows } = await sql<{ state: Conflict }>`
    select c.state from conflicts c
    where c.open and ${conflictsWithin(sight)} and (
      ${after}::text is null
      or (c.happened_at, c.id) > (select happened_at, id from conflicts where id = ${after})
    )
    order by c.happened_at, c.id limit ${limit}
  `.execute(db)
  return rows.map(({ state }) => state)
}

/** @param actor who looks: whether it is for him to settle one is said with it */
export async function showConflicts(
  db: Reader,
  conflicts: readonly Conflict[],
  actor: Actor,
): Promise<ShownConflict[]> {
  const keeping = await keepingUnits(
    db,
    conflicts.map(({ store }) => store),
  )
  const people = conflicts.flatMap(({ custodian, settled }) => [custodian ?? [], settled?.by ?? []].flat())
  const named = await namesOf(
    db,
    people.map((person) => `person/${person}`),
  )
  const contents = await readPersonal(
    db,
    conflicts.flatMap(({ why, settled }) => [why.ref, ...(settled === null ? [] : [settled.reason.ref])]),
  )
  return conflicts.map((conflict) => {
    const { why: _, custodian, settled, ...of } = conflict
    return {
      ...of,
      maySettle: maySettle({ conflict, keeping: keeping.get(of.store) ?? null }, actor),
      words: wordsOf(of, whyOf(conflict, contents)),
      custodian: custodian === null ? null : named(`person/${custodian}`),
      settled:
        settled === null
          ? null
          : {
              by: named(`person/${settled.by}`),
              at: settled.at,
              reason: String(contents.get(settled.reason.ref) ?? ''),
            },
    }
  })
}

function whyOf({ why }: Conflict, contents: Awaited<ReturnType<typeof readPersonal>>): Words {
  return (contents.get(why.ref) ?? { zh: '', en: '' }) as unknown as Words
}

function wordsOf({ item, location }: Pick<Conflict, 'item' | 'location'>, why: Words): Words {
  return {
    zh: `断网时记录的 ${item}（库位 ${location}）未入库：${why.zh}`,
    en: `${item}, recorded at ${location} while the line was down, was not taken in: ${why.en}`,
  }
}
