import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { Fact, Projection, Reader, Row } from '../module.ts'
import { canonicalText } from './entry.ts'

/** Rows go to the database in groups of this many subjects. */
const SUBJECTS_A_STATEMENT = 1_000

export interface Kept<S> {
  readonly n: number
  readonly state: S
}

/** States of these subjects as the read table has them; a subject without facts is absent. With `lock` the rows stay ours until the end. */
export async function loadStates<S>(
  db: Reader,
  projection: Projection<S>,
  ids: readonly string[],
  options: { lock?: boolean } = {},
): Promise<Map<string, S>> {
  const kept = await loadKept(db, projection, ids, options)
  return new Map([...kept].map(([id, one]) => [id, one.state]))
}

async function loadKept<S>(
  db: Reader,
  projection: Projection<S>,
  ids: readonly string[],
  { lock = false }: { lock?: boolean },
): Promise<Map<string, Kept<S>>> {
  if (ids.length === 0) return new Map()
  const found = await sql<{ id: string; n: number; state: S }>`
    select id, n, state from ${sql.table(projection.table)}
    where id = any(${[...new Set(ids)]}::text[]) order by id ${lock ? sql`for update` : sql``}
  `.execute(db)
  return new Map(found.rows.map((row) => [row.id, { n: row.n, state: row.state }]))
}

/** Lets facts change the read tables: fold each subject's new facts onto its kept state and write the rows, by sets. */
export async function applyFacts(trx: Trx, projections: readonly Projection[], facts: readonly Fact[]): Promise<void> {
  for (const projection of projections) {
    const mine = facts.filter((fact) => subjectKind(fact.body.subject) === projection.kind)
    if (mine.length === 0) continue
    const bySubject = new Map<string, Fact[]>()
    for (const fact of mine) {
      const id = subjectId(fact.body.subject)
      bySubject.set(id, [...(bySubject.get(id) ?? []), fact])
    }
    const kept = await loadKept(trx, projection, [...bySubject.keys()], {})
    const after = new Map<string, Kept<unknown>>()
    for (const [id, newer] of bySubject) {
      let { n, state } = kept.get(id) ?? { n: 0, state: projection.initial }
      for (const fact of newer) {
        if (fact.body.n !== n + 1)
          throw new Error(`${fact.body.subject} stands at ${n} in its table, its next fact is ${fact.body.n}`)
        state = projection.evolve(state, fact)
        n = fact.body.n
      }
      after.set(id, { n, state })
    }
    await writeRows(trx, projection, after)
  }
}

async function writeRows(trx: Trx, projection: Projection, after: ReadonlyMap<string, Kept<unknown>>): Promise<void> {
  const all = [...after]
  for (let start = 0; start < all.length; start += SUBJECTS_A_STATEMENT) {
    const group = all.slice(start, start + SUBJECTS_A_STATEMENT)
    for (const { table, key, rows } of expectedRows(projection, new Map(group))) {
      const sample = rows[0]
      if (sample === undefined) continue
      const columns = Object.keys(sample)
      const changing = columns.filter((column) => !key.includes(column))
      const names = (of: readonly string[]) => sql.join(of.map((column) => sql.ref(column)))
      await sql`
        insert into ${sql.table(table)} (${names(columns)})
        select ${names(columns)} from jsonb_populate_recordset(null::${sql.table(table)}, ${canonicalText([...rows])}::jsonb)
        on conflict (${names(key)}) do ${
          changing.length === 0
            ? sql`nothing`
            : sql`update set ${sql.join(changing.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))}`
        }
      `.execute(trx)
    }
  }
}

/** Every row that these subjects should have, table by table. */
export function expectedRows(
  projection: Projection,
  kept: ReadonlyMap<string, Kept<unknown>>,
): { table: string; key: readonly string[]; rows: readonly Row[] }[] {
  const all = [...kept]
  return [
    {
      table: projection.table,
      key: ['id'],
      rows: all.map(([id, { n, state }]) => ({ id, n, state: state as Row[string], ...projection.columns(id, state) })),
    },
    ...(projection.parts ?? []).map((part) => ({
      table: part.table,
      key: part.key,
      rows: all.flatMap(([id, { state }]) => [...part.rows(id, state)]),
    })),
  ]
}

/** `item` of `item/W01…`. */
export function subjectKind(subject: string): string {
  return subject.slice(0, subject.indexOf('/'))
}

/** `W01…` of `item/W01…`. */
export function subjectId(subject: string): string {
  return subject.slice(subject.indexOf('/') + 1)
}
