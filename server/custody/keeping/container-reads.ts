import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import type { Page } from '../../schemas.ts'
import type { Container } from './containers.ts'
import type { Item } from '../items/item.ts'
import type { ItemSummary, OpenedContainer, ShownContainer } from '../protocol.ts'
import { seesStore, type Sight } from '../sight/sees.ts'
import { itemsWithin } from '../sight/sight.ts'
import { summariesOf } from '../sight/shown.ts'
import '../tables.ts'

/** Boxes of a store by name. */
export async function listContainers(db: Reader, store: string, { limit, after }: Page): Promise<ShownContainer[]> {
  const beyond = sql<boolean>`(b.name, b.id) > (select name, id from containers where id = ${after})`
  return shownContainers(db, sql<boolean>`b.store = ${store} and (${after}::text is null or ${beyond})`, limit)
}

/** Boxes, under the name `b`. */
async function shownContainers(
  db: Reader,
  where: ReturnType<typeof sql<boolean>>,
  limit: number,
): Promise<ShownContainer[]> {
  const found = await sql<{ state: Container; place: string; holds: number; away: number; due: string | null }>`
    select b.state, l.name as place, (select count(*) from items i where i.container = b.id) as holds,
      (select count(*) from loans o cross join jsonb_array_elements(o.state -> 'lines') line
        join items i on i.id = line ->> 'item'
        where o.id = b.state #>> '{lent,loan}' and i.state #>> '{loan,container}' = b.id) as away,
      (select o.state ->> 'dueAt' from loans o where o.id = b.state #>> '{lent,loan}') as due
    from containers b join locations l on l.id = b.location where ${where} order by b.name, b.id limit ${limit}
  `.execute(db)
  const borrowers = found.rows.flatMap(({ state: { lent } }) => (lent === undefined ? [] : [`person/${lent.borrower}`]))
  const holderOf = await namesOf(db, borrowers)
  return found.rows.map(
    ({ state: { code, store, name, location, capacity, seal, lent }, place, holds, away, due }) => ({
      ...{ code, store, name, capacity, holds },
      location: { code: location, name: place },
      seal: seal === null ? null : { number: seal.number, sealedAt: seal.sealedAt },
      lent:
        lent === undefined ? null : { borrower: holderOf(`person/${lent.borrower}`), dueAt: due ?? '', items: away },
    }),
  )
}

/**
 * A box of a store in sight.
 * @throws Refusal `custody.unknown-container`
 */
export async function containerInSight(db: Reader, sight: Sight, code: string): Promise<Container> {
  const found = await db.selectFrom('containers').select('state').where('id', '=', code).executeTakeFirst()
  if (found === undefined || !seesStore(sight, found.state.store))
    throw new Refusal('custody.unknown-container', { container: code })
  return found.state
}

/** A box with what it holds. */
export async function openedContainer(db: Reader, { code }: Container, now: string): Promise<OpenedContainer> {
  const [shown] = await shownContainers(db, sql<boolean>`b.id = ${code}`, 1)
  if (shown === undefined) throw new Error(`${code} was read and is not there`)
  const found = await db.selectFrom('items').select('state').where('container', '=', code).orderBy('id').execute()
  const items = await summariesOf(
    db,
    found.map(({ state }) => state),
    now,
  )
  return { ...shown, items }
}

/** What lies in a box, as far as it is in sight; a page at a time, by code. Nothing tells a box that there is none from one that is out of sight. */
export async function itemsInBox(
  db: Reader,
  sight: Sight,
  container: string,
  { now, page: { limit, after } }: { readonly now: string; readonly page: Page },
): Promise<ItemSummary[]> {
  const found = await sql<{ state: Item }>`
    select i.state from items i
    where i.container = ${container} and ${itemsWithin(sight)} ${after === null ? sql`` : sql`and i.id > ${after}`}
    order by i.id limit ${limit}
  `.execute(db)
  return summariesOf(
    db,
    found.rows.map(({ state }) => state),
    now,
  )
}
