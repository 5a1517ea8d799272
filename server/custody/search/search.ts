import { type RawBuilder, sql } from 'kysely'
import { type ParsedCode, parseCode } from '../../../labels/item-code.ts'
import { sealNumberIn } from '../../../labels/seal-number.ts'
import { marksOf, plainNumber } from '../../ledger/marks.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { caseSummaries } from '../account/accounts.ts'
import { hasInitials, hasPart, maybeInitials } from './initials.ts'
import { itemsOfLists, listedIn } from '../inbound/finding.ts'
import { escaped, has, hasCase, partOf } from './matching.ts'
import { gramsOf } from './words.ts'
import type { Item } from '../items/item.ts'
import type { NamedItem } from '../items/protocol.ts'
import type { CaseSummary, Found, ItemSummary } from '../protocol.ts'
import { shownLocations } from '../reads.ts'
import { numbersNow } from '../renumbering/numbers.ts'
import { summariesOf } from '../sight/shown.ts'
import type { Sight } from '../sight/sees.ts'
import { casesWithin, itemsWithin } from '../sight/sight.ts'
import '../tables.ts'

const EPC = /^[0-9A-Fa-f]{24}$/
/** Beyond this many words the rest says nothing new. */
const WORDS_MAX = 5
/** Names of places that are looked through for initials; a house has some thousand. */
const NAMES_MAX = 50_000
/** A shorter word begins the numbers of too many recordings and seals to mean one. */
const NUMBER_LEAST = 3
const NUMBERED_MAX = 2_000
/** As many items as are fetched by their codes; of more, those that moved last are soon found by walking back in time. */
const CANDIDATES_MAX = 1_000

/** What is looked for, and by whom. */
interface Wanted {
  readonly scanned: ParsedCode
  readonly text: string
  readonly words: readonly string[]
  readonly sight: Sight
  readonly now: string
  readonly limit: number
}

/**
 * A whole code or tag as it was scanned, a box for what lies in it, the number on a seal strip; else words, each of them part of a code, a case number or a name, the
 * initials of a name in pinyin, or how the number of a recording, a seal or a notice begins, or as a whole a number that was sealed with an
 * item: what has all of them. Only what is in sight.
 * @throws Refusal `stations.full-width`
 */
export async function search(db: Reader, asked: string, sight: Sight, now: string, limit: number): Promise<Found> {
  const text = sealNumberIn(asked)
  const scanned = parseCode(text)
  if (!scanned.ok && scanned.reason === 'full-width') throw new Refusal('stations.full-width')
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX)
  const wanted = { scanned, text, words, sight, now, limit }
  const [items, cases, places] = await Promise.all([
    itemsFound(db, wanted),
    casesFound(db, wanted),
    placesMeant(db, scanned, words, sight).then((meant) => shownLocations(db, meant, limit)),
  ])
  return { items, cases, places }
}

async function itemsFound(db: Reader, wanted: Wanted): Promise<ItemSummary[]> {
  const { sight, now, limit } = wanted
  const meant = await itemsMeant(db, wanted)
  if (meant === null) return []
  // Which they are is known before the items themselves are read: those are long.
  const its = await sql<{ state: Item }>`
    select s.state from (
      select i.id, i.last_at from items i where ${itemsWithin(sight)} and ${meant}
      order by i.last_at desc limit ${limit}
    ) found join items s on s.id = found.id order by found.last_at desc
  `.execute(db)
  return summariesOf(
    db,
    its.rows.map(({ state }) => state),
    now,
  )
}

async function casesFound(db: Reader, { words, sight, now, limit }: Wanted): Promise<CaseSummary[]> {
  const numbered = await db
    .selectFrom('cases as c')
    .select('c.state')
    .where(
      allOf(words.map((word) => sql<boolean>`(${has(sql`c.id`, word)} or ${wasGiven(word)} or ${listedIn(word)})`)),
    )
    .where(casesWithin(sight))
    .orderBy('id')
    .limit(limit)
    .execute()
  return caseSummaries(
    db,
    numbered.map(({ state }) => state),
    sight,
    now,
  )
}

/** Of items, under the name `i`; null where nothing is meant. */
async function itemsMeant(db: Reader, { scanned, text, words, sight }: Wanted): Promise<RawBuilder<boolean> | null> {
  if (scanned.ok && scanned.kind === 'container') return sql<boolean>`i.container = ${scanned.code}`
  if (scanned.ok && scanned.kind !== 'command') return sql<boolean>`i.id = ${scanned.code}`
  if (EPC.test(text)) return sql<boolean>`i.epc = upper(${text})`
  if (words.length === 0) return null
  const numbered = await itemsNumbered(db, text, words, sight)
  const called = (by: (word: string) => RawBuilder<boolean>): RawBuilder<boolean> =>
    allOf(
      words.map((word) => {
        const codes = numbered.get(word) ?? []
        return codes.length === 0 ? by(word) : sql<boolean>`(${by(word)} or w.item = any(${codes}::text[]))`
      }),
    )
  const whole = numbered.get(text) ?? []
  const found = await sql<{ item: string }>`
    select w.item from item_words w where ${called(calledBy)} limit ${CANDIDATES_MAX + 1}
  `.execute(db)
  if (found.rows.length <= CANDIDATES_MAX)
    return sql<boolean>`i.id = any(${[...new Set([...whole, ...found.rows.map(({ item }) => item)])]}::text[])`
  // A value, not a join: looked at item by item, so that the walk ends where enough are found.
  return sql<boolean>`(i.id = any(${whole}::text[]) or (select ${called(saidIn)} from item_words w where w.item = i.id))`
}

