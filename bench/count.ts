import { sql } from 'kysely'
import { makeCode } from '../labels/item-code.ts'
import type { Placement, Sight } from '../server/custody/stocktake/facts.ts'
import { reconcile, type Sheet } from '../server/custody/stocktake/reconcile.ts'
import type { Ground } from './ground.ts'
import { type Measured, measured } from './report.ts'

const ITEMS = 2_000
const SHELVES = 40
/** Ours and the join take turns, so that a busy moment of the machine hits both; the best turn of each counts. */
const TURNS = 5
/** Every so manieth item is not on its shelf, and every so manieth lies on the next one. */
const MISSING_EVERY = 50
const MISPLACED_EVERY = 41

const at = '2026-11-21T01:00:00.000Z'
const codeOf = (kind: 'item' | 'location', nth: number): string =>
  makeCode({ kind, unit: '01', year: 2026, serial: nth + 1 })

/** A count of two thousand items reconciled, against one full join of the same rows in PostgreSQL that tells no more than whether they agree. */
export async function benchCount({ owner: { db } }: Ground): Promise<Measured[]> {
  const shelves = Array.from({ length: SHELVES }, (_, nth) => codeOf('location', nth))
  const shelfOf = (nth: number): string => shelves[nth % SHELVES] ?? ''
  const expected = Array.from({ length: ITEMS }, (_, nth): Placement => ({
    ...{ item: codeOf('item', nth), location: shelfOf(nth) },
  }))
  const seen = expected.flatMap(({ item }, nth) =>
    nth % MISSING_EVERY === 0 ? [] : [{ item, location: shelfOf(nth % MISPLACED_EVERY === 0 ? nth + 1 : nth) }],
  )
  const sheets = shelves.map((location): Sheet => {
    const here = seen.filter((one) => one.location === location)
    const sights = here.map(({ item }): Sight => ({ kind: 'item', item, how: 'scanned', at }))
    return { location, by: 'li', from: at, to: at, done: true, swept: false, sights }
  })
  const counted = { expected, known: expected, sheets, stays: new Map(), store: 'store-1' }
  let ours_ms = Infinity
  let join_ms = Infinity
  await db.connection().execute(async (own) => {
    for (const [name, rows] of [
      ['count_expected', expected],
      ['count_seen', seen],
    ] as const) {
      await sql`create temporary table ${sql.table(name)} (item text primary key, location text)`.execute(own)
      await sql`
        insert into ${sql.table(name)} select * from unnest(
          ${rows.map(({ item }) => item)}::text[], ${rows.map(({ location }) => location)}::text[])
      `.execute(own)
      await sql`analyze ${sql.table(name)}`.execute(own)
    }
    for (let turn = 0; turn < TURNS; turn += 1) {
      const began = performance.now()
      const lines = reconcile({ ...counted, belongs: () => true, readable: () => true })
      const between = performance.now()
      const joined = await sql<{ verdict: string }>`
        select coalesce(e.item, s.item) as item, case when s.item is null then 'MISSING' when e.item is null then 'UNEXPECTED'
          when e.location = s.location then 'FOUND' else 'MISPLACED' end as verdict
        from count_expected e full join count_seen s using (item) order by 1
      `.execute(own)
      ours_ms = Math.min(ours_ms, between - began)
      join_ms = Math.min(join_ms, performance.now() - between)
      if (lines.some(({ verdict }, nth) => verdict !== joined.rows[nth]?.verdict))
        throw new Error('the count and the join do not agree')
    }
    for (const name of ['count_expected', 'count_seen']) await sql`drop table ${sql.table(name)}`.execute(own)
  })
  const what = `count of ${ITEMS} reconciled`
  return [
    measured(what, ours_ms, 'ms', { name: 'a full join of the same rows', value: join_ms }),
    measured(`${what}, limit`, ours_ms, 'ms', { name: 'the limit', value: 2_000 }),
  ]
}
