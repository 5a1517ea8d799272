import { sql } from 'kysely'
import type { Actor, Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { BenchStocktake } from './stocktake.ts'
import { namesOfPlaces } from '../keeping/store.ts'
import { excludedFrom, mustCount, mustRecount } from '../stocktake/counting.ts'
import { isConcerned } from '../stocktake/ordering.ts'
import { namesOfItems } from '../stocktake/reads.ts'
import { sheetsOfStocktake, walkersOf } from '../stocktake/store.ts'
import { placesAgain, type Stocktake } from '../stocktake/stocktake.ts'
import '../tables.ts'

/** What a custodian at a bench may know of the stock-take whose paper he scanned; null where there is none for him. */
export async function lookAtStocktake(db: Reader, code: string, actor: Actor): Promise<BenchStocktake | null> {
  const found = await db.selectFrom('stocktakes').select('state').where('id', '=', code).executeTakeFirst()
  if (found === undefined || !isConcerned(actor, found.state)) return null
  const stocktake = found.state
  const round = stocktake.phase === 'RECOUNTING' ? 2 : 1
  const walkers = new Set(await walkersOf(db, code, 1))
  const sheets = await sheetsOfStocktake(db, code)
  const done = new Set(sheets.flatMap((sheet) => (sheet.round === round && sheet.done ? [sheet.location] : [])))
  const not = round === 2 ? excludedFrom(stocktake, actor) : new Set<string>()
  const open = (round === 2 ? placesAgain(stocktake.differences) : stocktake.places).filter((place) => !done.has(place))
  const barred = open.filter((place) => not.has(place))
  const names = await namesOfPlaces(db, barred)
  return {
    ...{ code, round, store: stocktake.store, refusal: refusalOf(stocktake, actor, walkers) },
    route: routeOf(stocktake, actor),
    lookFor: await lookedFor(db, stocktake),
    left: {
      own: open.filter((place) => !not.has(place)),
      barred: barred.map((place) => names.get(place) ?? place),
    },
  }
}

function refusalOf(stocktake: Stocktake, actor: Actor, walkers: ReadonlySet<string>): Refusal | null {
  try {
    if (stocktake.phase === 'RECOUNTING') mustRecount(stocktake, actor, walkers)
    else mustCount(stocktake, actor)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function routeOf(stocktake: Stocktake, actor: Actor): readonly string[] | null {
  const { phase, sample, places, differences } = stocktake
  if (phase !== 'RECOUNTING') return sample === null ? places : null
  const not = excludedFrom(stocktake, actor)
  return placesAgain(differences).filter((place) => !not.has(place))
}

async function lookedFor(
  db: Reader,
  { phase, sample, differences, store }: Stocktake,
): Promise<BenchStocktake['lookFor']> {
  const items = phase === 'RECOUNTING' ? differences.flatMap(({ item }) => item ?? []) : (sample?.drawn?.items ?? [])
  const names = await namesOfItems(db, [store], items)
  return [...new Set(items)].sort().map((item) => ({ item, name: names.get(item) ?? '' }))
}

/** The items that wear these tags: number to code. */
export async function itemsOfTags(db: Reader, epcs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (epcs.length === 0) return new Map()
  const found = await sql<{ id: string; epc: string }>`
    select id, epc from items where epc = any(${[...epcs]}::text[])
  `.execute(db)
  return new Map(found.rows.map(({ id, epc }) => [epc, id]))
}
