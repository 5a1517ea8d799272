import type { Words } from '../../refusal.ts'
import type { MeasureStatus, Purpose, Track } from '../axes.ts'
import type { CheckPoint } from '../checklist/points.ts'
import type { Book, Category } from '../categories.ts'
import type { FieldId, FieldKind } from '../intake/category-fields.ts'
import type { Destination, DisposalType, ReleaseGround, SaleGround, SaleMethod } from '../disposal/types.ts'
import type { HandingWay } from '../disposal/effects.ts'
import type { Attachment, ComplaintGround, KeptOpenGround } from '../disposal/words.ts'
import type { Receiver } from '../disposal/facts.ts'
import type { View } from '../pictures/pictures.ts'
import type { RecusalGround } from '../recusal/grounds.ts'
import type { ServiceField, ServiceWay } from '../service/ways.ts'
import type { Said } from '../items/protocol.ts'

/** What forms may offer, and a table that was tried. */

/** One field that a category asks for at registration. */
export interface AskedField {
  readonly field: FieldId
  readonly name: Words
  readonly kind: FieldKind
  /** Characters at most. */
  readonly longest: number
  readonly required: boolean
  /** What may be filled in instead of it; null where nothing may. */
  readonly unless: FieldId | null
  /** Asked only where another field has one of these values; null where it always is. */
  readonly when: { readonly field: FieldId; readonly is: readonly string[] } | null
  /** Empty unless it is a choice. */
  readonly choices: readonly Said<string>[]
}

/** `GET /api/custody/options`: what the forms may offer and have to ask for. */
export interface CustodyOptions {
  /** Categories that items may be registered under. */
  readonly categories: readonly (Said<Category> & {
    readonly required: readonly ('features' | 'weight_mg')[]
    /** Sealed on the spot, or a reason why not. */
    readonly sealed: boolean
    readonly book: Book
    /** What it asks for beside, in the order of the form. */
    readonly asks: readonly AskedField[]
    /** What is photographed of each, in order. */
    readonly pictures: readonly Said<View>[]
  })[]
  /** The first measure of a track is the usual one. */
  readonly tracks: readonly (Said<Track> & {
    readonly measures: readonly Said<MeasureStatus>[]
    /** Kinds of measure whose whole course is filmed: what stays outside is registered with its recording, or with why not yet. */
    readonly filmed: readonly string[]
    /** What is seen to when a measure is taken, with the article that asks for it. */
    readonly checklist: readonly (Said<CheckPoint> & { readonly basis: string })[]
    /** How many copies the list of what was taken has. */
    readonly copies: number
    /** By kind of measure: which take no more than the sum they are for, and which spare things of daily life. */
    readonly worth: {
      readonly measured: readonly string[]
      readonly needsSpared: readonly string[]
      readonly itemsSpared: readonly string[]
    }
  })[]
  readonly purposes: readonly Said<Purpose>[]
  /** Ways to dispose of items, with what each asks for. */
  readonly disposals: readonly (Said<DisposalType> & {
    readonly tracks: readonly Track[]
    readonly destinations: readonly Said<Destination>[]
    readonly crime: boolean
    readonly reviewed: boolean
  })[]
  readonly releaseGrounds: readonly Said<ReleaseGround>[]
  readonly saleGrounds: readonly Said<SaleGround>[]
  readonly saleMethods: readonly Said<SaleMethod>[]
  readonly relations: readonly Said<Receiver['relation']>[]
  /** How personal effects go back: who receives so, and whether what they are since is named. */
  readonly handings: readonly (Said<HandingWay> & {
    readonly receivers: readonly Receiver['relation'][]
    readonly becomes: boolean
  })[]
  readonly attachments: readonly Said<Attachment>[]
  readonly complaints: readonly Said<ComplaintGround>[]
  /** How papers are served, with what the receipt has to say then. */
  readonly serviceWays: readonly (Said<ServiceWay> & {
    readonly needs: readonly ServiceField[]
    readonly basis: string
  })[]
  readonly serviceFields: readonly Said<ServiceField>[]
  readonly recusalGrounds: readonly Said<RecusalGround>[]
  readonly keptOpen: readonly Said<KeptOpenGround>[]
  /** Measures that have a checklist. */
  readonly checklistMeasures: readonly string[]
  readonly limits: {
    readonly officersPerMeasure: number
    readonly sealSigners: number
    readonly staffPerDisposal: number
    readonly photosPerItem: number
    readonly itemsPerAct: number
    readonly quantityMax: number
    readonly quantityDecimals: number
    readonly weightMax_mg: number
    readonly loanDaysMax: number
    /** What one thing of daily life may cost and still be spared, in fen. */
    readonly livingItem_fen: number
    /** Of a table that is imported. */
    readonly importBytesMax: number
  }
}

/** A table of items as it was tried: `rows` that could be read, and everything that is wrong, by row and column. */
export interface TriedImport {
  readonly rows: readonly {
    readonly row: number
    readonly name: string
    readonly category: Category
    readonly quantity: string
    readonly unit: string
  }[]
  readonly faults: readonly { readonly row: number; readonly column: Words | null; readonly what: Words }[]
  /** The same table as CSV with what is wrong in front of each row; null where nothing is. */
  readonly corrected: string | null
}
