import { type RawBuilder, sql } from 'kysely'
import { type ParsedCode, parseCode } from '../../../labels/item-code.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { caseSummaries } from '../account/accounts.ts'
import { hasInitials, maybeInitials } from './initials.ts'
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
const NAMES_MAX = 20_000

/**
 * A whole code or tag as it was scanned; else words, each of them part of a code, a case number or a name, or the initials of a name in
 * pinyin: what has all of them. Only what is in sight.
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
      select i.id, i.last_at from items i where ${itemsWithin(sight)} and ${await itemsMeant(db, scanned, text, words)}
      order by i.last_at desc limit ${limit}
    ) found join items s on s.id = found.id order by found.last_at desc
  `.execute(db)
  const numbered = await db
    .selectFrom('cases as c')
    .select('c.state')
    .where(allOf(words.map((word) => sql<boolean>`c.id ilike ${partOf(word)}`)))
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

/** Of items, under the name `i`. */
async function itemsMeant(
  db: Reader,
  scanned: ParsedCode,
  text: string,
  words: readonly string[],
): Promise<RawBuilder<boolean>> {
  if (scanned.ok && scanned.kind !== 'command') return sql<boolean>`i.id = ${scanned.code}`
  if (EPC.test(text)) return sql<boolean>`i.epc = upper(${text})`
  const names = words.some(maybeInitials) ? await namesIn(db, sql`items`) : []
  return allOf(
    words.map((word) => {
      const called = namedBy(names, word)
      const ways = [
        has(sql`i.name`, word),
        has(sql`i.case_number`, word),
        ...(PART_OF_CODE.test(word) ? [sql<boolean>`i.id like ${partOf(word.toUpperCase())}`] : []),
        // Looked up, not compared one by one: a short word may be the initials of many.
        ...(called.length > 0 ? [sql<boolean>`i.name in (select unnest(${called}::text[]))`] : []),
      ]
      return sql<boolean>`(${sql.join(ways, sql` or `)})`
    }),
  )
}

/** Upper and lower case are one; where the word has none of them, nothing is folded, which takes most of the time. */
function has(column: RawBuilder<unknown>, word: string): RawBuilder<boolean> {
  const hasCase = word.toLowerCase() !== word.toUpperCase()
  return hasCase ? sql<boolean>`${column} ilike ${partOf(word)}` : sql<boolean>`${column} like ${partOf(word)}`
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
async function namesIn(db: Reader, table: RawBuilder<unknown>): Promise<string[]> {
  const found = await sql<{ name: string }>`select distinct name from ${table} limit ${NAMES_MAX}`.execute(db)
  return found.rows.map(({ name }) => name)
}

function namedBy(names: readonly string[], word: string): string[] {
  return maybeInitials(word) ? names.filter((name) => hasInitials(name, word)) : []
}

function partOf(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`
}

function allOf(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}
