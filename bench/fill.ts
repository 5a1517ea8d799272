import { loadActor } from '../server/access/actor.ts'
import { type Case, openCase } from '../server/custody/cases/cases.ts'
import { checkIn, handOver } from '../server/custody/intake/handover.ts'
import { noNames } from '../server/custody/in-clear/in-clear.ts'
import type { Item } from '../server/custody/items/item.ts'
import { type Label, scanBackLabels, settleLabels, wantLabels } from '../server/custody/papers/labels.ts'
import { addLocation, type Location, moveItems } from '../server/custody/keeping/locations.ts'
import { addPhoto, register, yearOf } from '../server/custody/intake/registering.ts'
import { emptyScene, type Scene } from '../server/custody/scene.ts'
import type { CheckIn, WantLabel } from '../server/custody/schemas.ts'
import { loadAddLocation } from '../server/custody/keeping/store.ts'
import { loadListNumber } from '../server/custody/numbers.ts'
import type { Db } from '../server/database/connect.ts'
import { type DemoItem, goodsOfCase } from '../server/demo/goods.ts'
import { type Actor, type Circumstances, SYSTEM } from '../server/module.ts'
import { modules } from '../server/modules.ts'
import { filmOf } from './film.ts'
import { Books } from './books.ts'
import { KEEPING_UNIT, type Place } from './organisation.ts'

export interface FillPlan {
  readonly places: readonly Place[]
  /** Cases whose twenty items lie in store, dealt to the places in turn. */
  readonly casesInStore: number
  /** How often each item was moved to another shelf: one entry each. */
  readonly movesAnItem: number
  /** Lists that wait at each place for their check-in, as cases of twenty items on each. */
  readonly waiting: readonly number[]
  /** SHA-256 of the photos that the items are said to have. */
  readonly photos: readonly string[]
}

/** A line as `custody.check-in` takes it. */
export type CheckInLine = Exclude<CheckIn['items'][number], string>

export interface StoredItem {
  readonly code: string
  /** No other item has it. */
  readonly name: string
  readonly store: string
}

export interface WaitingList {
  readonly place: Place
  readonly lines: readonly CheckInLine[]
}

export interface Filled {
  readonly entries: number
  readonly inStore: readonly StoredItem[]
  readonly waiting: readonly WaitingList[]
}

export const ITEMS_A_CASE = 20
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** The first case was opened so long ago, the last so long. */
const FIRST_DAYS_AGO = 300
const LAST_DAYS_AGO = 10
const ENTRIES_A_WRITE = 5_000
const SHELVES_PER_CLASS = 50
const SHELF_CAPACITY = 100_000
const STORE_CLASSES = ['ordinary', 'precious'] as const

/** When the organisation must have been settled. */
export function startOf(present_ms: number): string {
  return at(present_ms - (FIRST_DAYS_AGO + 1) * DAY_MS)
}

/**
 * Fills a database whose organisation is settled (see `startOf`) with cases, items, labels, lists and moves, in registers that `verifyStore`
 * accepts: every fact is decided by the program's own rules.
 */
export async function fill(db: Db, plan: FillPlan, present_ms: number, pepper: Uint8Array): Promise<Filled> {
  const books = new Books(
    modules.flatMap((module) => module.projections),
    pepper,
  )
  const teller = new Teller(books, plan)
  for (const place of plan.places) await teller.enter(db, place, present_ms - FIRST_DAYS_AGO * DAY_MS)
  const lists = plan.waiting.flatMap((cases) => plan.places.map((place) => ({ place, cases })))
  const groups = plan.casesInStore + lists.length
  const step_ms = ((FIRST_DAYS_AGO - LAST_DAYS_AGO) * DAY_MS) / groups
  let writing: Promise<void> = Promise.resolve()
  for (let group = 0; group < groups; group += 1) {
    const start_ms = present_ms - FIRST_DAYS_AGO * DAY_MS + Math.floor(group * step_ms)
    const list = lists[group - plan.casesInStore]
    if (list === undefined) teller.tellStored(plan.places[group % plan.places.length] as Place, start_ms)
    else teller.tellWaiting(list.place, list.cases, start_ms)
    if (books.waiting < ENTRIES_A_WRITE && group < groups - 1) continue
    // The next acts are decided while the last ones are being written.
    await writing
    writing = books.write(db)
  }
  await writing
  return { entries: books.entries, inStore: teller.inStore, waiting: teller.waiting }
}

interface Staff {
  readonly first: Actor
  readonly second: Actor
  readonly custodian: Actor
  readonly unitNumber: string
  readonly locations: ReadonlyMap<string, Location>
  readonly shelves: Readonly<Record<(typeof STORE_CLASSES)[number], readonly string[]>>
}

interface Registered {
  readonly codes: readonly string[]
  readonly goods: readonly DemoItem[]
  readonly index: number
}

class Teller {
  readonly inStore: StoredItem[] = []
  readonly waiting: WaitingList[] = []
  readonly #books: Books
  readonly #plan: FillPlan
  readonly #staff = new Map<string, Staff>()
  readonly #occupied = new Map<string, number>()
  readonly #serials = new Map<string, number>()
  #cases = 0
  #clock_ms = 0

