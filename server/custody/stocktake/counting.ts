import type { Actor, Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Container } from '../keeping/containers.ts'
import { draft, storeRegister } from '../custody.ts'
import type { Sight } from './facts.ts'
import type { Location } from '../keeping/locations.ts'
import { rules } from '../rules.ts'
import type { CountShelf } from './schemas.ts'
import { holdsPost, mustBeAt } from '../separation.ts'
import { mayOrder, mustBeThere } from './ordering.ts'
import { placesAgain, type Stocktake } from './stocktake.ts'

export interface ShelfState {
  readonly stocktake: Stocktake | null
  readonly location: Location | null
  /** Those of the codes that the register knows. */
  readonly items: ReadonlySet<string>
  readonly containers: ReadonlyMap<string, Pick<Container, 'seal'>>
  /** `code issue` of labels that were voided. */
  readonly voided: ReadonlySet<string>
  /** Who walked in the first count. */
  readonly walkers: ReadonlySet<string>
  /** Those of the photos that are kept, by whoever counts. */
  readonly photos: ReadonlySet<string>
}

/**
 * What one person perceived at one place, as he says it: whether it agrees is nobody's to see before the count is over. What the register
 * does not know is kept sealed, whatever it says.
 */
export function countShelf(state: ShelfState, command: CountShelf, circumstances: Circumstances): Decision {
  const { actor, at, station, mint } = circumstances
  const stocktake = mustBeThere(state.stocktake, command.stocktake, actor)
  const { store } = stocktake
  const { round, done } = command
  mustBeAt(station, store)
  if (round === 1) mustCount(stocktake, actor)
  else mustRecount(stocktake, actor, state.walkers)
  if (state.location?.store !== store) throw new Refusal('custody.unknown-location', { location: command.location })
  mustBeAsked(stocktake, command, actor)
  const from = command.from ?? at
  if (from > at || from < stocktake.orderedAt) throw new Refusal('custody.stocktake-time')
  const sights = command.sights.map((given): Sight => {
    const when = given.at ?? at
    if (when < from || when > at) throw new Refusal('custody.stocktake-time')
    return sightOf(given, when, state, mint)
  })
  const swept = sights.some((sight) => 'how' in sight && (sight.how === 'strong' || sight.how === 'weak'))
  if (swept && round === 2) throw new Refusal('custody.recount-by-hand')
  const { photos } = command
  if (photos?.some((photo) => !state.photos.has(photo)) === true) throw new Refusal('file.not-found')
  const body = {
    ...{ stocktake: stocktake.code, store, round, location: state.location.code, from, done, swept, sights },
    ...(photos === undefined ? {} : { photos }),
  }
  return { facts: [draft(storeRegister(store), 'custody.shelf-counted', `sheet/${mint.id()}`, body)] }
}

function sightOf(
  given: CountShelf['sights'][number],
  at: string,
  { items, containers, voided }: ShelfState,
  mint: Circumstances['mint'],
): Sight {
  if ('epc' in given) return { kind: 'unknown-tag', epc: given.epc, how: given.how, at }
  if ('container' in given) {
    const box = containers.get(given.container)
    if (box !== undefined) return { kind: 'box', container: given.container, sealed: box.seal !== null, at }
    return { kind: 'unknown', text: mint.seal(given.container), at }
  }
  if ('text' in given) return { kind: 'unknown', text: mint.seal(given.text), at }
  const { item, how, issue } = given
  if (!items.has(item)) return { kind: 'unknown', text: mint.seal(item), at }
  if (issue === undefined || !voided.has(`${item} ${issue}`)) return { kind: 'item', item, how, at }
  return { kind: 'item', item, how, at, voided: issue }
}

/**
 * Whether somebody counts now: he was named for it, and keeps the store.
 * @throws Refusal `custody.stocktake-phase`, `custody.stocktake-not-counter`
 */
export function mustCount(stocktake: Pick<Stocktake, 'phase' | 'counters' | 'store'>, actor: Actor): void {
  if (stocktake.phase !== 'COUNTING') throw new Refusal('custody.stocktake-phase')
  if (!stocktake.counters.includes(actor.person) || !holdsPost(actor, 'custodian', stocktake.store))
    throw new Refusal('custody.stocktake-not-counter')
}

/**
 * Whether somebody counts again: never who counted first.
 * @throws Refusal `custody.stocktake-phase`, `custody.stocktake-not-yours`, `custody.recount-same`
 */
export function mustRecount(
  stocktake: Pick<Stocktake, 'phase' | 'store' | 'unit'>,
  actor: Actor,
  walkers: ReadonlySet<string>,
): void {
  if (stocktake.phase !== 'RECOUNTING') throw new Refusal('custody.stocktake-phase')
  if (!holdsPost(actor, 'custodian', stocktake.store) && !mayOrder(actor, stocktake.unit))
    throw new Refusal('custody.stocktake-not-yours')
  if (walkers.has(actor.person)) throw new Refusal('custody.recount-same')
}

/** A place that this round goes to. An inspection looks wherever it likes: what lies there is tried against the register as well. */
function mustBeAsked(stocktake: Stocktake, { round, location }: CountShelf, actor: Actor): void {
  const asked = round === 1 ? stocktake.places : placesAgain(stocktake.differences)
  const anywhere = round === 1 && stocktake.sample !== null
  if (!anywhere && !asked.includes(location)) throw new Refusal('custody.stocktake-place', { location })
  if (round === 1) return
  if (excludedFrom(stocktake, actor).has(location)) throw new Refusal('custody.recount-placer', { location })
}

/** Shelves that somebody does not walk again: what is not where it should be was put there by him. */
export function excludedFrom({ differences }: Pick<Stocktake, 'differences'>, { person }: Actor): ReadonlySet<string> {
  const verdicts: readonly string[] = rules.recount_not_by_placer.value
  const own = differences.filter(({ placedBy, verdict }) => placedBy === person && verdicts.includes(verdict))
  return new Set(own.flatMap(({ expectedAt }) => expectedAt ?? []))
}
