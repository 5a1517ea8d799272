import { sql } from 'kysely'
import type { Projection, Reader } from '../../module.ts'
import type { Label } from '../papers/labels.ts'
import { cases, containers, labels, locations } from '../projections.ts'
import type { Scene } from '../scene.ts'

type StateOf<M> = M extends ReadonlyMap<string, infer S> ? S : never

/** What lies around the items of a step. */
export interface Around {
  readonly locations: ReadonlyMap<string, StateOf<Scene['locations']>>
  readonly containers: ReadonlyMap<string, StateOf<Scene['containers']>>
  readonly cases: ReadonlyMap<string, StateOf<Scene['cases']>>
  /** The scanned issue of the item's label. */
  readonly labels: ReadonlyMap<string, Label>
}

/** Reads the locations, the cases and the scanned label of a step: in one statement, because somebody stands and waits for each. */
export async function lookAround(
  db: Reader,
  of: {
    /** Shelves; those that the boxes stand on come with them. */
    readonly locations: readonly string[]
    readonly containers: readonly string[]
    readonly cases: readonly string[]
    readonly scanned: { readonly code: string; readonly issue: number } | null
  },
): Promise<Around> {
  const parts = [
    ...(of.locations.length === 0 ? [] : [statesOf('location', locations, of.locations)]),
    ...(of.containers.length === 0
      ? []
      : [
          statesOf('container', containers, of.containers),
          sql`select 'location' as part, id, state from locations
            where id in (select location from containers where id = any(${[...new Set(of.containers)]}::text[]))`,
        ]),
    ...(of.cases.length === 0 ? [] : [statesOf('case', cases, of.cases)]),
    ...(of.scanned === null
      ? []
      : [
          sql`select 'label' as part, code as id, state from ${sql.table(labels.table)}
            where code = ${of.scanned.code} and issue = ${of.scanned.issue}`,
        ]),
  ]
  if (parts.length === 0) return { locations: new Map(), containers: new Map(), cases: new Map(), labels: new Map() }
  const found = await sql<{ part: Part; id: string; state: never }>`
    ${sql.join(parts, sql` union all `)}
  `.execute(db)
  const all = <S>(wanted: Part): ReadonlyMap<string, S> =>
    new Map(found.rows.filter(({ part }) => part === wanted).map(({ id, state }) => [id, state]))
  return { locations: all('location'), containers: all('container'), cases: all('case'), labels: all('label') }
}

type Part = 'location' | 'container' | 'case' | 'label'

function statesOf<S>(part: 'location' | 'container' | 'case', { table }: Projection<S>, ids: readonly string[]) {
  return sql`select ${sql.lit(part)} as part, id, state from ${sql.table(table)} where id = any(${[...new Set(ids)]}::text[])`
}
