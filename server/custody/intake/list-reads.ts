import { sql } from 'kysely'
import type { Actor, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { conflictsOfList } from '../conflicts/conflict-reads.ts'
import { countOf } from './lists.ts'
import { sentBackOn } from './sent-back.ts'
import type { ListSummary, ShownList } from '../protocol.ts'
import { labelOf, summariesOf } from '../sight/shown.ts'
import { type Sight } from '../sight/sees.ts'
import { papersWithin } from '../sight/sight.ts'
import { lastLabels } from '../papers/label-store.ts'
import '../tables.ts'
import { numbersNow } from '../renumbering/numbers.ts'

/** A list with its lines as they are now, as somebody sees it; null when there is none. */
export async function shownList(db: Reader, code: string, actor: Actor, now: string): Promise<ShownList | null> {
  const found = await db.selectFrom('lists').select('state').where('id', '=', code).executeTakeFirst()
  if (found === undefined) return null
  const { unit, cases, store, submittedBy, submittedAt, lines } = found.state
  const codes = lines.map(({ item }) => item)
  const its = await db.selectFrom('items').select('state').where('id', 'in', codes).execute()
  const summaries = await summariesOf(
    db,
    its.map(({ state }) => state),
    now,
  )
  const reasons = await sentBackOn(db, found.state)
  const byCode = new Map(summaries.map((one) => [one.code, one]))
  const named = await namesOf(db, [`person/${submittedBy}`])
  const numbers = await numbersNow(db, cases)
  return {
    ...{ code, unit, cases: cases.map((one) => numbers.of(one)), store, submittedAt },
    submittedBy: named(`person/${submittedBy}`),
    pending: countOf(found.state, 'pending'),
    conflicts: await conflictsOfList(db, code, actor),
    slip: labelOf((await lastLabels(db, [code])).get(code)),
    lines: lines.flatMap(({ item, outcome }) => {
      const summary = byCode.get(item)
      return summary === undefined ? [] : [{ ...summary, outcome, reason: reasons.get(item) ?? null }]
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
    .selectFrom('lists as p')
    .select('p.state')
    .where(papersWithin(sight))
    .orderBy('submitted_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit)
  if (state !== null) query = query.where('pending', state === 'pending' ? '>' : '=', 0)
  if (of !== null) {
    query = query.where(sql<boolean>`${of} = any(p.cases)`)
  }
  if (after !== null) {
    query = query.where(
      sql<boolean>`(p.submitted_at, p.id) < (select b.submitted_at, b.id from lists b where b.id = ${after})`,
    )
  }
  const found = (await query.execute()).map((row) => row.state)
  const named = await namesOf(
    db,
    found.map(({ submittedBy }) => `person/${submittedBy}`),
  )
  const numbers = await numbersNow(
    db,
    found.flatMap(({ cases }) => cases),
  )
  return found.map((list) => ({
    ...{ code: list.code, unit: list.unit, store: list.store, submittedAt: list.submittedAt },
    cases: list.cases.map((one) => numbers.of(one)),
    submittedBy: named(`person/${list.submittedBy}`),
    items: list.lines.length,
    accepted: countOf(list, 'checked-in') + countOf(list, 'deposited'),
    refused: countOf(list, 'refused'),
    pending: countOf(list, 'pending'),
  }))
}
