import type { HandOverPost } from '../keepers/schemas.ts'
import type {
  CancelStocktake,
  ConcludeStocktake,
  CountShelf,
  DrawSample,
  EndSearch,
  ExplainDifference,
  OrderStocktake,
} from '../stocktake/schemas.ts'
import {
  type CountSheet,
  type ItemSearch,
  placesAgain,
  type Stocktake,
  verdictOfDifference,
} from '../stocktake/stocktake.ts'
import { isSettled } from '../stocktake/concluding.ts'
import type { Turn, Usual } from './testing-book.ts'
import { STORE } from './testing-cast.ts'
import type { Standing, Verb } from './testing-steps.ts'

/** What is done about counting the store and handing its post over. */
export const COUNT_VERBS = [
  ...(['order-count', 'draw', 'walk', 'recount', 'conclude'] as const),
  ...(['explain', 'cancel-count', 'end-search', 'hand-over-post'] as const),
] as const
export type CountVerb = (typeof COUNT_VERBS)[number]

export type CountCommand =
  | OrderStocktake
  | DrawSample
  | CountShelf
  | ConcludeStocktake
  | ExplainDifference
  | CancelStocktake
  | EndSearch
  | HandOverPost

/** How far the counts of a sequence have come. */
export interface Counting {
  /** The last one that was ordered; null before the first. */
  readonly count: Stocktake | null
  /** What was handed in for it, in its order. */
  readonly sheets: readonly CountSheet[]
  /** Searches that go on of what its counts could not find. */
  readonly searches: readonly ItemSearch[]
  /** Who answers for the store by name; null before a first hand-over. */
  readonly keeper: string | null
  /** Stock-takes by which the post was handed over. */
  readonly handedOverBy: readonly string[]
}

/** Whether a step is one of these. */
export function isOfCount(verb: Verb): verb is CountVerb {
  return (COUNT_VERBS as readonly string[]).includes(verb)
}

/** What would come next of a count by the book; null for a turn of something else: things move while people count. */
export function nextOfCount({ counting, home, items }: Standing, odd: number): Verb | null {
  const { count, searches, handedOverBy } = counting
  const hasStore = home.store !== STORE
  if (searches.length > 0 && odd % 7 === 3) return 'end-search'
  if (count === null || count.phase === 'CLOSED' || count.phase === 'CANCELLED') {
    const mayHandOver = count?.phase === 'CLOSED' && count.scope.kind === 'store' && !handedOverBy.includes(count.code)
    if (mayHandOver && odd % 3 !== 0) return 'hand-over-post'
    const isThere = items.some(({ store, location }) => store === home.store && location !== null)
    return isThere && odd % (hasStore ? 3 : 20) === 0 ? 'order-count' : null
  }
  if (odd === 98) return 'cancel-count'
  if (odd % 8 === 4) return 'move'
  if (odd % 4 === 0) return null
  switch (count.phase) {
    case 'ORDERED':
      return 'draw'
    case 'COUNTING':
      return leftOf(counting, 1).length > 0 ? 'walk' : 'conclude'
    case 'RECOUNTING':
      return leftOf(counting, 2).length > 0 ? 'recount' : 'conclude'
    case 'EXPLAINING':
      return unexplained(count) === undefined ? 'conclude' : 'explain'
  }
}

