import { makeCode, parseCode } from '../../../labels/item-code.ts'
import type { Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { categories } from '../categories.ts'
import { storageEnglish, storageNames, type StorageClass, UNKNOWN_VALUE_STORAGE } from './storage-classes.ts'
import { custodyFact, draft, storeRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { yearOf } from '../intake/registering.ts'
import {
  caseOf,
  containerOf,
  itemOf,
  locationOf,
  mustBeAble,
  mustBeOpenBox,
  mustBeReachable,
  type Scene,
  storeOf,
} from '../scene.ts'
import type { AddLocation, MoveItems } from '../schemas.ts'
import { mustBeClosed } from '../seals/seals.ts'
import { mustBeApart, mustBeEnough, mustKeep } from '../separation.ts'
import { mustBeHere } from './whole-box.ts'

/** Where in a store a shelf is, from the outermost; what there is not is absent. */
export type ShelfAt = {
  readonly site?: string
  readonly room?: string
  readonly rack?: string
  readonly slot?: string
}

/** A shelf, safe or room of a store. */
export type Location = {
  readonly code: string
  readonly store: string
  readonly name: string
  readonly storageClass: StorageClass
  /** Items at most. */
  readonly capacity: number
  readonly year: number
  readonly serial: number
  /** Absent where only its name says. */
  readonly at?: ShelfAt
}

/** A location is added once and stays as it was said then: labels with its code hang in the store. */
export function evolveLocation(location: Location | null, raw: Fact): Location | null {
  const fact = custodyFact(raw)
  if (fact.type !== 'custody.location-added') return location
  const { subject, store, name, storageClass, capacity, year, serial, at } = fact.body
  return {
    ...{ code: subject.slice('location/'.length), store, name, storageClass, capacity, year, serial },
    ...(at === undefined ? {} : { at }),
  }
}

export interface AddLocationState {
  readonly storeKnown: boolean
  /** The store's two characters in the codes of its locations. */
  readonly storeNumber: string
  readonly nextSerial: number
  /** The department that keeps the store, where this is its first location: nothing was ever counted there; else null. */
  readonly opens: string | null
}

/** A new location; answers with its code. The first of a store opens it: its terms of counting run from here. */
export function addLocation(state: AddLocationState, command: AddLocation, circumstances: Circumstances): Decision {
  const { store, name, storageClass, capacity, at } = command
  if (!state.storeKnown) throw new Refusal('custody.unknown-store', { store })
  mustKeep(circumstances, store)
  const year = yearOf(circumstances.at)
  const serial = state.nextSerial
  const code = makeCode({ kind: 'location', unit: state.storeNumber, year, serial })
  const opens = state.opens === null ? {} : { opens: { unit: state.opens } }
  const where = at === undefined ? {} : { at: shelfAt(at) }
  const body = { store, name, storageClass, capacity, year, serial, ...opens, ...where }
  return { facts: [draft(storeRegister(store), 'custody.location-added', `location/${code}`, body)], result: { code } }
}

/** As the register holds it: in one order, without what was not said. */
function shelfAt({ site, room, rack, slot }: NonNullable<AddLocation['at']>): ShelfAt {
  return {
    ...(site === undefined ? {} : { site }),
    ...(room === undefined ? {} : { room }),
    ...(rack === undefined ? {} : { rack }),
    ...(slot === undefined ? {} : { slot }),
  }
}

/**
 * Which classes of room an item may lie in. What nobody knows the value of lies apart, where its category leaves the choice (rules C-20); a
 * vehicle or what must be kept cold has a room of its own anyway.
 */
export function storageFor({ category, valueStatus }: Pick<Item, 'category' | 'valueStatus'>): readonly StorageClass[] {
  const { storage } = categories[category]
  const apart = valueStatus === 'UNKNOWN' ? storage.filter((one) => UNKNOWN_VALUE_STORAGE.includes(one)) : []
  return apart.length > 0 ? apart : storage
}

function unfit(item: Item, { code, storageClass }: Location): Refusal {
  const may = storageFor(item)
  return new Refusal('custody.class-not-allowed', {
    ...{ item: item.code, location: code, is: storageNames[storageClass], isEn: storageEnglish[storageClass] },
    may: may.map((one) => storageNames[one]).join('、'),
    mayEn: may.map((one) => storageEnglish[one]).join(' or '),
  })
}

/** Where an item lies: on a shelf, or in a box that stands there. */
export type Place = { readonly location: string; readonly container?: string }

/** Gives items their places one after another and keeps count, so that a list cannot overfill a shelf or a box either. */
export class Placing {
  readonly #scene: Scene
  readonly #store: string
  readonly #added = new Map<string, number>()

  constructor(scene: Scene, store: string) {
    this.#scene = scene
    this.#store = store
  }

  /**
   * @param code of a shelf or of a box
   * @throws Refusal when the place is not given, unknown, another store's, of an unfit class, sealed or full
   */
  put(item: Item, code: string | undefined): Place {
    if (code === undefined) throw new Refusal('custody.location-needed', { item: item.code })
    if (parseCode(code).ok && code.startsWith('C')) return this.#putIn(item, code)
    const location = locationOf(this.#scene, code)
    mustLieAt(location, this.#store)
    if (!storageFor(item).includes(location.storageClass)) throw unfit(item, location)
    // What lies here already takes no more room, in a box or out of it.
    if (item.location === code) return { location: code }
    const lying = (this.#scene.occupied.get(code) ?? 0) + (this.#added.get(code) ?? 0)
    if (lying >= location.capacity)
      throw new Refusal('custody.location-full', { location: code, capacity: location.capacity })
    this.#added.set(code, (this.#added.get(code) ?? 0) + 1)
    return { location: code }
  }

  /** Into a box: it takes what the shelf takes that it stands on, as long as it is open and has room. */
  #putIn(item: Item, code: string): Place {
    const box = containerOf(this.#scene, code)
    mustBeHere(box)
    mustBeOpenBox(box)
    const { location } = this.put(item, box.location)
    const lying = (this.#scene.packed.get(code) ?? 0) + (this.#added.get(code) ?? 0)
    if (item.container !== code && lying >= box.capacity)
      throw new Refusal('custody.container-full', { container: code, capacity: box.capacity })
    this.#added.set(code, (this.#added.get(code) ?? 0) + 1)
    return { location, container: code }
  }
}

/** @throws Refusal `custody.location-elsewhere` */
export function mustLieAt({ code, store }: Location, wanted: string): void {
  if (store !== wanted) throw new Refusal('custody.location-elsewhere', { location: code, store })
}

/** 移位 within a store, to a shelf or into a box; out of a box by the same move. */
export function moveItems(scene: Scene, command: MoveItems, circumstances: Circumstances): Decision {
  const facts = linesOf<{ location?: string }>(command.items).map((line) => {
    const item = itemOf(scene, line.item)
    mustBeAble(item, 'move', circumstances)
    mustBeReachable(scene, item)
    mustBeClosed(item)
    const store = storeOf(item)
    const of = caseOf(scene, item.case)
    mustKeep(circumstances, store)
    mustBeApart(circumstances.actor, of)
    mustBeEnough(scene, circumstances, item, of)
    return { item, store, to: line.location ?? command.location }
  })
  const placings = new Map<string, Placing>()
  return {
    facts: facts.map(({ item, store, to }) => {
      const from = item.location ?? ''
      if (to === (item.container ?? from)) throw new Refusal('custody.already-there', { item: item.code, location: to })
      const placing = placings.get(store) ?? new Placing(scene, store)
      placings.set(store, placing)
      const { location, ...inside } = placing.put(item, to)
      return draft(storeRegister(store), 'custody.moved', `item/${item.code}`, { from, to: location, ...inside })
    }),
  }
}
