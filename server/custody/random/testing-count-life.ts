import type { ChainEntry } from '../protocol.ts'
import { cast, type Home } from './testing-cast.ts'
import type { Counted, CountEntry } from './testing-count-reads.ts'
import { Whereabouts } from './testing-whereabouts.ts'

/**
 * What must hold of the counts of a store and of who answers for it, said a second time and apart from the rules that the program decides by:
 * where each thing lay follows from the lives of the items, what a walk must come to from what its sheet says, and who may do what from who
 * did what before.
 */

type Verdict = 'FOUND' | 'MOVED' | 'MISPLACED' | 'UNEXPECTED' | 'MISSING' | 'UNKNOWN' | 'GONE'
type Scope = { readonly kind: string; readonly case?: string; readonly locations?: readonly string[] }

/** What a sheet says, in the words of this page. */
interface Walk {
  readonly by: string
  readonly round: number
  readonly location: string
  readonly from: string
  readonly to: string
  readonly done: boolean
  readonly items: readonly { readonly item: string; readonly at: string }[]
  readonly strangers: number
}

interface Difference {
  readonly n: number
  readonly item: string | null
  readonly verdict: Verdict
  readonly seenAt: string | null
  readonly expectedAt: string | null
}

/** One count, as far as its entries have told. */
interface Count {
  readonly scope: Scope
  readonly orderedAt: string
  readonly counters: readonly string[]
  readonly isSample: boolean
  listed: readonly string[]
  places: readonly string[]
  walks: Walk[]
  differences: readonly Difference[]
  second: Map<number, Verdict>
  explained: Set<number>
  missing: string[]
  countedAt: string | null
  closedAt: string | null
  people: Set<string>
  /** What a search was opened for. */
  searched: string[]
}

/** What is wrong with the counts and the post of one store, in words for who mends the program; empty when nothing is. */
export function faultsOfCounts(
  { entries, keepers }: Counted,
  lives: ReadonlyMap<string, readonly ChainEntry[]>,
  { home, cases }: Pick<Ground, 'home' | 'cases'>,
): string[] {
  const judge = new Judge({ where: new Whereabouts(lives), home, cases })
  const faults = entries.flatMap((entry) => judge.heard(entry).map((one) => `${entry.type} ${entry.subject}: ${one}`))
  return [...faults, ...judge.ended(keepers)]
}

interface Ground {
  readonly where: Whereabouts
  readonly home: Home
  /** The case of each item. */
  readonly cases: ReadonlyMap<string, string>
}

class Judge {
  readonly #where: Whereabouts
  readonly #home: Home
  readonly #cases: ReadonlyMap<string, string>
  readonly #counts = new Map<string, Count>()
  readonly #lost = new Map<string, string>()
  readonly #keepers: { person: string; from: string; to: string | null }[] = []
  #faults: string[] = []

  constructor({ where, home, cases }: Ground) {
    this.#where = where
    this.#home = home
    this.#cases = cases
  }

  heard(entry: CountEntry): string[] {
    this.#faults = []
    const { body, at } = entry
    const count = this.#counts.get(String(body['stocktake'] ?? entry.subject.slice('stocktake/'.length)))
    switch (entry.type) {
      case 'custody.stocktake-ordered':
        this.#ordered(entry)
        break
      case 'custody.post-handed-over':
        this.#handedOver(entry, count)
        break
      case 'custody.search-ended':
        this.#must(this.#lost.delete(entry.subject), 'it was not searched for')
        break
      case 'custody.unlocated':
        this.#lost.set(entry.subject, String(body['item']))
        count?.searched.push(String(body['item']))
        break
      default:
        if (count === undefined) return [`of no count that was ordered`]
        this.#wentOn(entry, count, at)
    }
    return this.#faults
  }

  /** What only shows at the end. */
  ended(keepers: Counted['keepers']): string[] {
    const faults: string[] = []
    for (const [code, { missing, searched, closedAt }] of this.#counts) {
      const due = closedAt === null ? [] : missing
      if (due.toSorted().join() !== searched.toSorted().join())
        faults.push(`${code}: missing ${due.join()}, searched for ${searched.join()}`)
    }
    const said = this.#keepers.map(({ person, from, to }) => `${person} ${from} ${to}`).join('; ')
    const kept = keepers.map(({ person, from, to }) => `${person} ${from} ${to}`).join('; ')
    if (said !== kept) faults.push(`keepers by the register: ${said}; by the table: ${kept}`)
    return faults
  }

