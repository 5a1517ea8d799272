import type { Category } from '../categories.ts'
import type { StorageClass } from '../keeping/storage-classes.ts'
import type { Holder, Said } from '../items/protocol.ts'
import type { CountedHow, CountVerdict, Reference, RootCause, StocktakeFigures } from './shapes.ts'
import type { StocktakePhase } from './stocktake.ts'
import type { Words } from '../../refusal.ts'

/** Stock-takes as they are shown. Who counts is shown nothing of what is expected before the count is closed. */

/** One line of `GET /api/counts`. */
export interface StocktakeSummary {
  readonly code: string
  readonly store: Holder
  readonly scope: Words
  readonly phase: Said<StocktakePhase>
  readonly orderedBy: Holder
  readonly orderedAt: string
  readonly dueAt: string
  readonly overdue: boolean
  /** A random inspection, and no count of everything. */
  readonly isSample: boolean
  readonly closedAt: string | null
  /** Null where they are not to be seen, or not known yet. */
  readonly figures: StocktakeFigures | null
}

/** A shelf of the route of the round in hand. */
export interface ShownPlace {
  readonly code: string
  readonly name: string
  readonly state: 'todo' | 'walking' | 'done'
  readonly by: readonly Holder[]
  /** Why who reads this may not walk it in this round; null where he may, or nobody does now. */
  readonly barred: 'counted' | 'placed' | null
}

export interface ShownDifference {
  readonly n: number
  readonly item: string | null
  readonly name: string
  readonly verdict: Said<CountVerdict>
  readonly expectedAt: string | null
  readonly seenAt: string | null
  /** What these shelves and that of the second finding are called, by code. */
  readonly shelves: Readonly<Record<string, string>>
  readonly how: CountedHow | null
  readonly voided: number | null
  readonly why: Omit<Reference, 'item'> | null
  readonly second: { readonly verdict: Said<CountVerdict>; readonly seenAt: string | null } | null
  /** Whether the second person found that nothing is wrong. */
  readonly settled: boolean
  readonly cause: {
    readonly cause: Said<RootCause>
    readonly note: string | null
    readonly by: Holder
    readonly at: string
  } | null
}

/** How anybody can draw the sample again. */
export interface ShownSample {
  readonly missing: number
  readonly confidence_percent: number
  /** What the draw really gives, in percent with one decimal. */
  readonly reached_percent: number
  readonly population: number
  readonly size: number
  readonly seedHash: string
  readonly order: { readonly register: string; readonly seq: number; readonly hash: string }
  readonly drawn: {
    readonly seed: string
    readonly by: Holder
    readonly at: string
    readonly items: readonly string[]
  } | null
}

/** What one person has photographed at one place. */
export interface ShownCountPhotos {
  readonly location: string
  readonly name: string
  readonly round: 1 | 2
  readonly by: Holder
  readonly at: string
  /** Content hashes. */
  readonly photos: readonly string[]
}

/** `GET /api/counts/{id}`. */
export interface ShownStocktake extends StocktakeSummary {
  /** 1 or 2 while somebody walks; null before and after. */
  readonly round: 1 | 2 | null
  readonly counters: readonly Holder[]
  readonly places: readonly ShownPlace[]
  /** What is to be looked for: the drawn items, or those that somebody has to look for again. */
  readonly lookFor: readonly { readonly item: string; readonly name: string }[]
  /** Null for who counts, until it is closed. */
  readonly sample: ShownSample | null
  readonly differences: readonly ShownDifference[] | null
  readonly moved: readonly (Reference & { readonly name: string })[] | null
  /** Null for who counts, until it is closed. */
  readonly photos: readonly ShownCountPhotos[] | null
  readonly recounters: readonly Holder[]
  readonly closed: { readonly signers: readonly Holder[]; readonly at: string } | null
  readonly cancelled: { readonly by: Holder; readonly reason: string | null; readonly at: string } | null
  /** What is for who reads this to do now. */
  readonly yours: {
    readonly draw: boolean
    readonly count: boolean
    readonly recount: boolean
    readonly conclude: boolean
    readonly explain: boolean
    readonly cancel: boolean
  }
}

/** `GET /api/counts/options`: where somebody may order counts, and what there is to choose from. */
export interface StocktakeOptions {
  readonly stores: readonly {
    readonly id: string
    readonly name: string
    readonly locations: readonly { readonly code: string; readonly name: string; readonly storageClass: StorageClass }[]
    readonly custodians: readonly Holder[]
  }[]
  readonly categories: readonly Said<Category>[]
  readonly classes: readonly Said<StorageClass>[]
  readonly causes: readonly Said<RootCause>[]
  readonly daysMax: number
}

/** One line of `GET /api/searches`. */
export interface ShownSearch {
  readonly id: string
  readonly store: Holder
  readonly item: string
  readonly name: string
  readonly stocktake: string
  readonly location: string
  readonly at: string
  readonly yours: boolean
}