/** What the book says of it: who does it, who signs, and the command. */
export function bookOfCount(verb: CountVerb, turn: Turn): Usual {
  const { step, standing, first } = turn
  const { counting, home } = standing
  const { count, searches, keeper } = counting
  const { cast } = home
  const { odd } = step
  const stocktake = count?.code ?? NO_COUNT
  const { supervisor, custodian, otherCustodian, finance: headOfKeeping } = cast
  const by = (person: string, signers: readonly string[], command: CountCommand): Usual => ({
    ...{ person, with: signers, command },
  })
  switch (verb) {
    case 'order-count':
      return by(odd % 2 === 0 ? supervisor : headOfKeeping, [], ordered(turn))
    case 'draw':
      return by(supervisor, [], { type: 'custody.draw-sample', stocktake })
    case 'walk':
    case 'recount': {
      const round = verb === 'walk' ? 1 : 2
      const sheets = counting.sheets.filter((sheet) => sheet.round === round)
      const walkers = round === 1 ? (count?.counters ?? [custodian]) : [supervisor, headOfKeeping]
      return by(walkers[sheets.length % walkers.length] ?? custodian, [], walked(turn, stocktake, round))
    }
    case 'conclude': {
      const done = { type: 'custody.conclude-stocktake', stocktake } as const
      if (count?.phase === 'COUNTING') return by(count.counters[0] ?? custodian, [], done)
      return by(supervisor, count?.counters ?? [], done)
    }
    case 'explain': {
      const open = count === null ? undefined : unexplained(count)
      const isMissing = open !== undefined && verdictOfDifference(open) === 'MISSING'
      const cause = isMissing && odd % 5 !== 0 ? 'NOT_FOUND' : 'PUT_WRONG'
      return by(supervisor, [], { type: 'custody.explain-difference', stocktake, n: open?.n ?? 1, cause })
    }
    case 'cancel-count':
      return by(supervisor, [], { type: 'custody.cancel-stocktake', stocktake, reason: '改期' })
    case 'end-search': {
      const search = searches[odd % Math.max(searches.length, 1)]
      const location = search?.location ?? home.places.narrow.ordinary
      const outcome = odd % 2 === 0 ? ({ outcome: 'found', location } as const) : ({ outcome: 'incident' } as const)
      return by(supervisor, [], {
        type: 'custody.end-search',
        search: search?.id ?? NO_SEARCH,
        note: '已查找',
        ...outcome,
      })
    }
    case 'hand-over-post': {
      const from = keeper ?? custodian
      const to = odd === 97 ? first.unit : from === custodian ? otherCustodian : custodian
      const said = { stocktake, statement: '账物相符，钥匙二把一并移交' }
      return by(from, [to, supervisor], { type: 'custody.hand-over-post', store: home.store, to, ...said })
    }
  }
}

const NO_COUNT = 'D01260000999ZZ'
const NO_SEARCH = '00000000-0000-7000-8000-000000000000'
const DUE_MS = 5 * 86_400_000

/** A store of one's own is counted whole, mostly; of the common one, what belongs to the case. */
function ordered({ standing: { home, number, now }, step: { odd } }: Turn): OrderStocktake {
  const { custodian, otherCustodian } = home.cast
  const third = Math.floor(odd / 3)
  const part = [
    { kind: 'case', case: number },
    { kind: 'locations', locations: [home.places.narrow.ordinary] },
  ] as const
  const scope = home.store === STORE ? part[0] : (part[third % 7] ?? ({ kind: 'store' } as const))
  const counters = third % 4 === 3 ? [custodian] : [custodian, otherCustodian]
  const dueAt = new Date(Date.parse(now) + DUE_MS).toISOString()
  const order = { type: 'custody.order-stocktake', store: home.store, scope, counters, dueAt } as const
  return third % 5 === 2 ? { ...order, sample: { missing: 1, confidence_percent: 60 } } : order
}

/** A shelf that is left, and what lies there by the register: now and then without one thing, with one from elsewhere, or with a stranger. */
function walked({ standing, step: { odd } }: Turn, stocktake: string, round: 1 | 2): CountShelf {
  const { counting, items, home } = standing
  const all = round === 1 ? (counting.count?.places ?? []) : placesAgain(counting.count?.differences ?? [])
  const places = leftOf(counting, round)
  const location = places[0] ?? all[odd % Math.max(all.length, 1)] ?? home.places.narrow.ordinary
  const lying = items.filter((item) => item.location === location).map(({ code }) => code)
  const elsewhere = items.filter((item) => item.location !== location).map(({ code }) => code)
  const seen = odd % 10 === 7 || odd % 10 === 5 ? lying.slice(1) : lying
  const more = odd % 10 === 3 || odd % 10 === 9 ? elsewhere.slice(0, 1) : []
  const strange = odd % 13 === 1 ? [{ text: '无号木箱' }] : []
  const begun = counting.sheets.find((sheet) => sheet.location === location && sheet.round === round && !sheet.done)
  const from = begun === undefined ? {} : { from: begun.from }
  const sights = [...[...seen, ...more].map((item) => ({ item, how: 'scanned' as const })), ...strange]
  return { type: 'custody.count-shelf', stocktake, round, location, ...from, done: odd % 9 !== 1, sights }
}

function leftOf({ count, sheets }: Counting, round: 1 | 2): string[] {
  const all = round === 1 ? (count?.places ?? []) : placesAgain(count?.differences ?? [])
  const done = new Set(sheets.filter((sheet) => sheet.round === round && sheet.done).map(({ location }) => location))
  return all.filter((place) => !done.has(place))
}

function unexplained({ differences }: Stocktake): Stocktake['differences'][number] | undefined {
  return differences.find((one) => !isSettled(one) && one.cause === null)
}
