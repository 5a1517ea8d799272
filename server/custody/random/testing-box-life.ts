import type { Container } from '../keeping/containers.ts'
import type { Item } from '../items/item.ts'
import type { CountEntry } from './testing-count-reads.ts'

/**
 * What must hold of boxes, said a second time and apart from the rules that the program decides by: from the entries of the registers alone it
 * keeps what lies in which box and what went out in it, and names what passed a seal, what was lent of a box in part, and what came back with
 * one that did not go out with it.
 */

type Said = Readonly<Record<string, unknown>>

/** A box, as far as its entries have told. */
interface Box {
  readonly capacity: number
  location: string
  seal: string | null
  lent: { readonly loan: string; readonly out: Set<string>; readonly all: number } | null
}

/** Where one item is. */
interface Place {
  readonly box: string | null
  readonly location: string | null
}

/** Everything that the boxes of a sequence left in the tables. */
export interface BoxTables {
  readonly boxes: readonly Container[]
  readonly items: readonly Item[]
  /** Loans on which an item is still out, by item. */
  readonly openLoans: ReadonlyMap<string, readonly string[]>
}

/** What takes an item from where it lies. */
const TAKING: ReadonlySet<string> = new Set([
  ...['moved', 'lent', 'sent-to-appraisal', 'dispatched', 'split', 'merged', 'disposed'],
])
/** What asks for it to be in somebody's hand. */
const TOUCHING: ReadonlySet<string> = new Set(['unsealed', 'sealed', 'cash-counted'])
/** Classes that are weighed at every hand-over. */
const WEIGHED: ReadonlySet<string> = new Set(['valuables'])

/**
 * What is wrong with the boxes of a sequence, in words for who mends the program; empty when nothing is.
 * @param entries of the boxes and of every item that ever lay in one, in the order of the acts, those of one act side by side
 */
export function faultsOfBoxes(entries: readonly CountEntry[], tables: BoxTables): string[] {
  const judge = new Judge(new Map(tables.items.map(({ code, category }) => [code, category])))
  const acts = [...Map.groupBy(entries, ({ at }) => at)]
  const faults = acts.flatMap(([at, facts]) => judge.heard(facts).map((one) => `box at ${at}: ${one}`))
  return [...faults, ...judge.ended(tables)]
}

class Judge {
  readonly #categories: ReadonlyMap<string, string>
  readonly #boxes = new Map<string, Box>()
  readonly #places = new Map<string, Place>()
  readonly #numbers = new Set<string>()
  #faults: string[] = []

  constructor(categories: ReadonlyMap<string, string>) {
    this.#categories = categories
  }

  /** One act, all its facts together. */
  heard(facts: readonly CountEntry[]): string[] {
    this.#faults = []
    for (const fact of facts) if (!fact.subject.startsWith('container/')) this.#itemLeft(fact, facts)
    for (const fact of facts) if (fact.subject.startsWith('container/')) this.#boxActed(fact, facts)
    for (const fact of facts) if (!fact.subject.startsWith('container/')) this.#itemPlaced(fact, facts)
    for (const [code, { capacity, location, lent }] of this.#boxes) {
      const inside = this.#inside(code)
      this.#must(inside.length <= capacity, `${code} takes ${capacity} and holds ${inside.length}`)
      this.#must(lent === null || inside.length === 0, `${code} is out and holds ${inside.join()}`)
      for (const item of inside)
        this.#must(this.#places.get(item)?.location === location, `${item} lies in ${code} and on another shelf`)
    }
    return this.#faults
  }