  #must(holds: boolean, what: string): void {
    if (!holds) this.#faults.push(what)
  }

  #ordered({ subject, body, actor, at }: CountEntry): void {
    const scope = body['scope'] as Scope
    const counters = body['counters'] as string[]
    const { store } = this.#home
    const lying = this.#where.lyingIn(store, at).filter((one) => isWithin(scope, one, this.#cases))
    const expected = (body['expected'] as { item: string; location: string }[]).map(placeText)
    this.#same(expected, lying.map(placeText), 'expected')
    this.#must(!counters.includes(actor), 'who ordered counts')
    this.#must(
      counters.every((one) => this.#keeps(one)),
      `counted by ${counters.join()}`,
    )
    const { custodian, otherCustodian } = this.#home.cast
    this.#must(![custodian, otherCustodian].includes(actor), 'a custodian ordered his own count')
    this.#counts.set(subject.slice('stocktake/'.length), {
      ...{ scope, orderedAt: at, counters, isSample: body['sample'] !== null, places: body['places'] as string[] },
      ...{ listed: body['sample'] === null ? lying.map(({ item }) => item) : [], walks: [], differences: [] },
      ...{ second: new Map(), explained: new Set(), missing: [], searched: [], countedAt: null, closedAt: null },
      people: new Set(),
    })
  }

  #wentOn(entry: CountEntry, count: Count, at: string): void {
    const { body, actor } = entry
    this.#must(count.closedAt === null, 'after it was closed')
    switch (entry.type) {
      case 'custody.stocktake-drawn':
        count.listed = body['items'] as string[]
        count.places = body['places'] as string[]
        break
      case 'custody.shelf-counted':
        this.#walked(walkOf(entry), count)
        break
      case 'custody.stocktake-counted':
        count.countedAt = at
        count.differences = body['differences'] as Difference[]
        this.#first(count, body['figures'] as Record<string, number>)
        break
      case 'custody.stocktake-recounted':
        this.#again(count, body['results'] as { n: number; verdict: Verdict }[])
        break
      case 'custody.difference-explained':
        this.#must(!count.counters.includes(actor), 'who counted explained')
        count.explained.add(Number(body['difference']))
        break
      case 'custody.stocktake-closed':
        this.#closed(entry, count)
        break
      default:
    }
  }

  #walked(walk: Walk, count: Count): void {
    const { by, round, location } = walk
    count.people.add(by)
    if (round === 1) this.#must(count.counters.includes(by), `${by} was not named to count`)
    else {
      this.#must(!count.walks.some((one) => one.round === 1 && one.by === by), `${by} counted his own count again`)
      const own = count.differences.filter(
        ({ item, verdict }) =>
          item !== null &&
          (verdict === 'MISSING' || verdict === 'MISPLACED') &&
          this.#where.placer(item, count.countedAt ?? '') === by,
      )
      this.#must(!own.some(({ expectedAt }) => expectedAt === location), `${by} put there what he counts again`)
    }
    count.walks.push(walk)
  }

  /** What the first count must come to. */
  #first(count: Count, figures: Readonly<Record<string, number>>): void {
    const walks = count.walks.filter(({ round }) => round === 1)
    const walked = new Set(walks.filter(({ done }) => done).map(({ location }) => location))
    this.#must(
      count.places.every((place) => walked.has(place)),
      'a shelf was not walked',
    )
    const seen = new Set(walks.flatMap(({ items }) => items.map(({ item }) => item)))
    const { scope } = count
    // Beside what is counted there may lie things of another case, which nobody misses here.
    const counted = this.#where.items.filter((item) => scope.kind !== 'case' || this.#cases.get(item) === scope.case)
    const among = new Set([...(count.isSample ? count.listed : counted), ...seen])
    const verdicts = new Map<string, Verdict>()
    for (const item of among) {
      const verdict = this.#verdict(item, walks, count.listed.includes(item))
      if (verdict !== null) verdicts.set(item, verdict)
    }
    const wrong = [...verdicts].filter(([, verdict]) => verdict !== 'FOUND' && verdict !== 'MOVED')
    const strangers = walks.reduce((sum, one) => sum + one.strangers, 0)
    const said = count.differences.map(({ item, verdict }) => `${item ?? '?'} ${verdict}`)
    const due = [...wrong.map((one) => one.join(' ')), ...Array.from({ length: strangers }, () => '? UNKNOWN')]
    this.#same(said, due, 'differences')
    const found = [...verdicts].filter(([, verdict]) => verdict === 'FOUND').map(([item]) => item)
    const listed = found.filter((item) => count.listed.includes(item)).length
    const moved = [...verdicts.values()].filter((verdict) => verdict === 'MOVED').length
    const sums = { expected: count.listed.length, found: listed, moved, differences: due.length }
    for (const [name, is] of Object.entries({ ...sums, alsoSeen: found.length - listed }))
      this.#must(figures[name] === is, `${name} is ${figures[name]}, not ${is}`)
  }

  /** What somebody else must have found. */
  #again(count: Count, results: readonly { readonly n: number; readonly verdict: Verdict }[]): void {
    const walks = count.walks.filter(({ round }) => round === 2)
    for (const { n, item, seenAt, expectedAt } of count.differences) {
      const verdict =
        item === null
          ? walks.some(({ location, strangers }) => location === seenAt && strangers > 0)
            ? 'UNKNOWN'
            : 'GONE'
          : (this.#verdict(item, walks, expectedAt !== null, expectedAt === null) ?? 'GONE')
      const said = results.find((one) => one.n === n)?.verdict
      this.#must(said === verdict, `difference ${n} was again ${said}, not ${verdict}`)
      count.second.set(n, verdict)
    }
  }

  /** What walks say of one thing; null where they say nothing. `onlySeen`: what nobody sees is not missed. */
  #verdict(item: string, walks: readonly Walk[], isListed: boolean, onlySeen = false): Verdict | null {
    const sights = walks.flatMap(({ location, items }) =>
      items.filter((one) => one.item === item).map(({ at }) => ({ location, at })),
    )
    const last = sights.at(-1)
    const { store } = this.#home
    if (last !== undefined) {
      const lay = this.#where.at(item, last.at)
      if (lay?.store !== store) return 'UNEXPECTED'
      return lay.location === last.location ? 'FOUND' : 'MISPLACED'
    }
    if (onlySeen) return null
    const isMissed = walks.some(
      ({ done, location, from, to }) => done && this.#where.layThere(item, { location, from, to }),
    )
    if (isMissed) return 'MISSING'
    return isListed ? 'MOVED' : null
  }

  #closed({ body, actor, at, with: signers }: CountEntry, count: Count): void {
    this.#must(!count.counters.includes(actor), 'who counted closed it')
    this.#must(
      signers.some((one) => one !== actor && count.counters.includes(one)),
      'no counter signed',
    )
    const last = ({ n, verdict }: Difference): Verdict => count.second.get(n) ?? verdict
    const open = count.differences.filter(
      (one) => !['FOUND', 'MOVED', 'GONE'].includes(last(one)) && !count.explained.has(one.n),
    )
    this.#must(open.length === 0, `${open.length} differences have no cause`)
    count.missing = count.differences.flatMap((one) => (last(one) === 'MISSING' ? (one.item ?? []) : []))
    this.#same(body['unlocated'] as string[], count.missing, 'not found')
    for (const person of body['signers'] as string[]) count.people.add(person)
    this.#must((body['signers'] as string[]).length >= 2, 'one person alone')
    count.closedAt = at
  }

  #handedOver({ body, actor, at, with: signers }: CountEntry, count: Count | undefined): void {
    const [from, to, witness] = [String(body['from']), String(body['to']), String(body['witness'])]
    const hands = [actor, ...signers]
    this.#must(new Set([from, to, witness]).size === 3, 'one person on two sides')
    this.#must(
      [from, to, witness].every((one) => hands.includes(one)),
      'one of the three did not sign',
    )
    this.#must(this.#keeps(from) && this.#keeps(to) && !this.#keeps(witness), 'not between custodians, before another')
    const last = this.#keepers.at(-1)
    this.#must(last === undefined || last.person === from, `${last?.person} had the post`)
    const closed = Date.parse(count?.closedAt ?? '')
    this.#must(count?.scope.kind === 'store' && Date.parse(at) - closed <= 3 * 86_400_000, 'the store was not counted')
    this.#must(count?.people.has(from) === true && count.people.has(to), 'one of them did not count')
    const { inStore, lent, atAppraisal, unlocated } = body['kept'] as Readonly<Record<string, unknown>>
    const { in: lies, lent: out, appraisal } = this.#where.keptBy(this.#home.store, at)
    this.#same(
      [`${String(inStore)} ${String(lent)} ${String(atAppraisal)}`, ...(unlocated as string[])],
      [`${lies} ${out} ${appraisal}`, ...this.#lost.values()],
      'kept',
    )
    if (last !== undefined) last.to = at
    this.#keepers.push({ person: to, from: at, to: null })
  }

  #same(said: readonly string[], due: readonly string[], what: string): void {
    const [is, should] = [said.toSorted().join(', '), due.toSorted().join(', ')]
    this.#must(is === should, `${what}: ${is}; by the book ${should}`)
  }

  #keeps(person: string): boolean {
    const { custodian, otherCustodian } = this.#home.cast
    // Those who hold every post keep the common store as well.
    const alsoThere = custodian === cast.custodian ? ['quan-neng', 'nei-ren'] : []
    return [custodian, otherCustodian, ...alsoThere].includes(person)
  }
}

function placeText({ item, location }: { readonly item: string; readonly location: string }): string {
  return `${item} ${location}`
}

function isWithin(
  { kind, locations = [], case: number }: Scope,
  { item, location }: { readonly item: string; readonly location: string },
  cases: ReadonlyMap<string, string>,
): boolean {
  if (kind === 'case') return cases.get(item) === number
  return kind === 'locations' ? locations.includes(location) : true
}

function walkOf({ body, actor, at }: CountEntry): Walk {
  const sights = body['sights'] as { kind: string; item?: string; at: string }[]
  return {
    ...{
      by: actor,
      round: Number(body['round']),
      location: String(body['location']),
      from: String(body['from']),
      to: at,
    },
    done: body['done'] === true,
    items: sights.flatMap(({ kind, item, at: when }) => (kind === 'item' && item ? [{ item, at: when }] : [])),
    strangers: sights.filter(({ kind }) => kind === 'unknown').length,
  }
}
