import { sql } from 'kysely'
import { parseEntry } from '../ledger/entry.ts'
import { sealedIn } from '../ledger/personal.ts'
import type { Json, Reader, Sealed } from '../module.ts'
import '../ledger/tables.ts'

/** 持有人 and 见证人: who was there when a thing was taken, and is no person of the organisation. */
export const PRESENT = ['holder', 'witness'] as const
export type Present = (typeof PRESENT)[number]

/** What was said of those present when a thing was taken, and is not erased yet. */
export interface SaidOfPresent {
  /** Name, and why somebody did not sign; empty where nothing was said or all of it is erased. */
  readonly sealed: readonly Sealed[]
  /** Whether the case that the thing belongs to is still open. */
  readonly isCaseOpen: boolean
}

/**
 * What was said of these people at the registration of these items, or of those that they came of, by the item's code; an item that there is not is absent. Found by facts
 * alone: names and places of it stand in no table of an administrator.
 */
export async function saidOfPresent(
  db: Reader,
  items: readonly string[],
  whose: readonly Present[],
): Promise<ReadonlyMap<string, SaidOfPresent>> {
  const found = await sql<{ item: string; text: string; isCaseOpen: boolean }>`
    select substr(e.subject, length('item/') + 1) as item, e.text, coalesce((
      select c.type <> 'custody.case-closed' from entries c
      where c.subject = 'case/' || (e.text::jsonb #>> '{body,case}')
        and c.type in ('custody.case-opened', 'custody.case-closed', 'custody.case-reopened')
      order by c.n desc limit 1
    ), true) as "isCaseOpen"
    from entries e
    where e.subject = any(${items.map((item) => `item/${item}`)}::text[]) and e.type in ('custody.registered', 'custody.formed')
  `.execute(db)
  const said = found.rows.map(({ item, text, isCaseOpen }) => {
    const { body } = parseEntry(text)
    return { item, isCaseOpen, sealed: whose.flatMap((one) => sealedIn((body as Record<string, Json>)[one] ?? null)) }
  })
  const there = await stillThere(
    db,
    said.flatMap(({ sealed }) => sealed.map(({ ref }) => ref)),
  )
  return new Map(
    said.map(({ item, isCaseOpen, sealed }) => [
      item,
      { isCaseOpen, sealed: sealed.filter(({ ref }) => there.has(ref)) },
    ]),
  )
}

async function stillThere(db: Reader, refs: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await sql<{ ref: string }>`
    select ref::text from personal where ref = any(${[...refs]}::uuid[]) and erased_at is null
  `.execute(db)
  return new Set(found.rows.map(({ ref }) => ref))
}
