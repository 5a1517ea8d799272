import type { Fact } from '../../module.ts'
import { custodyFact } from '../custody.ts'
import type { Placement, StocktakeFacts, StocktakeScope } from './facts.ts'
import type { FoundDifference, Reference, RootCause, StocktakeFigures } from './shapes.ts'
import type { Sheet } from './reconcile.ts'
import type { Sealed } from '../../module.ts'

/**
 * Where a stock-take stands: `ORDERED` while a sample waits for its draw, then the first count, the recount of what differs, the causes, and
 * closed or cancelled.
 */
export const PHASES = ['ORDERED', 'COUNTING', 'RECOUNTING', 'EXPLAINING', 'CLOSED', 'CANCELLED'] as const
export type StocktakePhase = (typeof PHASES)[number]

/** A difference with all that is known of it. */
export type Difference = FoundDifference & {
  /** What the second person found; null while nobody has looked again. */
  readonly second: Pick<FoundDifference, 'verdict' | 'seenAt' | 'how' | 'why'> | null
  readonly cause: {
    readonly cause: RootCause
    readonly note: Sealed | null
    readonly by: string
    readonly at: string
  } | null
}

/** 盘点: what the facts of one stock-take add up to. */
export type Stocktake = {
  readonly code: string
  readonly store: string
  /** The department that keeps the store; its documents are numbered in one row. */
  readonly unit: string
  readonly scope: StocktakeScope
  readonly phase: StocktakePhase
  /** Shelves to be walked in the first count. */
  readonly places: readonly string[]
  /** By the register when it was ordered; of a sample, what is drawn from. */
  readonly expected: readonly Placement[]
  readonly counters: readonly string[]
  readonly orderedBy: string
  readonly orderedAt: string
  /** The entry of the order: what came after it happened during the count. */
  readonly order: { readonly register: string; readonly seq: number; readonly hash: string }
  readonly dueAt: string
  readonly sample:
    | (NonNullable<StocktakeFacts['custody.stocktake-ordered']['sample']> & {
        readonly drawn: {
          readonly seed: string
          readonly items: readonly string[]
          readonly by: string
          readonly at: string
        } | null
      })
    | null
  readonly figures: StocktakeFigures | null
  readonly moved: readonly Reference[]
  readonly differences: readonly Difference[]
  readonly countedAt: string | null
  readonly recountedAt: string | null
  readonly closed: { readonly by: string; readonly signers: readonly string[]; readonly at: string } | null
  readonly cancelled: { readonly by: string; readonly reason: Sealed; readonly at: string } | null
  readonly year: number
  readonly serial: number
}

/**
 * What one more fact makes of a count. A sample is `ORDERED` until it is drawn, any other count begins at once; without differences there is
 * no recount.
 */
export function evolveStocktake(stocktake: Stocktake | null, raw: Fact): Stocktake | null {
  const fact = custodyFact(raw)
  if (fact.type === 'custody.stocktake-ordered') {
    const { subject, store, unit, scope, places, expected, counters, dueAt, sample, year, serial } = fact.body
    const { register, seq, hash } = fact
    return {
      ...{
        code: subject.slice('stocktake/'.length),
        store,
        unit,
        scope,
        places,
        expected,
        counters,
        dueAt,
        year,
        serial,
      },
      ...{ phase: sample === null ? 'COUNTING' : 'ORDERED', orderedBy: fact.actor, orderedAt: fact.at },
      order: { register, seq, hash },
      sample: sample === null ? null : { ...sample, drawn: null },
      ...{
        figures: null,
        moved: [],
        differences: [],
        countedAt: null,
        recountedAt: null,
        closed: null,
        cancelled: null,
      },
    }
  }
  if (stocktake === null) return null
  const { actor: by, at } = fact
  switch (fact.type) {
    case 'custody.stocktake-drawn': {
      const { seed, items, places } = fact.body
      const sample = stocktake.sample === null ? null : { ...stocktake.sample, drawn: { seed, items, by, at } }
      return { ...stocktake, phase: 'COUNTING', places, sample }
    }
    case 'custody.stocktake-counted': {
      const { figures, moved, differences } = fact.body
      return {
        ...{ ...stocktake, figures, moved, countedAt: at },
        phase: differences.length === 0 ? 'EXPLAINING' : 'RECOUNTING',
        differences: differences.map((one) => ({ ...one, second: null, cause: null })),
      }
    }
    case 'custody.stocktake-recounted': {
      const { figures, results } = fact.body
      const byNumber = new Map(results.map(({ n, ...second }) => [n, second]))
      return {
        ...{ ...stocktake, phase: 'EXPLAINING', figures, recountedAt: at },
        differences: stocktake.differences.map((one) => ({ ...one, second: byNumber.get(one.n) ?? null })),
      }
    }
    case 'custody.difference-explained': {
      const { difference, cause, note } = fact.body
      const explained = stocktake.differences.map((one) =>
        one.n === difference ? { ...one, cause: { cause, note, by, at } } : one,
      )
      return { ...stocktake, differences: explained }
    }
    case 'custody.stocktake-closed':
      return { ...stocktake, phase: 'CLOSED', closed: { by, signers: fact.body.signers, at } }
    case 'custody.stocktake-cancelled':
      return { ...stocktake, phase: 'CANCELLED', cancelled: { by, reason: fact.body.reason, at } }
    default:
      return stocktake
  }
}

