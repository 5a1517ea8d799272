import { type RawBuilder, sql } from 'kysely'
import { type ParsedCode, parseCode } from '../../../labels/item-code.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { caseSummaries } from '../account/accounts.ts'
import { hasInitials, hasPart, maybeInitials } from './initials.ts'
import type { Item } from '../items/item.ts'
import type { Found } from '../protocol.ts'
import { shownLocations } from '../reads.ts'
import { summariesOf } from '../sight/shown.ts'
import type { Sight } from '../sight/sees.ts'
import { casesWithin, itemsWithin } from '../sight/sight.ts'
import '../tables.ts'

const PART_OF_CODE = /^[0-9A-Za-z]{1,14}$/
const EPC = /^[0-9A-Fa-f]{24}$/
/** Beyond this many words the rest says nothing new. */
const WORDS_MAX = 5
/** Names that are looked through for initials; a house has some thousand. */
const NAMES_MAX = 50_000
/** A shorter word begins the numbers of too many recordings to mean one. */
const VIDEO_NUMBER_LEAST = 3
const FILMED_MAX = 2_000
/** A word that more cases have in their numbers says little: it is then compared with each item, until enough are found. */
const CASES_MAX = 1_000

/**
 * A whole code or tag as it was scanned; else words, each of them part of a code, a case number or a name, the initials of a name in
 * pinyin, or how the number of a recording begins: what has all of them. Only what is in sight.
 * @throws Refusal `stations.full-width`
 */
export async function search(db: Reader, text: string, sight: Sight, now: string, limit: number): Promise<Found> {
  const scanned = parseCode(text)
  if (!scanned.ok && scanned.reason === 'full-width') throw new Refusal('stations.full-width')
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX)
  // Which they are is read from the index items_found alone: the items themselves are long.
  const its = await sql<{ state: Item }>`
    select s.state from (
      select i.id, i.last_at from items i where ${itemsWithin(sight)} and ${await itemsMeant(db, { scanned, text, words, sight })}
      order by i.last_at desc limit ${limit}
    ) found join items s on s.id = found.id order by found.last_at desc
  `.execute(db)
  const numbered = await db
    .selectFrom('cases as c')
    .select('c.state')
    .where(allOf(words.map((word) => has(sql`c.id`, word))))
    .where(casesWithin(sight))
    .orderBy('id')
    .limit(limit)
    .execute()
  return {
    items: await summariesOf(
      db,
      its.rows.map(({ state }) => state),
      now,
    ),
    cases: await caseSummaries(
      db,
      numbered.map(({ state }) => state),
      sight,
      now,
    ),
    places: await shownLocations(db, await placesMeant(db, scanned, words, sight), limit),
  }
}

interface Wanted {
  readonly scanned: ParsedCode
  readonly text: string
  readonly words: readonly string[]
  readonly sight: Sight
}

/** Of items, under the name `i`. */
async function itemsMeant(db: Reader, { scanned, text, words, sight }: Wanted): Promise<RawBuilder<boolean>> {
  if (scanned.ok && scanned.kind !== 'command') return sql<boolean>`i.id = ${scanned.code}`
  if (EPC.test(text)) return sql<boolean>`i.epc = upper(${text})`
  // The longest word passes the fewest, so the others are compared with little; one with letters costs most.
  const asked = words.toSorted((a, b) => Number(hasCase(a)) - Number(hasCase(b)) || b.length - a.length)
  const found = await Promise.all(
    asked.map(async (word) => ({
      ...{ word, shown: await filmedUnder(db, word, sight), cases: await casesNumbered(db, word) },
    })),
  )
  const plain = found.filter(({ word }) => !hasCase(word)).map((one) => meantBy(one, []))
  const lettered = found.filter(({ word }) => hasCase(word))
  // Of what all the other words mean: a house that numbers its things has as many names as things.
  const names =
    lettered.length === 0 ? [] : await namesIn(db, sql`items i where ${plain.length === 0 ? sql`true` : allOf(plain)}`)
  return allOf([...plain, ...lettered.map((one) => meantBy(one, names))])
}

/** A word, with what was looked up for it. */
interface LookedUp {
  readonly word: string
  /** Items shown by recordings that it begins the number of. */
  readonly shown: readonly string[]
  /** Cases whose number it is part of; null where they are too many to be listed. */
  readonly cases: readonly string[] | null
}

/** @param names of items, among which those that the word means are looked for */
function meantBy({ word, shown, cases }: LookedUp, names: readonly string[]): RawBuilder<boolean> {
  const ways = [
    // Folded once a name and once a case, not once an item, which takes most of the time.
    ...(hasCase(word) && names.length < NAMES_MAX ? [] : [has(sql`i.name`, word)]),
    ...(cases === null ? [has(sql`i.case_number`, word)] : oneOf(sql`i.case_number`, cases)),
    ...(PART_OF_CODE.test(word) ? [sql<boolean>`i.id like ${partOf(word.toUpperCase())}`] : []),
    // Looked up, not compared one by one: a short word may be the initials of many.
    ...(shown.length > 0 ? [sql<boolean>`i.id = any(${[...shown]}::text[])`] : []),
    ...oneOf(sql`i.name`, namedBy(names, word)),
  ]
  return ways.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(ways, sql` or `)})`
}

/** Items in sight shown by a recording whose number begins so: one recording of a search shows as many as one list has. */
async function filmedUnder(db: Reader, word: string, sight: Sight): Promise<string[]> {
  if (word.length < VIDEO_NUMBER_LEAST) return []
  const begins = `${word.toUpperCase().replace(/[\\%_]/g, '\\$&')}%`
  const found = await sql<{ item: string }>`
    select distinct v.item from item_videos v join items i on i.id = v.item
    where upper(v.number) like ${begins} and ${itemsWithin(sight)} limit ${FILMED_MAX}
  `.execute(db)
  return found.rows.map(({ item }) => item)
}

function hasCase(word: string): boolean {
  return word.toLowerCase() !== word.toUpperCase()
}

/** Numbers of cases that a word is part of, looked up once a case and not once an item; null where they are too many. */
async function casesNumbered(db: Reader, word: string): Promise<string[] | null> {
  const found = await sql<{ id: string }>`
    select c.id from cases c where ${has(sql`c.id`, word)} limit ${CASES_MAX + 1}
  `.execute(db)
  return found.rows.length > CASES_MAX ? null : found.rows.map(({ id }) => id)
}

/** Hashed once, whatever their number; nothing where there is none. */
function oneOf(column: RawBuilder<unknown>, texts: readonly string[]): RawBuilder<boolean>[] {
  return texts.length === 0 ? [] : [sql<boolean>`${column} in (select unnest(${[...texts]}::text[]))`]
}

/** Upper and lower case are one; where the word has none of them, nothing is folded, which takes most of the time. */
function has(column: RawBuilder<unknown>, word: string): RawBuilder<boolean> {
  return hasCase(word) ? sql<boolean>`${column} ilike ${partOf(word)}` : sql<boolean>`${column} like ${partOf(word)}`
}

/** Of locations, under the name `l`: also the shelf on which a box of this code or name stands. */
async function placesMeant(
  db: Reader,
  scanned: ParsedCode,
  words: readonly string[],
  sight: Sight,
): Promise<RawBuilder<boolean>> {
  const kept = sight === 'all' ? sql<boolean>`true` : sql<boolean>`l.store = any(${[...sight.stores]}::text[])`
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

function partOf(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`
}

function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}
