import { sql } from 'kysely'
import type { Actor, Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import type { Page } from '../../schemas.ts'
import { CATEGORIES, categories } from '../categories.ts'
import { STORAGE_CLASSES, storageEnglish, storageNames } from '../keeping/storage-classes.ts'
import type { ShownSearch, StocktakeOptions } from '../protocol.ts'
import { rules } from '../rules.ts'
import { answersForStore, holdsSomewhere } from '../separation.ts'
import { mayOrder } from './ordering.ts'
import { causeWords } from './shapes.ts'
import { namesOfItems } from './reads.ts'
import type { ItemSearch } from './stocktake.ts'
import '../tables.ts'

/** What whoever orders a count may choose from; no store for who may order none. */
export async function optionsFor(db: Reader, actor: Actor, at: string): Promise<StocktakeOptions> {
  const all = await db.selectFrom('stores').select(['id', 'name', 'unit']).orderBy('id').execute()
  const mine = all.filter(({ unit }) => mayOrder(actor, unit))
  const ids = mine.map(({ id }) => id)
  const shelves = await sql<{
    id: string
    store: string
    name: string
    storage_class: (typeof STORAGE_CLASSES)[number]
  }>`
    select id, store, name, storage_class from locations where store = any(${ids}::text[]) order by name, id
  `.execute(db)
  const keepers = await sql<{ person: string; place: string }>`
    select distinct a.person, a.place from appointments a join people p on p.id = a.person and p.active
    where a.post = 'custodian' and a.place = any(${ids}::text[])
      and a.from_at <= ${at}::timestamptz and (a.to_at is null or a.to_at > ${at}::timestamptz)
    order by a.person
  `.execute(db)
  const named = await namesOf(
    db,
    keepers.rows.map(({ person }) => `person/${person}`),
  )
  return {
    stores: mine.map(({ id, name }) => ({
      ...{ id, name },
      locations: shelves.rows
        .filter(({ store }) => store === id)
        .map(({ id: shelf, name: called, storage_class: storageClass }) => ({
          code: shelf,
          name: called,
          storageClass,
        })),
      custodians: keepers.rows
        .filter(({ place, person }) => place === id && person !== actor.person)
        .map(({ person }) => named(`person/${person}`)),
    })),
    categories: CATEGORIES.map((value) => ({ value, words: categories[value].name })),
    classes: STORAGE_CLASSES.map((value) => ({
      value,
      words: { zh: storageNames[value], en: storageEnglish[value] },
    })),
    causes: (Object.keys(causeWords) as (keyof typeof causeWords)[]).map((value) => ({
      value,
      words: causeWords[value],
    })),
    daysMax: rules.stocktake_days_max.value,
  }
}

/** Searches that are not over, of stores that somebody answers for or that he supervises. */
export async function listSearches(db: Reader, actor: Actor, { limit, after }: Page): Promise<ShownSearch[]> {
  const heads: readonly string[] = rules.head_posts.value
  const placesOf = (posts: readonly string[]): string[] =>
    actor.appointments.filter(({ post }) => posts.includes(post)).map(({ place }) => place)
  const found = await sql<{ state: ItemSearch }>`
    select s.state from item_searches s join stores t on t.id = s.store
    where s.open and (${holdsSomewhere(actor, 'supervisor')}
        or s.store = any(${placesOf(['custodian'])}::text[]) or t.unit = any(${placesOf(heads)}::text[]))
      and (${after}::text is null or (s.at, s.id) > (select at, id from item_searches where id = ${after}))
    order by s.at, s.id limit ${limit}
  `.execute(db)
  const searches = found.rows.map(({ state }) => state)
  const named = await namesOf(
    db,
    searches.map(({ store }) => `store/${store}`),
  )
  const names = await namesOfItems(
    db,
    searches.map(({ store }) => store),
    searches.map(({ item }) => item),
  )
  return searches.map(({ id, store, unit, item, stocktake, location, at }) => ({
    ...{ id, item, stocktake, location, at, store: named(`store/${store}`), name: names.get(item) ?? '' },
    yours: answersForStore(actor, store, unit) || holdsSomewhere(actor, 'supervisor'),
  }))
}
