import { sql } from 'kysely'
import { type EntryMembers, toFact } from '../../ledger/entry.ts'
import type { Fact, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import { balancesOf, countedOf, entriesOf, imbalances } from '../account/accounting.ts'
import { itemsEverOf, shownLedger } from '../account/account-trial.ts'
import { quantityWords } from '../cash/cash.ts'
import { custodyWords, dispositionWords, measureWords, sealWords } from '../axes.ts'
import { keptOpenIn } from '../disposal/closing.ts'
import { keptOpenWords } from '../disposal/words.ts'
import { evolveItem } from '../items/items.ts'
import { type Item, presentHolder } from '../items/item.ts'
import { said } from '../names.ts'
import type { AsOfBy, CaseAsOf, ItemAsOf, ItemThen, StoreAsOf } from '../protocol.ts'
import '../tables.ts'

/** A moment, and by which of an entry's two times it is meant. */
export interface Moment {
  readonly at: string
  readonly by: AsOfBy
}

/** The lives of these items up to a moment, as the registers tell them: code to facts in their order. */
async function livesUntil(db: Reader, codes: readonly string[], { at, by }: Moment): Promise<Map<string, Fact[]>> {
  if (codes.length === 0) return new Map()
  const time = by === 'event' ? sql.ref('at') : sql.ref('recorded_at')
  const found = await sql<{ subject: string; text: string; hash: Buffer }>`
    select subject, text, hash from entries
    where subject = any(${codes.map((code) => `item/${code}`)}::text[]) and ${time} <= ${at}::timestamptz
    order by subject, n
  `.execute(db)
  const lives = Map.groupBy(found.rows, ({ subject }) => subject.slice('item/'.length))
  return new Map(
    [...lives].map(([code, rows]) => [
      code,
      rows.map(({ text, hash }) => toFact(JSON.parse(text) as EntryMembers, hash)),
    ]),
  )
}

function itemThen(facts: readonly Fact[]): Item | null {
  return facts.reduce<Item | null>(evolveItem, null)
}

/** How many entries tell of what had happened by then and were written down later. */
async function lateOf(db: Reader, codes: readonly string[], at: string): Promise<number> {
  if (codes.length === 0) return 0
  const found = await sql<{ late: number }>`
    select count(*)::integer as late from entries
    where subject = any(${codes.map((code) => `item/${code}`)}::text[])
      and at <= ${at}::timestamptz and recorded_at > ${at}::timestamptz
  `.execute(db)
  return found.rows[0]?.late ?? 0
}

/** When the cases of these items had last been opened again by then; nothing was held open by what was granted before. */
async function reopenedThen(db: Reader, its: readonly Item[], { at, by }: Moment): Promise<Map<string, string>> {
  const kept = [...new Set(its.flatMap((item) => (item.keptOpen === undefined ? [] : [`case/${item.case}`])))]
  if (kept.length === 0) return new Map()
  const time = by === 'event' ? sql.ref('at') : sql.ref('recorded_at')
  const found = await sql<{ subject: string; at: Date }>`
    select subject, max(at) as at from entries
    where subject = any(${kept}::text[]) and type = 'custody.case-reopened' and ${time} <= ${at}::timestamptz
    group by subject
  `.execute(db)
  return new Map(found.rows.map((row) => [row.subject.slice('case/'.length), new Date(row.at).toISOString()]))
}

/** What stood about an item beside its states: why it stayed open, a complaint about it, what it came of and what came of it. */
function aboutIt(item: Item, reopenedAt: string | undefined) {
  const { complaint, upheld, custodyStatus, origin, succeeded } = item
  const isGone = custodyStatus === 'OUT'
  const kept = isGone ? undefined : keptOpenIn(item, reopenedAt === undefined ? {} : { reopenedAt })
  const toPutRight = upheld !== undefined && !isGone ? 'to-put-right' : null
  return {
    keptOpen: kept === undefined ? null : said(kept.ground, keptOpenWords),
    complaint: complaint === undefined ? toPutRight : ('open' as const),
    origin: origin ?? null,
    succeeded: succeeded === undefined ? null : { how: succeeded.how, into: succeeded.into },
  } as const
}

/** Items as they stood, with the names of today for who held them and where they lay. */
async function shownThen(db: Reader, its: readonly Item[], moment: Moment): Promise<ItemThen[]> {
  const reopened = await reopenedThen(db, its, moment)
  const named = await namesOf(
    db,
    its.flatMap((item) => [presentHolder(item), ...(item.store === null ? [] : [`store/${item.store}`])]),
  )
  const shelves = [...new Set(its.flatMap(({ location }) => location ?? []))]
  const places = new Map(
    shelves.length === 0
      ? []
      : (await db.selectFrom('locations').select(['id', 'name']).where('id', 'in', shelves).execute()).map(
          ({ id, name }) => [id, name] as const,
        ),
  )
  return its.map((item) => ({
    ...{ code: item.code, ordinal: item.ordinal, name: item.name },
    ...{ quantity: item.quantity, quantityUnit: item.quantityUnit, quantityWords: quantityWords(item) },
    frozen: item.incident !== null,
    ...aboutIt(item, reopened.get(item.case)),
    measure: said(item.measureStatus, measureWords),
    custody: said(item.custodyStatus, custodyWords),
    seal: said(item.sealStatus, sealWords),
    disposition: said(item.dispositionStatus, dispositionWords),
    holder: named(presentHolder(item)),
    store: item.store === null ? null : named(`store/${item.store}`),
    location: item.location === null ? null : { code: item.location, name: places.get(item.location) ?? item.location },
  }))
}

/** One item as it stood. */
export async function itemAsOf(db: Reader, code: string, moment: Moment): Promise<ItemAsOf> {
  const item = itemThen((await livesUntil(db, [code], moment)).get(code) ?? [])
  const [shown = null] = await shownThen(db, item === null ? [] : [item], moment)
  return { ...moment, late: await lateOf(db, [code], moment.at), item: shown }
}

/** The account of a case as it stood: its items, and what each account held by the entries up to then. */
export async function caseAsOf(db: Reader, number: string, moment: Moment): Promise<CaseAsOf> {
  const codes = (await itemsEverOf(db, number)).map(({ code }) => code)
  const lives = await livesUntil(db, codes, moment)
  const all = codes.flatMap((code) => itemThen(lives.get(code) ?? []) ?? [])
  const its = all.filter((item) => item.case === number).toSorted((one, other) => one.ordinal - other.ordinal)
  const entries = [...lives.values()].flatMap(entriesOf)
  const booked = balancesOf(entries.filter((one) => one.case === number))
  return {
    ...{ ...moment, number, late: await lateOf(db, codes, moment.at) },
    items: await shownThen(db, its, moment),
    ledger: shownLedger({ booked, wrong: imbalances(booked, countedOf(all, number)) }),
  }
}

/** What a store held at a moment, by the intervals of who held each item; a page at a time, by code. */
export async function storeAsOf(
  db: Reader,
  store: string,
  at: string,
  { limit, after }: Page,
): Promise<Omit<StoreAsOf, 'after'>> {
  const found = await sql<{ item: string }>`
    select item from holdings
    where who = ${`store/${store}`} and from_at <= ${at}::timestamptz and (to_at is null or to_at > ${at}::timestamptz)
      ${after === null ? sql`` : sql`and item > ${after}`}
    order by item limit ${limit}
  `.execute(db)
  const codes = found.rows.map(({ item }) => item)
  const lives = await livesUntil(db, codes, { at, by: 'event' })
  const kept = await sql<{ person: string }>`
    select person from store_keepers
    where store = ${store} and from_at <= ${at}::timestamptz and (to_at is null or to_at > ${at}::timestamptz)
  `.execute(db)
  const keeper = kept.rows[0]?.person
  const named = await namesOf(db, keeper === undefined ? [] : [`person/${keeper}`])
  return {
    at,
    keeper: keeper === undefined ? null : named(`person/${keeper}`),
    items: await shownThen(
      db,
      codes.flatMap((code) => itemThen(lives.get(code) ?? []) ?? []),
      { at, by: 'event' },
    ),
  }
}
