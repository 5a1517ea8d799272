import type { Actor, Circumstances } from '../module.ts'
import { Refusal, type Words } from '../refusal.ts'
import { type Axes, custodyWords, dispositionWords, incidentWords, measureWords, sealWords } from './axes.ts'
import type { Case } from './cases/cases.ts'
import type { Container } from './keeping/containers.ts'
import { storeRegister, unitRegister } from './custody.ts'
import { type Item, presentHolder } from './items/item.ts'
import type { HandoverList } from './intake/lists.ts'
import type { Location } from './keeping/locations.ts'
import { blind, seesCase, seesItem, seesStore, type Sight } from './sight/sees.ts'
import type { Seals } from './seals/seals.ts'
import { type Move, stoppedBy, transitions } from './transitions.ts'
import type { WeighingFrame } from './weighing/weights.ts'

/** What an act over items looks at, loaded and locked by sets. What an act does not need is empty. */
export interface Scene {
  /** What the actor may see: the rest is not there for him. */
  readonly sight: Sight
  readonly items: ReadonlyMap<string, Item>
  readonly cases: ReadonlyMap<string, Case>
  readonly locations: ReadonlyMap<string, Location>
  /** Boxes that the items lie in, and those that the act names. */
  readonly containers: ReadonlyMap<string, Container>
  /** Items that lie in a box now. */
  readonly packed: ReadonlyMap<string, number>
  /** Those of the boxes that are out on loan of which something was brought back by itself since. */
  readonly unpacked: ReadonlySet<string>
  readonly lists: ReadonlyMap<string, HandoverList>
  /** Items that lie at a location now. */
  readonly occupied: ReadonlyMap<string, number>
  /** Store to keeping unit. */
  readonly stores: ReadonlyMap<string, string>
  /** Unit to its heads' ids. */
  readonly heads: ReadonlyMap<string, readonly string[]>
  /** Unit to itself and every unit above it. */
  readonly lineage: ReadonlyMap<string, readonly string[]>
  /** Those of the people who signed the act beside its actor who are active, with the posts they hold. */
  readonly signers: ReadonlyMap<string, Actor>
  /** The frames that weighings at this station left, by reading. */
  readonly frames: ReadonlyMap<string, WeighingFrame>
  /** Those of the seal numbers that an act gives which an item wears or ever wore. */
  readonly seals: Seals
  /** Seal number to the codes of all items that are closed with it. */
  readonly bags: ReadonlyMap<string, readonly string[]>
}

export const emptyScene: Scene = {
  sight: blind(''),
  items: new Map(),
  cases: new Map(),
  locations: new Map(),
  containers: new Map(),
  packed: new Map(),
  unpacked: new Set(),
  lists: new Map(),
  occupied: new Map(),
  stores: new Map(),
  heads: new Map(),
  lineage: new Map(),
  signers: new Map(),
  frames: new Map(),
  seals: new Set(),
  bags: new Map(),
}

/**
 * An item that the actor may know of. Whether there is none or none for him makes no difference to the answer.
 * @throws Refusal `custody.unknown-item`
 */
export function itemOf(scene: Pick<Scene, 'items' | 'sight'>, code: string): Item {
  const item = scene.items.get(code)
  if (item === undefined || !seesItem(scene.sight, item)) throw new Refusal('custody.unknown-item', { item: code })
  return item
}

/** The case of an item that the actor may know of; the item is no way to more of the case. */
export function caseOf(scene: Pick<Scene, 'cases'>, number: string): Case {
  const found = scene.cases.get(number)
  if (found === undefined) throw new Refusal('custody.unknown-case', { case: number })
  return found
}

/**
 * A case that the actor may know of, as `itemOf`.
 * @throws Refusal `custody.unknown-case`
 */
export function caseInSight(scene: Pick<Scene, 'cases' | 'sight'>, number: string): Case {
  const found = caseOf(scene, number)
  if (!seesCase(scene.sight, found)) throw new Refusal('custody.unknown-case', { case: number })
  return found
}

