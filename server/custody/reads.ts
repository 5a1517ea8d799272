import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../module.ts'
import { namesOf } from '../names.ts'
import { purposeWords } from './axes.ts'
import type { Case } from './cases/cases.ts'
import { storeRegister } from './custody.ts'
import type { Item } from './items/item.ts'
import type { HandoverList } from './intake/lists.ts'
import type { Page } from '../schemas.ts'
import { said } from './names.ts'
import type { ItemSummary, ShownLoan, ShownLocation, ShownNotice } from './protocol.ts'
import { summariesOf } from './sight/shown.ts'
import { carrierOf } from './papers/strip-codes.ts'
import { seesItem, seesPaper, seesStore, type Sight } from './sight/sees.ts'
import { noticesWithin, papersWithin } from './sight/sight.ts'
import './tables.ts'

/** Whoever may see it is asked by the caller; null where there is none. */
export async function readItem(db: Reader, code: string): Promise<Item | null> {
  const found = await db.selectFrom('items').select('state').where('id', '=', code).executeTakeFirst()
  return found?.state ?? null
}

/** Those of these items that there are, in the order of their registration. */
export async function readItems(db: Reader, codes: readonly string[]): Promise<Item[]> {
  if (codes.length === 0) return []
  const found = await db
    .selectFrom('items')
    .select('state')
    .where('id', 'in', [...codes])
    .orderBy('ordinal')
    .execute()
  return found.map(({ state }) => state)
}

/** Whoever may see it is asked by the caller; null where there is none. */
export async function readList(db: Reader, code: string): Promise<HandoverList | null> {
  const found = await db.selectFrom('lists').select('state').where('id', '=', code).executeTakeFirst()
  return found?.state ?? null
}

/** By the number under which the case was opened, whatever it goes by now. Whoever may see it is asked by the caller; null where there is none. */
export async function readCase(db: Reader, number: string): Promise<Case | null> {
  const found = await db.selectFrom('cases').select('state').where('id', '=', number).executeTakeFirst()
  return found?.state ?? null
}

/** Whether somebody may look an item up: who may see it, and the custodian who sent it back, until it goes to a store again. */
export async function mayLookUp(db: Reader, sight: Sight, item: Item): Promise<boolean> {
  if (sight === 'all' || seesItem(sight, item)) return true
  if (sight.watches === true || item.store !== null || sight.stores.length === 0) return false
  const last = await db
    .selectFrom('entries')
    .select(['actor', 'register'])
    .where('subject', '=', `item/${item.code}`)
    .where('type', '=', 'custody.handover-refused')
    .orderBy('n', 'desc')
    .executeTakeFirst()
  return last?.actor === sight.person && sight.stores.map(storeRegister).includes(last.register)
}

/** Whether somebody may know of the label of a code: of an item, a list, a location or a box in sight. */
export async function seesLabelled(db: Reader, sight: Sight, labelCode: string): Promise<boolean> {
  const code = carrierOf(labelCode)
  const item = await readItem(db, code)
  if (item !== null) return seesItem(sight, item)
  const list = await readList(db, code)
  if (list !== null) return seesPaper(sight, list)
  const place =
    (await db.selectFrom('locations').select('store').where('id', '=', code).executeTakeFirst()) ??
    (await db.selectFrom('containers').select('store').where('id', '=', code).executeTakeFirst())
  return place !== undefined && seesStore(sight, place.store)
}

/** By name, as people look for a shelf. `after` is the code of the last one of the page before. */
export async function listLocations(db: Reader, store: string, { limit, after }: Page): Promise<ShownLocation[]> {
  const beyond = sql<boolean>`(l.name, l.id) > (select name, id from locations where id = ${after})`
  return shownLocations(db, sql<boolean>`l.store = ${store} and (${after}::text is null or ${beyond})`, limit)
}

/** Locations, under the name `l`, with what lies at them. */
export async function shownLocations(
  db: Reader,
  where: ReturnType<typeof sql<boolean>>,
  limit: number,
): Promise<ShownLocation[]> {
  const found = await sql<ShownLocation>`
    select l.id as code, l.store, l.name, l.storage_class as "storageClass", l.state -> 'at' as at, l.capacity,
      lying.occupied, lying.frozen,
      (select count(*) from containers b where b.location = l.id and b.state -> 'lent' is null) as containers
    from locations l
    cross join lateral (
      select count(*) as occupied, count(*) filter (where i.frozen) as frozen from items i where i.location = l.id
    ) lying
    where ${where} order by l.name, l.id limit ${limit}
  `.execute(db)
  return found.rows
}

