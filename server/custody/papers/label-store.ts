import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { cases, containers, items, labels, lists, locations } from '../projections.ts'
import { sightOf } from '../sight/sight.ts'
import { type Asking, loadKnown } from '../store.ts'
import '../tables.ts'
import type { Label, LabelScene } from './labels.ts'
import { carrierOf, stripCode } from './strip-codes.ts'

/** What asking for labels looks at: items, locations or lists by code, and every issue of each label. */
export async function loadLabelScene(db: Reader, codes: readonly string[], { actor, at }: Asking): Promise<LabelScene> {
  // Each code is looked for where its letter says: labels come by the hundred.
  const carriers = [...new Set(codes.map(carrierOf))]
  const named = (letter: string): string[] => carriers.filter((code) => code.startsWith(letter))
  const found = await loadKnown(db, items, named('W'), true)
  const its = [...found.values()]
  return {
    sight: await sightOf(db, actor, at),
    items: found,
    cases: await loadKnown(db, cases, [...new Set(its.map((item) => item.case))], false),
    locations: await loadKnown(db, locations, named('L'), true),
    containers: await loadKnown(db, containers, named('C'), true),
    lists: await loadKnown(db, lists, named('D'), true),
    labels: await issuesOf(db, codes),
  }
}

/** Every issue of each code's label, the first one first; locked. */
export async function issuesOf(db: Reader, codes: readonly string[]): Promise<Map<string, Label[]>> {
  if (codes.length === 0) return new Map()
  const found = await sql<{ state: Label }>`
    select state from labels where code = any(${[...codes]}::text[]) order by id for update
  `.execute(db)
  const inOrder = found.rows.map(({ state }) => state).sort((a, b) => a.issue - b.issue)
  return Map.groupBy(inOrder, ({ code }) => code)
}

/** The last issue of each code's label, whatever became of it. */
export async function lastLabels(db: Reader, codes: readonly string[]): Promise<Map<string, Label>> {
  return chosenLabels(db, codes, sql`issue desc`)
}

/** The issue of each code's label that is out there: the last that may be on paper and was not voided; where none is, the last one. */
export async function labelsOnPaper(db: Reader, codes: readonly string[]): Promise<Map<string, Label>> {
  return chosenLabels(db, codes, sql`(not void and status in ('printed', 'unknown')) desc, issue desc`)
}

async function chosenLabels(
  db: Reader,
  codes: readonly string[],
  order: RawBuilder<unknown>,
): Promise<Map<string, Label>> {
  if (codes.length === 0) return new Map()
  const found = await sql<{ code: string; state: Label }>`
    select distinct on (code) code, state from labels where code = any(${[...codes]}::text[]) order by code, ${order}
  `.execute(db)
  return new Map(found.rows.map(({ code, state }) => [code, state]))
}

/** The labels of these print jobs; locked. */
export async function loadLabels(db: Reader, jobs: readonly string[]): Promise<Label[]> {
  return [...(await loadKnown(db, labels, jobs, true)).values()]
}

/** How many strips of this number are on other things, on their way there, or nobody knows: those that failed or are void are none. */
export async function stripsElsewhere(db: Reader, item: string, number: string): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from labels
    where position(' ' in code) > 0 and substr(code, position(' ' in code) + 1) = ${number}
      and code <> ${stripCode(item, number)} and not void and status <> 'failed'
  `.execute(db)
  return found.rows[0]?.count ?? 0
}