/** One sheet of a walk, with the count and round that it belongs to. */
export type CountSheet = Sheet & {
  readonly stocktake: string
  readonly store: string
  readonly round: 1 | 2
  /** What was photographed there; absent where nothing was. */
  readonly photos?: readonly string[]
}

/** A sheet is handed in once and never changes. */
export function evolveSheet(sheet: CountSheet | null, raw: Fact): CountSheet | null {
  const fact = custodyFact(raw)
  if (fact.type !== 'custody.shelf-counted') return sheet
  const { stocktake, store, round, location, from, done, swept, sights, photos } = fact.body
  return {
    ...{ stocktake, store, round, location, from, done, swept, sights, by: fact.actor, to: fact.at },
    ...(photos === undefined ? {} : { photos }),
  }
}

/** 未找到物品登记: an item that two people did not find where the register has it. */
export type ItemSearch = {
  readonly id: string
  readonly store: string
  readonly unit: string
  readonly stocktake: string
  readonly item: string
  readonly case: string
  readonly location: string
  readonly at: string
  readonly ended: {
    readonly outcome: 'found' | 'incident'
    readonly location: string | null
    readonly note: Sealed
    readonly by: string
    readonly at: string
  } | null
}

/** What one more fact makes of the search for an item that a count did not find; it ends with the item found, or with an incident about it. */
export function evolveSearch(search: ItemSearch | null, raw: Fact): ItemSearch | null {
  const fact = custodyFact(raw)
  if (fact.type === 'custody.unlocated') {
    const { subject, store, unit, stocktake, item, case: of, location } = fact.body
    return {
      id: subject.slice('search/'.length),
      store,
      unit,
      stocktake,
      item,
      case: of,
      location,
      at: fact.at,
      ended: null,
    }
  }
  if (search === null || fact.type !== 'custody.search-ended') return search
  const { outcome, location, note } = fact.body
  return { ...search, ended: { outcome, location, note, by: fact.actor, at: fact.at } }
}

/** What of the expected is looked at: of a sample what was drawn. */
export function listedIn({ expected, sample }: Pick<Stocktake, 'expected' | 'sample'>): readonly Placement[] {
  if (sample === null) return expected
  const drawn = new Set(sample.drawn?.items)
  return expected.filter(({ item }) => drawn.has(item))
}

/** Whether all of the store is counted, and no part or sample of it. */
export function isFull({ scope, sample }: Pick<Stocktake, 'scope' | 'sample'>): boolean {
  return scope.kind === 'store' && sample === null
}

/** What a difference came to in the end: what was found again, else what was found first. */
export function verdictOfDifference({
  verdict,
  second,
}: Pick<Difference, 'verdict' | 'second'>): FoundDifference['verdict'] {
  return second?.verdict ?? verdict
}

/** Shelves that the second person walks: where each difference should lie, and where it was perceived. */
export function placesAgain(differences: readonly Pick<FoundDifference, 'expectedAt' | 'seenAt'>[]): string[] {
  return [...new Set(differences.flatMap(({ expectedAt, seenAt }) => [expectedAt, seenAt]))]
    .filter((place) => place !== null)
    .sort()
}
