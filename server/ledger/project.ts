import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { Fact, Projection, Reader, Row } from '../module.ts'

export interface Kept<S> {
  readonly n: number
  readonly state: S
}

/** States of these subjects as the read table has them; a subject without facts is absent. With `lock` the rows stay ours until the end. */
export async function loadStates<S>(
  db: Reader,
  projection: Projection<S>,
  ids: readonly string[],
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Map<string, S>> {
  if (ids.length === 0) return new Map()
  const found = await sql<{ id: string; state: S }>`
    select id, state from ${sql.table(projection.table)}
    where id = any(${[...new Set(ids)]}::text[]) order by id ${lock ? sql`for update` : sql``}
  `.execute(db)
  return new Map(found.rows.map((row) => [row.id, row.state]))
}

/** One projection's part of an act: its subjects' new facts, by subject. */
interface Change {
  readonly projection: Projection
  readonly newer: ReadonlyMap<string, readonly Fact[]>
}

/**
 * Lets facts change the read tables: folds each subject's new facts onto its kept state and writes the rows that are other than before.
 * One statement reads and one writes, whatever the number of tables and subjects: an act's time is spent going to and fro.
 */
export async function applyFacts(trx: Trx, projections: readonly Projection[], facts: readonly Fact[]): Promise<void> {
  const changes = projections.flatMap((projection) => {
    const newer = Map.groupBy(
      facts.filter((fact) => subjectKind(fact.body.subject) === projection.kind),
      (fact) => subjectId(fact.body.subject),
    )
    return newer.size === 0 ? [] : [{ projection, newer }]
  })
  if (changes.length === 0) return
  const kept = await readKept(trx, changes)
  const rows = changes.flatMap((change, index) => {
    const before = kept[index] ?? new Map<string, Kept<unknown>>()
    return changedRows(change.projection, before, fold(change, before))
  })
  await writeRows(trx, rows)
}

/** What the read tables keep of the subjects of each change, in the order of the changes. */
async function readKept(trx: Trx, changes: readonly Change[]): Promise<Map<string, Kept<unknown>>[]> {
  const each = changes.map(
    ({ projection, newer }, index) => sql`
      select ${sql.lit(index)} as change, id, n, state from ${sql.table(projection.table)}
      where id = any(${[...newer.keys()]}::text[])`,
  )
  const found = await sql<{ change: number; id: string; n: number; state: unknown }>`
    ${sql.join(each, sql` union all `)}
  `.execute(trx)
  const kept = changes.map(() => new Map<string, Kept<unknown>>())
  for (const { change, id, n, state } of found.rows) kept[change]?.set(id, { n, state })
  return kept
}

function fold(
  { projection, newer }: Change,
  before: ReadonlyMap<string, Kept<unknown>>,
): ReadonlyMap<string, Kept<unknown>> {
  const after = new Map<string, Kept<unknown>>()
  for (const [id, facts] of newer) {
    let { n, state } = before.get(id) ?? { n: 0, state: projection.initial }
    for (const fact of facts) {
      if (fact.body.n !== n + 1)
        throw new Error(`${fact.body.subject} stands at ${n} in its table, its next fact is ${fact.body.n}`)
      state = projection.evolve(state, fact)
      n = fact.body.n
    }
    after.set(id, { n, state })
  }
  return after
}

interface Changed extends TableRows {
  /** Rows of a part that its subject no longer has. */
  readonly gone: readonly Row[]
}

/** The rows that an act makes, alters or takes away: of a list of two hundred lines, the one that was checked in. */
function changedRows(
  projection: Projection,
  before: ReadonlyMap<string, Kept<unknown>>,
  after: ReadonlyMap<string, Kept<unknown>>,
): Changed[] {
  const old = expectedRows(projection, before)
  return expectedRows(projection, after).flatMap(({ table, key, rows }, index) => {
    const were = old[index]?.rows ?? []
    // Two rows that say the same in another order of members are written once more, which does no harm.
    const known = new Set(were.map((row) => JSON.stringify(row)))
    const changed = rows.filter((row) => !known.has(JSON.stringify(row)))
    const keyOf = (row: Row): string => JSON.stringify(key.map((column) => row[column]))
    const there = new Set(rows.map(keyOf))
    const gone = were.filter((row) => !there.has(keyOf(row)))
    return changed.length === 0 && gone.length === 0 ? [] : [{ table, key, rows: changed, gone }]
  })
}

async function writeRows(trx: Trx, tables: readonly Changed[]): Promise<void> {
  const names = (of: readonly string[]) => sql.join(of.map((column) => sql.ref(column)))
  const each = tables.flatMap(({ table, key, rows, gone }, index) => {
    const columns = Object.keys(rows[0] ?? {})
    const changing = columns.filter((column) => !key.includes(column))
    const written = sql`${sql.ref(`written_${index}`)} as (
      insert into ${sql.table(table)} (${names(columns)})
      select ${names(columns)} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
      on conflict (${names(key)}) do ${
        changing.length === 0
          ? sql`nothing`
          : sql`update set ${sql.join(changing.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))}`
      })`
    const taken = sql`${sql.ref(`taken_${index}`)} as (
      delete from ${sql.table(table)} where (${names(key)}) in (
        select ${names(key)} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(gone)}::jsonb)
      ))`
    return [...(rows.length === 0 ? [] : [written]), ...(gone.length === 0 ? [] : [taken])]
  })
  if (each.length > 0) await sql`with ${sql.join(each)} select`.execute(trx)
}

/** Rows of one table; all have the same columns. */
export interface TableRows {
  readonly table: string
  readonly key: readonly string[]
  readonly rows: readonly Row[]
}

/** Every row that these subjects should have, table by table. */
export function expectedRows(projection: Projection, kept: ReadonlyMap<string, Kept<unknown>>): TableRows[] {
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