/** What lies at a location, by code. */
export async function listLying(
  db: Reader,
  location: string,
  now: string,
  { limit, after }: Page,
): Promise<ItemSummary[]> {
  let query = db.selectFrom('items').select('state').where('location', '=', location).orderBy('id').limit(limit)
  if (after !== null) query = query.where('id', '>', after)
  const found = await query.execute()
  return summariesOf(
    db,
    found.map(({ state }) => state),
    now,
  )
}

export interface LoanQuery extends Page {
  /** Only those that were due before this moment; null for all that are out. */
  readonly overdueAt: string | null
  /** Only those of this store; null for all. */
  readonly store: string | null
  /** Only those of this item, whether it is back or not; null for all with something still out. */
  readonly item: string | null
  readonly now: string
}

/** Loans with something still out, the most overdue first; of an item, all of its loans. */
export async function listLoans(
  db: Reader,
  sight: Sight,
  { overdueAt, store, item, now, limit, after }: LoanQuery,
): Promise<ShownLoan[]> {
  let query = db
    .selectFrom('loans as p')
    .select('p.state')
    .where(papersWithin(sight))
    .orderBy('due_at')
    .orderBy('p.id')
    .limit(limit)
  query = item === null ? query.where('outstanding', '>', 0) : query.where(lentIn(item))
  if (store !== null) query = query.where('store', '=', store)
  if (overdueAt !== null) query = query.where('due_at', '<', overdueAt)
  if (after !== null)
    query = query.where(sql<boolean>`(p.due_at, p.id) > (select b.due_at, b.id from loans b where b.id = ${after})`)
  const states = (await query.execute()).map(({ state }) => state)
  const named = await namesOf(
    db,
    states.map(({ borrower }) => `person/${borrower}`),
  )
  const away = states.map(({ lines }) => lines.filter(({ returnedAt }) => returnedAt === null).map(({ item }) => item))
  const frozen = await frozenAmong(db, away.flat())
  return states.map(({ id, unit, store, borrower, purpose, lentAt, dueAt }, index) => {
    const outstanding = away[index] ?? []
    return {
      ...{ loan: id, unit, store, lentAt, dueAt },
      borrower: named(`person/${borrower}`),
      purpose: said(purpose, purposeWords),
      overdue: dueAt < now && outstanding.length > 0,
      outstanding,
      frozen: outstanding.filter((item) => frozen.has(item)),
    }
  })
}

/** Those of these items over which an incident is open. */
async function frozenAmong(db: Reader, items: readonly string[]): Promise<ReadonlySet<string>> {
  if (items.length === 0) return new Set()
  const found = await db
    .selectFrom('items')
    .select('id')
    .where('id', 'in', [...items])
    .where('frozen', '=', true)
    .execute()
  return new Set(found.map(({ id }) => id))
}

/** Of loans, under the name `p`: those by which this item went out. Those of its case are found by their index. */
function lentIn(item: string): RawBuilder<boolean> {
  return sql<boolean>`p.cases && array(select case_number from items where id = ${item})
    and exists (select from jsonb_array_elements(p.state -> 'lines') line where line ->> 'item' = ${item})`
}

/** Notices to a person, and those about what he may see to departments without a head; the newest first. */
export async function listNotices(
  db: Reader,
  { person, sight, limit, after }: Page & { readonly person: string; readonly sight: Sight },
): Promise<ShownNotice[]> {
  let query = db
    .selectFrom('notices as n')
    .select('n.state')
    .where(noticesWithin(sight, person))
    .orderBy('n.at', 'desc')
    .orderBy('n.id', 'desc')
    .limit(limit)
  if (after !== null)
    query = query.where(sql<boolean>`(n.at, n.id) < (select b.at, b.id from notices b where b.id = ${after})`)
  const found = await query.execute()
  return found.map(({ state: { id, unit, about, items, store, at } }) => ({ id, unit, about, items, store, at }))
}