  /** What the tables must come to. */
  ended({ boxes, items, openLoans }: BoxTables): string[] {
    this.#faults = []
    for (const { code, location, seal, lent } of boxes) {
      const known = this.#boxes.get(code)
      const said = `${known?.location} ${known?.seal} ${known?.lent?.loan}`
      this.#must(said === `${location} ${seal?.number ?? null} ${lent?.loan}`, `${code} by the registers: ${said}`)
      for (const item of known?.lent?.out ?? []) {
        const loan = items.find((one) => one.code === item)?.loan
        this.#must(
          loan?.container === code && loan.loan === lent?.loan,
          `${item} went out in ${code} and is not on its loan`,
        )
      }
    }
    for (const { code, container = null, location, loan, custodyStatus } of items) {
      const place = this.#places.get(code) ?? { box: null, location: null }
      this.#must(place.box === container, `${code} lies in ${place.box} by the registers, in ${container} by the table`)
      this.#must(container === null || location !== null, `${code} lies in a box that stands nowhere`)
      const open = openLoans.get(code) ?? []
      this.#must(open.join() === (loan?.loan ?? ''), `${code} is out on ${open.join()}, by itself on ${loan?.loan}`)
      this.#must((loan !== null) === (custodyStatus === 'BORROWED'), `${code} is ${custodyStatus} with ${loan?.loan}`)
    }
    return this.#faults
  }

  #must(holds: boolean, what: string): void {
    if (!holds) this.#faults.push(what)
  }

  #inside(box: string): string[] {
    return [...this.#places].flatMap(([item, place]) => (place.box === box ? [item] : []))
  }

  #boxActed({ type, subject, body, actor, with: signers }: CountEntry, facts: readonly CountEntry[]): void {
    const code = subject.slice('container/'.length)
    if (type === 'custody.container-added') {
      const [location, capacity] = [String(body['location']), Number(body['capacity'])]
      this.#must(location.startsWith('L'), `${code} stands on no shelf`)
      this.#boxes.set(code, { capacity, location, seal: null, lent: null })
      return
    }
    const box = this.#boxes.get(code)
    if (box === undefined) return this.#must(false, `${code} is no box`)
    const hands = new Set([actor, ...signers]).size
    if (type !== 'custody.container-returned') this.#must(box.lent === null, `${type} of ${code}, which is out`)
    switch (type) {
      case 'custody.container-moved': {
        const carried = namedBy(facts, 'moved', (said) => said['container'] === code && said['to'] === body['to'])
        this.#same(carried, this.#inside(code), `${code} was carried`)
        this.#must(
          carried.length === body['items'] && String(body['to']).startsWith('L'),
          `${code} says another number`,
        )
        box.location = String(body['to'])
        return
      }
      case 'custody.container-sealed': {
        const number = String(body['number'])
        this.#must(box.seal === null && hands >= 2, `${code} was sealed by one, or twice`)
        this.#must(!this.#numbers.has(number), `${number} was used twice`)
        this.#numbers.add(number)
        box.seal = number
        return
      }
      case 'custody.container-opened':
        this.#must(box.seal !== null && box.seal === body['number'] && hands >= 2, `${code} was opened by one`)
        box.seal = null
        return
      case 'custody.container-lent':
        return this.#lent(code, box, body, facts)
      case 'custody.container-returned':
        return this.#returned(code, box, body, facts)
      default:
        this.#must(false, `${type} is not known here`)
    }
  }

  #lent(code: string, box: Box, body: Said, facts: readonly CountEntry[]): void {
    const { loan } = body
    const out = namedBy(facts, 'lent', ({ inBox }) => (inBox as Said | undefined)?.['container'] === code)
    const onIt = namedBy(facts, 'lent', (said) => said['loan'] === loan && seals(said) === box.seal)
    this.#same(out, this.#inside(code), `${code} was lent`)
    this.#same(onIt, out, `${code} was lent on one loan under its seal`)
    this.#must(body['items'] === out.length && out.length > 0, `${code} says another number`)
    this.#must(body['seal'] === box.seal && body['location'] === box.location, `${code} left as it did not stand`)
    for (const item of out)
      this.#must(
        box.seal === null || !WEIGHED.has(this.#categories.get(item) ?? ''),
        `${item} had to be weighed under the seal of ${code}`,
      )
    box.lent = { loan: String(loan), out: new Set(out), all: out.length }
  }

  #returned(code: string, box: Box, body: Said, facts: readonly CountEntry[]): void {
    const { lent, seal } = box
    if (lent === null) return this.#must(false, `${code} came back and was not out`)
    const back = namedBy(facts, 'returned', ({ sealedIn }) => (sealedIn as Said | undefined)?.['container'] === code)
    const isWhole = body['seal'] === 'intact'
    this.#must(body['loan'] === lent.loan, `${code} came back from another loan`)
    this.#must((body['seal'] === 'none') === (seal === null), `${code} came back as it did not go`)
    this.#must(!isWhole || lent.out.size === lent.all, `${code} came back whole after something was taken out of it`)
    this.#same(back, isWhole ? [...lent.out] : [], `${code} came back ${String(body['seal'])}`)
    this.#must(back.length === body['items'], `${code} says another number`)
    if (body['seal'] === 'broken') box.seal = null
    box.lent = null
    box.location = String(body['location'])
  }

  #itemLeft({ type: whole, subject, body }: CountEntry, facts: readonly CountEntry[]): void {
    const item = subject.slice('item/'.length)
    const type = whole.slice('custody.'.length)
    const from = this.#places.get(item)?.box ?? null
    if (from === null || (!TAKING.has(type) && !TOUCHING.has(type)) || body['listOnly'] === true) return
    const isWithBox =
      (type === 'moved' && isOf(facts, 'container-moved', from)) ||
      (type === 'lent' && isOf(facts, 'container-lent', from))
    this.#must(isWithBox || this.#boxes.get(from)?.seal === null, `${type} ${item} through the seal of ${from}`)
    if (type === 'lent') this.#must(isWithBox || !('inBox' in body), `${item} left without ${from}, says it was in it`)
  }

  #itemPlaced({ type: whole, subject, body }: CountEntry, facts: readonly CountEntry[]): void {
    const item = subject.slice('item/'.length)
    const type = whole.slice('custody.'.length)
    const box = typeof body['container'] === 'string' ? body['container'] : null
    if (type === 'returned') for (const one of this.#boxes.values()) one.lent?.out.delete(item)
    if (['lent', 'sent-to-appraisal', 'dispatched', 'split', 'merged'].includes(type) || isGone(type, body)) {
      this.#places.set(item, { box: null, location: null })
      return
    }
    const location = type === 'moved' ? body['to'] : body['location']
    if (!PLACING.has(type) || typeof location !== 'string') return
    const isWithBox =
      isOf(facts, 'container-moved', box) || (isOf(facts, 'container-returned', box) && 'sealedIn' in body)
    if (box !== null && !isWithBox) {
      const into = this.#boxes.get(box)
      this.#must(into?.seal === null, `${type} ${item} into ${box}, which is sealed`)
      this.#must(into?.lent === null, `${type} ${item} into ${box}, which is out`)
    }
    this.#places.set(item, { box, location })
  }

  #same(found: readonly string[], wanted: readonly string[], what: string): void {
    const [one, other] = [found.toSorted().join(), wanted.toSorted().join()]
    this.#must(one === other, `${what} with ${one}, not with ${other}`)
  }
}

const PLACING: ReadonlySet<string> = new Set([
  ...['checked-in', 'formed', 'arrived', 'moved', 'returned', 'returned-from-appraisal'],
])

function isGone(type: string, body: Said): boolean {
  return type === 'disposed' && body['listOnly'] !== true
}

function seals({ inBox }: Said): unknown {
  return (inBox as Said | undefined)?.['seal']
}

function namedBy(facts: readonly CountEntry[], type: string, holds: (body: Said) => boolean): string[] {
  return facts.flatMap(({ type: its, subject, body }) =>
    its === `custody.${type}` && holds(body) ? [subject.slice('item/'.length)] : [],
  )
}

function isOf(facts: readonly CountEntry[], type: string, box: string | null): boolean {
  return box !== null && facts.some((fact) => fact.type === `custody.${type}` && fact.subject === `container/${box}`)
}
