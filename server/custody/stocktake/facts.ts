import type { Sealed } from '../../module.ts'
import type { Category } from '../categories.ts'
import type { StorageClass } from '../keeping/storage-classes.ts'
import type { FoundDifference, Reference, RootCause, StocktakeFigures } from './shapes.ts'

/** What a stock-take is about. The store itself, or a part of what lies in it. */
export type StocktakeScope =
  | { readonly kind: 'store' }
  | { readonly kind: 'locations'; readonly locations: readonly string[] }
  | { readonly kind: 'classes'; readonly classes: readonly StorageClass[] }
  | { readonly kind: 'categories'; readonly categories: readonly Category[] }
  | { readonly kind: 'case'; readonly case: string }

/** Where an item lies by the register. */
export type Placement = {
  readonly item: string
  readonly location: string
  /** The box there that it lies in; absent where it lies in none. */
  readonly container?: string
}

/**
 * How a thing was perceived. `scanned`: its label was read; `seen`: a person says so, with the code typed from it; `strong` and `weak`: what an
 * RFID reader makes of its tag. A weak one, strays among them, confirms nothing by itself.
 */
export type Perceived = 'scanned' | 'seen' | 'strong' | 'weak'

/** One thing that was perceived at a place. */
export type Sight = { readonly at: string } & (
  | {
      readonly kind: 'item'
      readonly item: string
      readonly how: Perceived
      /** The issue of its label, when that label had been voided. */
      readonly voided?: number
    }
  /** A box: what lies in it is carried by its seal. An open one confirms nothing of what it holds. */
  | { readonly kind: 'box'; readonly container: string; readonly sealed: boolean }
  /** Something that is no item of the register: what could be read of it, sealed, for it may be anything. */
  | { readonly kind: 'unknown'; readonly text: Sealed }
  | { readonly kind: 'unknown-tag'; readonly epc: string; readonly how: 'strong' | 'weak' }
)

/** What happens while a store is counted (rules W-06, C-38). All of it stands in the register of the store. */
export type StocktakeFacts = {
  /**
   * `stocktake/<code>`: what should lie there by the register at this entry, fixed before anybody walks. Of a sample it is what is drawn
   * from, and the hash of a seed that nobody has read yet.
   */
  'custody.stocktake-ordered': {
    readonly store: string
    readonly unit: string
    readonly scope: StocktakeScope
    /** Shelves to be walked; of a sample known with the draw. */
    readonly places: readonly string[]
    readonly expected: readonly Placement[]
    readonly counters: readonly string[]
    readonly dueAt: string
    readonly sample: {
      /** So many missing are to be noticed … */
      readonly missing: number
      /** … with this confidence at least. */
      readonly confidence_percent: number
      readonly size: number
      /** SHA-256 of the seed's hexadecimal text. */
      readonly seedHash: string
      readonly seed: Sealed
    } | null
    readonly year: number
    readonly serial: number
  }
  /** `stocktake/<code>`: the seed is told, and what follows from it, from the order's own hash and from what was expected. */
  'custody.stocktake-drawn': {
    readonly seed: string
    readonly items: readonly string[]
    readonly places: readonly string[]
  }
  /** `sheet/<uuid>`: what one person perceived at one place. The last sheet of a walk says that it is `done`. */
  'custody.shelf-counted': {
    readonly stocktake: string
    readonly store: string
    readonly round: 1 | 2
    readonly location: string
    /** When the walk of this place began. */
    readonly from: string
    readonly done: boolean
    /** Whether anything of the walk came from an RFID reader. */
    readonly swept: boolean
    readonly sights: readonly Sight[]
    /** Content hashes of what was photographed there; absent where nothing was. */
    readonly photos?: readonly string[]
  }
  /** `stocktake/<code>`: the first count is over; what differs is to be counted again by somebody else. */
  'custody.stocktake-counted': {
    readonly figures: StocktakeFigures
    /** Whether all of the store was counted, and no part or sample of it. */
    readonly full: boolean
    readonly moved: readonly Reference[]
    readonly differences: readonly FoundDifference[]
  }
  /** `stocktake/<code>`: the recount is over: of each difference, by its number, what became of it. */
  'custody.stocktake-recounted': {
    readonly figures: StocktakeFigures
    readonly results: readonly Pick<FoundDifference, 'n' | 'verdict' | 'seenAt' | 'how' | 'why'>[]
  }
  /** `stocktake/<code>`: the root cause of one difference, and what was done about it. */
  'custody.difference-explained': {
    readonly difference: number
    readonly cause: RootCause
    readonly note: Sealed | null
  }
  /** `stocktake/<code>`: signed by two; what nobody could find is looked for from now on. */
  'custody.stocktake-closed': {
    readonly unit: string
    readonly full: boolean
    readonly signers: readonly string[]
    readonly unlocated: readonly string[]
  }
  /** `stocktake/<code>`: it is not carried out. */
  'custody.stocktake-cancelled': {
    readonly unit: string
    readonly full: boolean
    /** Whether its first count was over: what it had settled for the time being is due again. */
    readonly counted: boolean
    readonly reason: Sealed
  }
  /** `search/<uuid>`: an item that the register has in store was found by nobody, twice. */
  'custody.unlocated': {
    readonly store: string
    readonly unit: string
    readonly stocktake: string
    readonly item: string
    readonly case: string
    readonly location: string
  }
  /** `search/<uuid>`: it was found, or an incident takes it from here. */
  'custody.search-ended': {
    readonly outcome: 'found' | 'incident'
    readonly location: string | null
    readonly note: Sealed
  }
}
