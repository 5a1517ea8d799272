import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import type { PaperSources } from '../../paper-source.ts'
import type { Page } from '../../schemas.ts'
import { type PaperReader, seesIssued, subjectOfIssued } from './issuing.ts'
import type { Paper, PaperKind } from './papers.ts'
import { shownPapers } from './shown-papers.ts'
import type { ShownPaper } from '../protocol.ts'
import '../tables.ts'

export interface PaperQuery extends Page {
  readonly case: string | null
  readonly item: string | null
  /** Another thing that it is about. */
  readonly of: string | null
  /** Papers of one kind alone. */
  readonly kind: PaperKind | null
}

/**
 * Papers about a case, an item or another thing that somebody may know of, the newest first; a page at a time.
 * @param sources null where things of other modules are not asked for
 */
export async function listPapers(
  db: Reader,
  { sources, ...reader }: PaperReader & { readonly sources: PaperSources | null },
  { case: number, item, of, kind, limit, after }: PaperQuery,
): Promise<{ papers: ShownPaper[]; after: string | null }> {
  const found = await sql<{ id: string; state: Paper }>`
    select p.id, p.state from papers p
    where (${number}::text is null or exists (select from paper_cases c where c.paper = p.id and c.case_number = ${number}))
      and (${of}::text is null or p.of_thing = ${of})
      and (${kind}::text is null or p.kind = ${kind})
      and (${item}::text is null or exists (select from paper_items i where i.paper = p.id and i.item = ${item}))
      and (${after}::text is null
        or (p.issued_at, p.id) < (select b.issued_at, b.id from papers b where b.id = ${after}))
    order by p.issued_at desc, p.id desc limit ${limit}
  `.execute(db)
  const last = found.rows.at(-1)
  const seen: Paper[] = []
  for (const { state } of found.rows)
    if (seesIssued(reader, await subjectOfIssued(db, state, sources))) seen.push(state)
  return {
    papers: await shownPapers(db, seen),
    after: found.rows.length < limit || last === undefined ? null : last.id,
  }
}

/** Whoever may see it is asked by the caller; null where there is none. */
export async function readPaper(db: Reader, id: string): Promise<Paper | null> {
  const found = await db.selectFrom('papers').select('state').where('id', '=', id).executeTakeFirst()
  return found?.state ?? null
}
