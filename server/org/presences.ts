import { type RawBuilder, sql } from 'kysely'
import { parseEntry } from '../ledger/entry.ts'
import { sealedIn } from '../ledger/personal.ts'
import type { Json, Reader, Sealed } from '../module.ts'
import '../ledger/tables.ts'

/**
 * 持有人、见证人、接收人: who was there when a thing was taken or received it in the end, and is no person of the organisation. `staff`: 经办人员, those
 * of the organisation who signed by hand; of them only what they drew is content, their names are erased with the person.
 */
export const PRESENT = ['holder', 'witness', 'receiver', 'staff'] as const
export type Present = (typeof PRESENT)[number]

/** As what each of them signs. */
const SIGNS_AS: Readonly<Record<Present, readonly string[]>> = {
  ...{ holder: ['holder'], witness: ['witness'], receiver: ['receiver'] },
  staff: ['officer', 'giver', 'taker'],
}

/** What was said of those present when a thing was taken, of who received it, or of whom a paper tells, as far as it is not erased yet. */
export interface SaidOfPresent {
  /** Name, why somebody did not sign, and the archived papers with it in print; empty where nothing was said or all of it is erased. */
  readonly sealed: readonly Sealed[]
  /** Whether the case that it belongs to is still open. */
  readonly isCaseOpen: boolean
}

/**
 * What was said of these people at the registration of these items, or of those that they came of, by the item's code; an item that there is not is
 * absent. Found by facts alone: names and places of it stand in no table of an administrator.
 */
export async function saidOfPresent(
  db: Reader,
  items: readonly string[],
  whose: readonly Present[],
): Promise<ReadonlyMap<string, SaidOfPresent>> {
  const found = await sql<{ item: string; text: string; isCaseOpen: boolean }>`
    select substr(e.subject, length('item/') + 1) as item, e.text, coalesce((
      select c.type <> 'custody.case-closed' from entries c
      where c.subject = 'case/' || coalesce((
          -- The case that it went into since, by a merger or a split.
          select p.text::jsonb #>> '{body,to}' from entries p
          where p.subject = e.subject and p.type = 'custody.passed-to-case' order by p.n desc limit 1
        ), e.text::jsonb #>> '{body,case}')
        and c.type in ('custody.case-opened', 'custody.case-closed', 'custody.case-reopened')
      order by c.n desc limit 1
    ), true) as "isCaseOpen"
    from entries e
    where e.subject = any(${items.map((item) => `item/${item}`)}::text[])
      and e.type in ('custody.registered', 'custody.formed', 'custody.proceeds-deposited')
  `.execute(db)
  const lines = await linesOf(db, items)
  const drawn = await signaturesOf(db, lines, whose)
  const received = whose.includes('receiver') ? await saidOfReceivers(db, items) : new Map<string, readonly Sealed[]>()
  const said = found.rows.map(({ item, text, isCaseOpen }) => {
    const { body } = parseEntry(text)
    const ofTaking = whose.flatMap((one) => sealedIn((body as Record<string, Json>)[one] ?? null))
    return { item, isCaseOpen, sealed: [...ofTaking, ...(drawn.get(item) ?? []), ...(received.get(item) ?? [])] }
  })
  const papers = await papersAbout(db, lines)
  const there = await stillThere(
    db,
    [...said.flatMap(({ sealed }) => sealed), ...[...papers.values()].flat()].map(({ ref }) => ref),
  )
  return new Map(
    said.map(({ item, isCaseOpen, sealed }) => {
      const named = sealed.filter(({ ref }) => there.has(ref))
      const archived = (papers.get(item) ?? []).filter(({ ref }) => there.has(ref))
      // A paper that was issued after the names were gone does not have them.
      return [item, { isCaseOpen, sealed: named.length === 0 ? [] : [...named, ...archived] }]
    }),
  )
}

/** An item and one that it came of, by splitting or merging; or the item itself. */
interface Line {
  readonly item: string
  readonly of: string
}

/** These items with themselves and all that they came of: there were lists and papers before a thing was split. */
async function linesOf(db: Reader, items: readonly string[]): Promise<readonly Line[]> {
  const found = await sql<Line>`
    with recursive line as (
      select item, item as of from unnest(${[...items]}::text[]) as item
      union
      select line.item, earlier.code from line
      join entries e on e.subject = 'item/' || line.of and e.type = 'custody.formed'
      cross join lateral jsonb_array_elements_text(e.text::jsonb #> '{body,from}') as earlier (code)
    ) select item, of from line
  `.execute(db)
  return found.rows
}

/** What these people drew with their own hand on the list that the items stand on, or on papers by which they passed on; one may be for many. */
async function signaturesOf(
  db: Reader,
  lines: readonly Line[],
  whose: readonly Present[],
): Promise<Map<string, Sealed[]>> {
  const found = await sql<{ item: string; text: string }>`
    select line.item, e.text from ${unnested(lines)} join entries e on e.subject = 'item/' || line.of
    where e.type = 'custody.hand-signed' and e.text::jsonb #>> '{body,as}' = any(${whose.flatMap((one) => SIGNS_AS[one])}::text[])
  `.execute(db)
  const byItem = Map.groupBy(found.rows, ({ item }) => item)
  return new Map(
    [...byItem].map(([item, rows]) => [
      item,
      rows.flatMap(({ text }) => sealedIn((parseEntry(text).body as Record<string, Json>)['strokes'] ?? null)),
    ]),
  )
}

