import { makeCode } from '../../../labels/item-code.ts'
import type { Actor, Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, storeRegister } from '../custody.ts'
import type { Placement, StocktakeScope } from './facts.ts'
import type { Numbering } from '../intake/handover.ts'
import type { Item } from '../items/item.ts'
import type { Location } from '../keeping/locations.ts'
import { yearOf } from '../intake/registering.ts'
import { rules } from '../rules.ts'
import type { CancelStocktake, DrawSample, OrderStocktake } from './schemas.ts'
import { holdsPost, holdsSomewhere, mustBeAt } from '../separation.ts'
import { drawItems, hashOfSeed, sampleSize } from '../../draw.ts'
import { isFull, type Stocktake } from './stocktake.ts'

/** What of an item says whether it is counted, and where. */
export type Lying = Pick<Item, 'code' | 'case' | 'category'> & {
  readonly location: string
  readonly container?: string
}

export interface OrderState {
  /** The department that keeps the store; null where there is no such store. */
  readonly unit: string | null
  readonly numbering: Numbering
  readonly locations: readonly Location[]
  /** Everything that lies in the store by the register, in the order of the codes. */
  readonly lying: readonly Lying[]
  /** The people who are to count, those who are active. */
  readonly counters: ReadonlyMap<string, Actor>
}

const DAY_MS = 86_400_000

/** Who orders counts, sees their figures and decides on them: a supervisor, or who heads the department that keeps the store. */
export function mayOrder(actor: Actor, keeping: string): boolean {
  return holdsSomewhere(actor, 'supervisor') || rules.head_posts.value.some((post) => holdsPost(actor, post, keeping))
}

/** @throws Refusal `custody.stocktake-not-yours` */
export function mustOrder(actor: Actor, { unit }: Pick<Stocktake, 'unit'>): void {
  if (!mayOrder(actor, unit)) throw new Refusal('custody.stocktake-not-yours')
}

/**
 * A count is ordered: what should lie there is fixed by this very entry, and of a sample the hash of its seed. Answers with the code of its
 * paper.
 */
export function orderStocktake(state: OrderState, command: OrderStocktake, circumstances: Circumstances): Decision {
  const { actor, at, mint } = circumstances
  const { store, scope, dueAt } = command
  const { unit } = state
  if (unit === null) throw new Refusal('custody.unknown-store', { store })
  mustOrder(actor, { unit })
  const latest = new Date(Date.parse(at) + rules.stocktake_days_max.value * DAY_MS).toISOString()
  if (dueAt <= at || dueAt > latest)
    throw new Refusal('custody.stocktake-due', { days: rules.stocktake_days_max.value })
  mustBeCounters(state, command, actor)
  const shelves = shelvesOf(state, scope)
  const expected = state.lying.filter((item) => isWithin(scope, shelves, item)).map(placementOf)
  const most = rules.stocktake_items_max.value
  if (expected.length > most) throw new Refusal('custody.stocktake-too-large', { items: expected.length, most })
  const places = isByPlace(scope) ? [...shelves].sort() : placesOf(expected)
  if (places.length === 0 || (command.sample !== undefined && expected.length === 0))
    throw new Refusal('custody.stocktake-nothing')
  const { unitNumber, nextSerial: serial } = state.numbering
  const year = yearOf(at)
  const code = makeCode({ kind: 'document', unit: unitNumber, year, serial })
  const sample = command.sample === undefined ? null : sampleOf(command.sample, expected.length, mint)
  return {
    facts: [
      draft(storeRegister(store), 'custody.stocktake-ordered', `stocktake/${code}`, {
        ...{ store, unit, scope, expected, dueAt, sample, year, serial },
        places: sample === null ? places : [],
        counters: [...command.counters].sort(),
      }),
    ],
    result: { code },
  }
}

function sampleOf(
  { missing, confidence_percent }: NonNullable<OrderStocktake['sample']>,
  population: number,
  mint: Circumstances['mint'],
) {
  const seed = mint.seed()
  const size = sampleSize(population, missing, confidence_percent)
  return { missing, confidence_percent, size, seedHash: hashOfSeed(seed), seed: mint.seal(seed) }
}

