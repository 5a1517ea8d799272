import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import { countOf } from './lists.ts'
import { namesOf } from './names.ts'
import type { ListSummary, ShownList } from './protocol.ts'
import { labelOf, summariesOf } from './shown.ts'
import { type Sight, within } from './sight.ts'
import { lastLabels } from './store.ts'
import './tables.ts'

/** A list with its lines as they are now; null when there is none. */
export async function shownList(db: Reader, code: string, now: string): Promise<ShownList | null> {
  const found = await db.selectFrom('lists').select('state').where('id', '=', code).executeTakeFirst()
  if (found === undefined) return null
  const { unit, store, submittedBy, submittedAt, lines } = found.state
  const codes = lines.map(({ item }) => item)
  const its = await db.selectFrom('items').select('state').where('id', 'in', codes).execute()
  const summaries = await summariesOf(
    db,
    its.map(({ state }) => state),
    now,
  )
  const byCode = new Map(summaries.map((one) => [one.code, one]))
  const named = await namesOf(db, [`person/${submittedBy}`])
  return {
    ...{ code, unit, store, submittedAt },
    submittedBy: named(`person/${submittedBy}`),
    pending: countOf(found.state, 'pending'),
    slip: labelOf((await lastLabels(db, [code], false)).get(code)),
    lines: lines.flatMap(({ item, outcome }) => {
      const summary = byCode.get(item)
      return summary === undefined ? [] : [{ ...summary, outcome }]
    }),
  }
}

export interface ListQuery {
  /** `pending`: the store still has lines to deal with; `done`: none. */
  readonly state: 'pending' | 'done' | null
  /** Lists of this case only. */
  readonly of: string | null
  readonly limit: number
  /** The last list of the page before. */
  readonly after: string | null
}

/** Hand-over lists in sight, the newest first; a page at a time. */
export async function listLists(
  db: Reader,
  sight: Sight,
  { state, of, limit, after }: ListQuery,
): Promise<ListSummary[]> {
  let query = db
    .selectFrom('lists')
    .select('state')
    .where(within(sight))
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (state !== null) query = query.where('pending', state === 'pending' ? '>' : '=', 0)
  if (of !== null) {
    query = query.where(
      sql<boolean>`exists (select 1 from list_lines l join items i on i.id = l.item where l.list = lists.id and i.case_number = ${of})`,
    )
  }
  if (after !== null) {
    query = query.where(
      sql<boolean>`(submitted_at, id) < (select b.submitted_at, b.id from lists b where b.id = ${after})`,
    )
  }
  const found = (await query.execute()).map((row) => row.state)
  const cases = await casesOf(
    db,
    found.map(({ code }) => code),
  )
  const named = await namesOf(
    db,
    found.map(({ submittedBy }) => `person/${submittedBy}`),
  )
  return found.map((list) => ({
    ...{ code: list.code, unit: list.unit, store: list.store, submittedAt: list.submittedAt },
    cases: cases.get(list.code) ?? [],
    submittedBy: named(`person/${list.submittedBy}`),
    items: list.lines.length,
    accepted: countOf(list, 'checked-in'),
    refused: countOf(list, 'refused'),
    pending: countOf(list, 'pending'),
  }))
}

/** The cases of each list's items. */
async function casesOf(db: Reader, lists: readonly string[]): Promise<Map<string, string[]>> {
  if (lists.length === 0) return new Map()
  const found = await db
    .selectFrom('list_lines')
    .innerJoin('items', 'items.id', 'list_lines.item')
    .select(['list_lines.list as list', 'items.case_number as case'])
    .where('list_lines.list', 'in', lists)
    .distinct()
    .orderBy('case')
    .execute()
  const cases = new Map<string, string[]>()
  for (const row of found) cases.set(row.list, [...(cases.get(row.list) ?? []), row.case])
  return cases
}