/**
 * What stands on papers of these numbers, and on those whose place they took, by the number: their archived files. For what somebody wrote on
 * them by hand (F-00, F-20), which no item leads to. A number that there is not is absent.
 */
export async function saidOnPapers(
  db: Reader,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, SaidOfPresent>> {
  const found = await sql<{ number: string; text: string; isCaseOpen: boolean }>`
    select named.number, e.text, exists (
      select from jsonb_array_elements_text(e.text::jsonb #> '{body,cases}') as about (number)
      where coalesce((
        select c.type <> 'custody.case-closed' from entries c
        where c.subject = 'case/' || coalesce((
            -- Of a merged case, the one in which it goes on.
            select m.text::jsonb #>> '{body,to}' from entries m
            where m.subject = 'case/' || about.number and m.type = 'custody.case-passed-on'
              and m.text::jsonb #>> '{body,how}' = 'merge' order by m.n desc limit 1
          ), about.number)
          and c.type in ('custody.case-opened', 'custody.case-closed', 'custody.case-reopened')
        order by c.n desc limit 1
      ), true)
    ) as "isCaseOpen"
    from (
      select text::jsonb #>> '{body,number}' as number, ${THE_SAME(sql`text`)} as same from entries
      where type = 'custody.paper-issued' and text::jsonb #>> '{body,number}' = any(${[...numbers]}::text[])
    ) named join entries e on e.type = 'custody.paper-issued' and ${THE_SAME(sql`e.text`)} = named.same
  `.execute(db)
  const files = found.rows.map(({ number, text, isCaseOpen }) => {
    const { document = null } = parseEntry(text).body as Record<string, Json>
    return { number, isCaseOpen, sealed: sealedIn(document) }
  })
  const there = await stillThere(
    db,
    files.flatMap(({ sealed }) => sealed).map(({ ref }) => ref),
  )
  return new Map(
    [...Map.groupBy(files, ({ number }) => number)].map(([number, issues]) => [
      number,
      {
        isCaseOpen: issues.some(({ isCaseOpen }) => isCaseOpen),
        sealed: issues.flatMap(({ sealed }) => sealed).filter(({ ref }) => there.has(ref)),
      },
    ]),
  )
}

/** Papers of one kind about one thing, of which the later takes the place of the earlier. */
const THE_SAME = (text: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`jsonb_build_array(${text}::jsonb #> '{body,kind}', ${text}::jsonb #> '{body,of}', ${text}::jsonb #> '{body,part}')`

function unnested(lines: readonly Line[]): RawBuilder<unknown> {
  return sql`unnest(${lines.map(({ item }) => item)}::text[], ${lines.map((line) => line.of)}::text[]) as line (item, of)`
}

/** The archived files of papers about these items and those that they came of: they have the names in print. What is issued anew afterwards has not. */
async function papersAbout(db: Reader, lines: readonly Line[]): Promise<Map<string, Sealed[]>> {
  const found = await sql<{ item: string; text: string }>`
    select line.item, e.text
    from entries e cross join lateral jsonb_array_elements_text(e.text::jsonb #> '{body,items}') as about (item)
    join ${unnested(lines)} on line.of = about.item
    where e.type = 'custody.paper-issued'
  `.execute(db)
  const byItem = Map.groupBy(found.rows, ({ item }) => item)
  return new Map(
    [...byItem].map(([item, rows]) => [
      item,
      rows.flatMap(({ text }) => sealedIn((parseEntry(text).body as Record<string, Json>)['document'] ?? null)),
    ]),
  )
}

/** Name, document and power of whoever received these items, from the acts that disposed of them. */
async function saidOfReceivers(db: Reader, items: readonly string[]): Promise<Map<string, Sealed[]>> {
  const found = await sql<{ item: string; text: string }>`
    select substr(d.subject, length('item/') + 1) as item, a.text
    from entries d join entries a
      on a.subject = 'disposal/' || (d.text::jsonb #>> '{body,disposal}') and a.type = 'custody.disposal-carried-out'
    where d.subject = any(${items.map((item) => `item/${item}`)}::text[]) and d.type = 'custody.disposed'
      and (a.text::jsonb #> '{body,items}') ? substr(d.subject, length('item/') + 1)
  `.execute(db)
  const byItem = Map.groupBy(found.rows, ({ item }) => item)
  return new Map(
    [...byItem].map(([item, rows]) => [
      item,
      rows.flatMap(({ text }) => sealedIn((parseEntry(text).body as Record<string, Json>)['receiver'] ?? null)),
    ]),
  )
}

async function stillThere(db: Reader, refs: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await sql<{ ref: string }>`
    select ref::text from personal where ref = any(${[...refs]}::uuid[]) and erased_at is null
  `.execute(db)
  return new Set(found.rows.map(({ ref }) => ref))
}