/** Custodians of the store, who work for somebody else than themselves. */
function mustBeCounters({ counters }: OrderState, command: OrderStocktake, actor: Actor): void {
  for (const person of command.counters) {
    const counter = counters.get(person)
    if (counter === undefined || !holdsPost(counter, 'custodian', command.store) || person === actor.person)
      throw new Refusal('custody.stocktake-counter', { person })
  }
}

function shelvesOf({ locations }: OrderState, scope: StocktakeScope): ReadonlySet<string> {
  const all = new Map(locations.map((location) => [location.code, location]))
  if (scope.kind === 'classes')
    return new Set(locations.filter(({ storageClass }) => scope.classes.includes(storageClass)).map(({ code }) => code))
  if (scope.kind !== 'locations') return new Set(all.keys())
  for (const location of scope.locations)
    if (!all.has(location)) throw new Refusal('custody.unknown-location', { location })
  return new Set(scope.locations)
}

/** Whether all that lies on the shelves is counted, and not only what is of one kind. */
function isByPlace({ kind }: StocktakeScope): boolean {
  return kind === 'store' || kind === 'locations' || kind === 'classes'
}

/** Whether an item is of what is counted, wherever it lies. */
export function isOfScope(scope: StocktakeScope, item: Pick<Item, 'case' | 'category'>): boolean {
  if (scope.kind === 'case') return item.case === scope.case
  return scope.kind === 'categories' ? scope.categories.includes(item.category) : true
}

function isWithin(scope: StocktakeScope, shelves: ReadonlySet<string>, item: Lying): boolean {
  return shelves.has(item.location) && isOfScope(scope, item)
}

function placementOf({ code: item, location, container }: Lying): Placement {
  return container === undefined ? { item, location } : { item, location, container }
}

function placesOf(placements: readonly Placement[]): string[] {
  return [...new Set(placements.map(({ location }) => location))].sort()
}

export interface DrawState {
  readonly stocktake: Stocktake | null
  /** The seed as it stands beside the register; null when there is none. */
  readonly seed: string | null
}

/** The seed is told, and with it everything is drawn that follows from it. */
export function drawSample(
  { stocktake, seed }: DrawState,
  command: DrawSample,
  { actor, station }: Circumstances,
): Decision {
  const found = mustBeThere(stocktake, command.stocktake, actor)
  mustOrder(actor, found)
  mustBeAt(station, found.store)
  const { sample, expected, order } = found
  if (sample === null || found.phase !== 'ORDERED') throw new Refusal('custody.stocktake-drawn')
  if (seed === null || hashOfSeed(seed) !== sample.seedHash) throw new Error(`the seed of ${found.code} is not its own`)
  const population = expected.map(({ item }) => item)
  const items = drawItems(population, { seed, orderHash: order.hash, size: sample.size })
  const drawn = new Set(items)
  const places = placesOf(expected.filter(({ item }) => drawn.has(item)))
  return {
    facts: [
      draft(storeRegister(found.store), 'custody.stocktake-drawn', `stocktake/${found.code}`, { seed, items, places }),
    ],
  }
}

/** It is not carried out, for a reason; what was counted so far stays in the register. */
export function cancelStocktake(
  stocktake: Stocktake | null,
  command: CancelStocktake,
  { actor, mint }: Circumstances,
): Decision {
  const found = mustBeThere(stocktake, command.stocktake, actor)
  mustOrder(actor, found)
  if (found.phase === 'CLOSED' || found.phase === 'CANCELLED') throw new Refusal('custody.stocktake-over')
  const { unit, countedAt } = found
  const body = { unit, full: isFull(found), counted: countedAt !== null, reason: mint.seal(command.reason) }
  return { facts: [draft(storeRegister(found.store), 'custody.stocktake-cancelled', `stocktake/${found.code}`, body)] }
}

/** Whether somebody has to do with a count at all: he keeps the store, or answers for who does. */
export function isConcerned(actor: Actor, { store, unit }: Pick<Stocktake, 'store' | 'unit'>): boolean {
  return holdsPost(actor, 'custodian', store) || mayOrder(actor, unit)
}

/** @throws Refusal `custody.unknown-stocktake`, also for one that is none of the actor's business */
export function mustBeThere(stocktake: Stocktake | null, code: string, actor: Actor): Stocktake {
  if (stocktake === null || !isConcerned(actor, stocktake))
    throw new Refusal('custody.unknown-stocktake', { stocktake: code })
  return stocktake
}