/** Of the words of items, under the name `w`: the index says which may have it, the words themselves which have. */
function calledBy(word: string): RawBuilder<boolean> {
  const folded = word.toLowerCase()
  const grams = gramsOf(folded)
  const pairs = grams.filter((gram) => [...gram].length > 1)
  return sql<boolean>`(w.grams @> ${pairs.length > 0 ? pairs : grams}::text[] and ${saidIn(word)})`
}

function saidIn(word: string): RawBuilder<boolean> {
  const part = partOf(word.toLowerCase())
  return maybeInitials(word)
    ? sql<boolean>`(w.words like ${part} or w.initials like ${part})`
    : sql<boolean>`w.words like ${part}`
}

/**
 * Items in sight by numbers of theirs: for each word those whose seal, notice or recording has a number that begins so, whose case was given a number
 * with it by correction, which came by a list of another organ that has it, or in whose sealed content a number is this; for the whole text, which may be one number with gaps, the latter.
 */
async function itemsNumbered(
  db: Reader,
  text: string,
  words: readonly string[],
  sight: Sight,
): Promise<ReadonlyMap<string, string[]>> {
  const begins = words.filter((word) => plainNumber(word).length >= NUMBER_LEAST)
  const wholes = [...new Set([text, ...words])].flatMap((word) => marksOf(word).map((mark) => ({ word, mark })))
  if (begins.length === 0 && wholes.length === 0) return new Map()
  const each = begins.flatMap((word) => [
    sql`(select ${word}::text as word, v.item from item_videos v join items i on i.id = v.item
      where upper(v.number) like ${`${escaped(word.toUpperCase())}%`} and ${itemsWithin(sight)} limit ${NUMBERED_MAX})`,
    sql`(select ${word}::text as word, n.item from item_numbers n join items i on i.id = n.item
      where n.number like ${`${escaped(plainNumber(word))}%`} and ${itemsWithin(sight)} limit ${NUMBERED_MAX})`,
    sql`(select ${word}::text as word, i.id as item from case_numbers g join items i on i.case_number = g.case_number
      where ${has(sql`g.number`, word)} and ${itemsWithin(sight)} limit ${NUMBERED_MAX})`,
    sql`(select ${word}::text as word, i.id as item from ${itemsOfLists(word)} as handed join items i on i.id = handed.item
      where ${itemsWithin(sight)} limit ${NUMBERED_MAX})`,
  ])
  const sealed = sql`(select m.word, s.item
    from unnest(${wholes.map(({ word }) => word)}::text[], ${wholes.map(({ mark }) => mark)}::bytea[]) as m (word, mark)
    join personal_marks p on p.mark = m.mark join item_sealed s on s.ref = p.ref join items i on i.id = s.item
    where ${itemsWithin(sight)} limit ${NUMBERED_MAX})`
  const found = await sql<{ word: string; item: string }>`
    ${sql.join([...each, sealed], sql` union all `)}
  `.execute(db)
  return new Map(
    [...Map.groupBy(found.rows, ({ word }) => word)].map(([word, rows]) => [word, rows.map(({ item }) => item)]),
  )
}

/** Of cases, under the name `c`: a number that it was given by correction has the word. */
function wasGiven(word: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from case_numbers g where g.case_number = c.id and ${has(sql`g.number`, word)})`
}

/** Of locations, under the name `l`: also the shelf on which a box of this code or name stands. */
async function placesMeant(
  db: Reader,
  scanned: ParsedCode,
  words: readonly string[],
  sight: Sight,
): Promise<RawBuilder<boolean>> {
  const kept =
    sight === 'all' || sight.watches === true
      ? sql<boolean>`true`
      : sql<boolean>`l.store = any(${[...sight.stores]}::text[])`
  if (scanned.ok && scanned.kind === 'container')
    return sql<boolean>`${kept} and l.id = (select location from containers where id = ${scanned.code})`
  const names = words.some(maybeInitials) ? await namesIn(db, sql`locations`) : []
  const meant = words.map((word) => {
    const part = partOf(word)
    return sql<boolean>`(l.id like upper(${part}) or l.name ilike ${part} or l.name = any(${namedBy(names, word)}::text[])
      or exists (select from containers b where b.location = l.id and (b.id like upper(${part}) or b.name ilike ${part})))`
  })
  return sql<boolean>`${kept} and ${allOf(meant)}`
}

/** Names alone tell nothing of who has what; which of the things are answered, sight decides. */
async function namesIn(db: Reader, from: RawBuilder<unknown>): Promise<string[]> {
  // One text is handed over sooner than as many rows.
  const { rows } = await sql<{ names: string[] | null }>`
    select array_to_json(array(select distinct name from ${from} limit ${NAMES_MAX})) as names`.execute(db)
  return rows[0]?.names ?? []
}

/** Names of which a word in letters is a part, or the initials. */
function namedBy(names: readonly string[], word: string): string[] {
  if (!hasCase(word)) return []
  const initials = maybeInitials(word)
  return names.filter((name) => hasPart(name, word) || (initials && hasInitials(name, word)))
}

function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** What these items are called, and by what number the case of each goes now; of those in sight, as they were asked for. */
export async function namesInSight(db: Reader, sight: Sight, codes: readonly string[]): Promise<NamedItem[]> {
  const found = await sql<{ code: string; name: string; case: string }>`
    select i.id as code, i.name, i.case_number as case from items i
    where i.id = any(${[...codes]}::text[]) and ${itemsWithin(sight)} order by i.id
  `.execute(db)
  const numbers = await numbersNow(
    db,
    found.rows.map((one) => one.case),
  )
  return found.rows.map((one) => ({ ...one, case: numbers.of(one.case) }))
}