/** @throws Refusal `custody.unknown-location` */
export function locationOf(scene: Pick<Scene, 'locations'>, code: string): Location {
  const found = scene.locations.get(code)
  if (found === undefined) throw new Refusal('custody.unknown-location', { location: code })
  return found
}

/** @throws Refusal `custody.unknown-container`, also for one of a store that is none of the actor's */
export function containerOf(scene: Pick<Scene, 'containers' | 'sight'>, code: string): Container {
  const found = scene.containers.get(code)
  if (found === undefined || !seesStore(scene.sight, found.store))
    throw new Refusal('custody.unknown-container', { container: code })
  return found
}

/** @throws Refusal `custody.container-sealed` */
export function mustBeOpenBox({ code, seal }: Pick<Container, 'code' | 'seal'>): void {
  if (seal !== null) throw new Refusal('custody.container-sealed', { container: code, number: seal.number })
}

/**
 * What lies in a sealed box is out of everybody's reach.
 * @throws Refusal `custody.container-sealed`
 */
export function mustBeReachable({ containers }: Pick<Scene, 'containers'>, { container }: Item): void {
  const box = container === undefined ? undefined : containers.get(container)
  if (box !== undefined) mustBeOpenBox(box)
}

/** The store an item is pending for, lies in or was lent from. Only for items whose state says that there is one. */
export function storeOf(item: Item): string {
  if (item.store === null) throw new Error(`${item.code} belongs to no store`)
  return item.store
}

/** In whose book an item stands now: its store's once that took it in, its department's before and where no store ever had it. */
export function presentRegister(item: Item): string {
  if (item.store === null || presentHolder(item) === `unit/${item.unit}`) return unitRegister(item.unit)
  return storeRegister(item.store)
}

/** Stops a move that the table of transitions does not allow now: frozen first, then the axes, then the order of time. */
export function mustBeAble(item: Item, move: Move, circumstances: Pick<Circumstances, 'at'>): void {
  if (item.incident !== null && !transitions[move].whileFrozen) {
    const words = incidentWords[item.incident.kind]
    throw new Refusal('custody.item-frozen', { item: item.code, kind: words.zh, kindEn: words.en })
  }
  mustBeInOrder(item, move, circumstances)
}

/** The same for a move that an open incident does not stop where it happens now. */
export function mustBeInOrder(item: Item, move: Move, { at }: Pick<Circumstances, 'at'>): void {
  const { name } = transitions[move]
  const axis = stoppedBy(item, move)
  if (axis !== null) {
    const words = wordsOf(item, axis)
    throw new Refusal('custody.wrong-order', {
      item: item.code,
      is: words.zh,
      isEn: words.en,
      move: name.zh,
      moveEn: name.en,
    })
  }
  if (at < item.lastAt) throw new Refusal('custody.before-last-event', { item: item.code, at, last: item.lastAt })
}

/** Where an item stands on one axis, in words. */
function wordsOf({ measureStatus, custodyStatus, sealStatus, dispositionStatus }: Axes, axis: keyof Axes): Words {
  switch (axis) {
    case 'measureStatus':
      return measureWords[measureStatus]
    case 'custodyStatus':
      return custodyWords[custodyStatus]
    case 'sealStatus':
      return sealWords[sealStatus]
    case 'dispositionStatus':
      return dispositionWords[dispositionStatus]
  }
}

/** The cases of items, each once, by number. */
export function casesAmong(items: readonly Item[]): string[] {
  return [...new Set(items.map((item) => item.case))].sort()
}

/** One act, one unit and one store: the parts of a paper form that stand at its top. */
export function mustShare(items: readonly Item[]): { unit: string; store: string | null } {
  const [first, ...rest] = items
  if (first === undefined) throw new Error('an act names at least one item')
  const stranger = rest.find((item) => item.unit !== first.unit || item.store !== first.store)
  if (stranger !== undefined) throw new Refusal('custody.mixed', { item: stranger.code })
  return { unit: first.unit, store: first.store }
}
