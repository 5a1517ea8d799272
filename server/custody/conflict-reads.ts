import { type RawBuilder, sql } from 'kysely'
import { readPersonal } from '../ledger/personal.ts'
import type { Reader } from '../module.ts'
import { namesOf } from '../names.ts'
import type { Words } from '../refusal.ts'
import type { Conflict } from './conflicts.ts'
import type { ShownConflict } from './protocol.ts'
import type { Sight } from './sees.ts'
import './tables.ts'

/** Conflicts of one list, those that nobody has settled first. */
export async function conflictsOfList(db: Reader, list: string): Promise<ShownConflict[]> {
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
  )
}

/** The latest conflicts of a store that nobody has settled. */
export async function openConflicts(db: Reader, store: string, limit: number): Promise<ShownConflict[]> {
  const found = await db
    .selectFrom('conflicts')
    .select('state')
    .where('store', '=', store)
    .where('open', '=', true)
    .orderBy('happened_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return showConflicts(
    db,
    found.map(({ state }) => state),
  )
}

/** Of whom the conflicts are: who keeps a store, or heads the department that does; a supervisor has all in sight. */
function conflictsWithin(sight: Sight): RawBuilder<boolean> {
  if (sight === 'all') return sql<boolean>`true`
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

export async function showConflicts(db: Reader, conflicts: readonly Conflict[]): Promise<ShownConflict[]> {
  const people = conflicts.flatMap(({ custodian, settled }) => [custodian ?? [], settled?.by ?? []].flat())
  const named = await namesOf(
    db,
    people.map((person) => `person/${person}`),
  )
  const contents = await readPersonal(
    db,
    conflicts.flatMap(({ why, settled }) => [why.ref, ...(settled === null ? [] : [settled.reason.ref])]),
  )
  return conflicts.map(({ why, custodian, settled, ...of }) => ({
    ...of,
    words: wordsOf(of, (contents.get(why.ref) ?? { zh: '', en: '' }) as unknown as Words),
    custodian: custodian === null ? null : named(`person/${custodian}`),
    settled:
      settled === null
        ? null
        : {
            by: named(`person/${settled.by}`),
            at: settled.at,
            reason: String(contents.get(settled.reason.ref) ?? ''),
          },
  }))
}

function wordsOf({ item, location }: Pick<Conflict, 'item' | 'location'>, why: Words): Words {
  return {
    zh: `断网时记录的 ${item}（库位 ${location}）未入库：${why.zh}`,
    en: `${item}, recorded at ${location} while the line was down, was not taken in: ${why.en}`,
  }
}