  constructor(books: Books, plan: FillPlan) {
    this.#books = books
    this.#plan = plan
  }

  /** Reads who works at a place and puts up its shelves. */
  async enter(db: Db, place: Place, start_ms: number): Promise<void> {
    this.#clock_ms = start_ms - DAY_MS / 2
    const moment = at(this.#clock_ms)
    const actor = (person: string) => loadActor(db, person, moment)
    const custodian = await actor(place.custodian.id)
    const numbering = await loadAddLocation(db, place.store, moment)
    const locations = new Map<string, Location>()
    const shelves = { ordinary: [] as string[], precious: [] as string[] }
    for (const storageClass of STORE_CLASSES) {
      for (let shelf = 1; shelf <= SHELVES_PER_CLASS; shelf += 1) {
        const type = 'custody.add-location' as const
        const name = `${storageClass === 'ordinary' ? 'A区' : '贵重柜'} ${shelf}层`
        const command = { type, store: place.store, name, storageClass, capacity: SHELF_CAPACITY }
        const now = this.#tick()
        const nextSerial = this.#next(`location ${place.store} ${yearOf(now)}`)
        const result = this.#books.act(custodian, command, now, (of) =>
          addLocation({ ...numbering, nextSerial, opens: locations.size === 0 ? numbering.opens : null }, command, of),
        )
        const code = String(result['code'])
        locations.set(code, this.#books.state<Location>(`location/${code}`))
        shelves[storageClass].push(code)
      }
    }
    const [first, second] = place.officers
    this.#staff.set(place.unit, {
      first: await actor(first),
      second: await actor(second),
      custodian,
      unitNumber: (await loadListNumber(db, place.unit, moment)).unitNumber,
      locations,
      shelves,
    })
  }

  /** One case, registered, handed over, checked in, and moved about. */
  tellStored(place: Place, start_ms: number): void {
    this.#clock_ms = start_ms
    const one = this.#register(place)
    this.#handOver(place, [one])
    const { custodian, second } = this.#staffOf(place)
    const type = 'custody.check-in' as const
    const command = { type, items: this.#lines(place, one) }
    const signers = new Map([[second.person, second]])
    const decide = (of: Circumstances) => checkIn({ ...this.#scene(place, one.codes), signers }, command, of)
    this.#books.act(custodian, command, this.#tick(), decide, [second.person])
    for (const { item, location } of command.items) {
      this.#put(location)
      const { name } = this.#books.state<Item>(`item/${item}`)
      this.inStore.push({ code: item, name, store: place.store })
    }
    for (let move = 1; move <= this.#plan.movesAnItem; move += 1) this.#move(place, one, move)
  }

  /** One list with the items of so many cases, handed over and waiting. */
  tellWaiting(place: Place, cases: number, start_ms: number): void {
    this.#clock_ms = start_ms
    const registered = Array.from({ length: cases }, () => this.#register(place))
    this.#handOver(place, registered)
    this.waiting.push({ place, lines: registered.flatMap((one) => this.#lines(place, one)) })
  }

  #register(place: Place): Registered {
    const { first, unitNumber } = this.#staffOf(place)
    const officers = [...place.officers]
    const index = (this.#cases += 1)
    const opened = this.#tick()
    const number = `云监立〔${yearOf(opened)}〕${index}号`
    const opening = { type: 'custody.open-case', title: `第${index}号案`, track: 'SUPERVISION' } as const
    const open = { ...opening, number, unit: place.unit, officers }
    this.#books.act(first, open, opened, (of) =>
      openCase({ taken: false, unitKnown: true, officers: new Set(officers) }, open, of),
    )
    const goods = goodsOfCase(index % ITEMS_A_CASE)
    const now = this.#tick()
    const taking = {
      type: 'custody.register',
      case: number,
      measure: { noticeNumber: `云监措〔${yearOf(now)}〕${index}号`, takenAt: opened, officers, place: '云州市城东区' },
      holder: { attendance: 'SIGNED', name: '持有人' },
      witness: { attendance: 'SIGNED', name: '见证人' },
      relevance: '涉嫌违纪违法事实中的财物',
      items: goods.map((item, ordinal) => ({
        ...item,
        name: `${item.name} ${index}-${ordinal + 1}`,
        ...(item.category === 'valuables' ? { seal: { number: sealOf(index, ordinal), signers: officers } } : {}),
      })),
    } as const
    const nextSerial = this.#next(`item ${place.unit} ${yearOf(now)}`, goods.length)
    const cases = new Map([[number, this.#books.state<Case>(`case/${number}`)]])
    const result = this.#books.act(first, taking, now, (of) =>
      register(
        { sight: 'all', seals: new Set(), names: noNames, cases, unitNumber, nextSerial, nextOrdinal: 1 },
        taking,
        of,
      ),
    )
    const codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
    const items = codes.map((item, ordinal) => ({
      item,
      photos: [this.#plan.photos[ordinal % this.#plan.photos.length] ?? ''],
    }))
    const command = { type: 'custody.add-photo', items } as const
    this.#books.act(first, command, this.#tick(), (of) => addPhoto(this.#scene(place, codes), command, of))
    const [recording, noted] = filmOf(codes, opened, () => this.#scene(place, codes))
    this.#books.act(first, recording, this.#tick(), noted)
    this.#label(place, codes)
    return { codes, goods, index }
  }

  #label(place: Place, codes: readonly string[]): void {
    const { first } = this.#staffOf(place)
    const system: Actor = { person: SYSTEM, unit: null, appointments: [] }
    const want: WantLabel = {
      type: 'custody.want-label',
      codes: [...codes],
      template: 'item-card',
      station: 'desk-1',
    }
    const result = this.#books.act(first, want, this.#tick(), (of) =>
      wantLabels({ ...this.#scene(place, codes), labels: new Map() }, want, of),
    )
    const jobs = result['jobs'] as unknown as { job: string; code: string }[]
    const labels = () => new Map(jobs.map(({ job, code }) => [code, [this.#books.state<Label>(`label/${job}`)]]))
    const printed = { type: 'custody.label-printed', labels: jobs.map(({ job }) => job) } as const
    this.#books.act(system, printed, this.#tick(), (of) =>
      settleLabels({ ...this.#scene(place, codes), labels: labels() }, printed, of),
    )
    const readBack = jobs.map(({ code }) => ({ code, issue: 1 }))
    const scanned = { type: 'custody.label-scanned-back', labels: readBack } as const
    this.#books.act(system, scanned, this.#tick(), (of) =>
      scanBackLabels({ labels: labels(), known: new Set(codes) }, scanned, of),
    )
  }

  #handOver(place: Place, registered: readonly Registered[]): void {
    const { second, unitNumber } = this.#staffOf(place)
    const now = this.#tick()
    const items = registered.flatMap(({ codes }) => codes)
    const command = { type: 'custody.hand-over', items, store: place.store } as const
    const numbering = { unitNumber, nextSerial: this.#next(`list ${place.unit} ${yearOf(now)}`) }
    this.#books.act(second, command, now, (of) => handOver({ ...this.#scene(place, items), numbering }, command, of))
  }

  #move(place: Place, { codes }: Registered, move: number): void {
    const { custodian, shelves } = this.#staffOf(place)
    const items = codes.map((item) => {
      const { location, category } = this.#books.state<Item>(`item/${item}`)
      const rack = shelves[classOf(category)]
      return { item, location: rack[(rack.indexOf(location ?? '') + move) % rack.length] ?? '' }
    })
    const command = { type: 'custody.move', items } as const
    this.#books.act(custodian, command, this.#tick(), (of) => moveItems(this.#scene(place, codes), command, of))
    for (const { location } of items) this.#put(location)
  }

  #lines(place: Place, { codes, goods, index }: Registered): (CheckInLine & { location: string })[] {
    const { shelves } = this.#staffOf(place)
    return codes.map((item, ordinal) => {
      const { category = 'general', weight_mg } = goods[ordinal] ?? {}
      const rack = shelves[classOf(category)]
      return {
        item,
        location: rack[(index + ordinal) % rack.length] ?? '',
        photoMatches: true,
        ...(weight_mg === undefined ? {} : { weight_mg }),
        ...(category === 'valuables' ? { sealNumber: sealOf(index, ordinal) } : {}),
      }
    })
  }

  #scene(place: Place, codes: readonly string[]): Scene {
    const items = new Map(codes.map((code) => [code, this.#books.state<Item>(`item/${code}`)]))
    const numbers = new Set([...items.values()].map((item) => item.case))
    return {
      ...emptyScene,
      sight: 'all',
      items,
      cases: new Map([...numbers].map((number) => [number, this.#books.state<Case>(`case/${number}`)])),
      locations: this.#staffOf(place).locations,
      occupied: this.#occupied,
      stores: new Map([[place.store, KEEPING_UNIT]]),
    }
  }

  #staffOf({ unit }: Place): Staff {
    const staff = this.#staff.get(unit)
    if (staff === undefined) throw new Error(`${unit} was not entered`)
    return staff
  }

  #put(location: string): void {
    this.#occupied.set(location, (this.#occupied.get(location) ?? 0) + 1)
  }

  /** The first of `count` numbers that are given out now. */
  #next(series: string, count = 1): number {
    const last = this.#serials.get(series) ?? 0
    this.#serials.set(series, last + count)
    return last + 1
  }

  #tick(): string {
    this.#clock_ms += MINUTE_MS
    return at(this.#clock_ms)
  }
}

function classOf(category: string): (typeof STORE_CLASSES)[number] {
  return category === 'valuables' ? 'precious' : 'ordinary'
}

function sealOf(caseIndex: number, ordinal: number): string {
  return `FT${caseIndex}-${ordinal}`
}

function at(ms: number): string {
  return new Date(ms).toISOString()
}
