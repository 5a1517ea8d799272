import type { View } from '../pictures/pictures.ts'
import type { Sealed } from '../../module.ts'
import type { Track } from '../axes.ts'
import type { CashSide } from '../cash/cash.ts'
import type { CashPieces } from '../cash/figures.ts'
import type { Category } from '../categories.ts'
import type { CurrencyCode } from '../cash/currencies.ts'
import type { InboundSource } from '../inbound/facts.ts'
import type { Details } from './details.ts'
import type { Deadline, Measure, Presence, Seal } from '../fact-shapes.ts'
import type { Tare } from '../weighing/tare.ts'
import type { WeighedByScale, Weighing } from '../weighing/weights.ts'

/** How an item comes into custody: the case, its items, the list, the store's door. */
export type IntakeFacts = {
  /** unit, `case/<number>`: 一案一账, the account of a case is opened. */
  'custody.case-opened': {
    readonly title: Sealed
    readonly track: Track
    readonly unit: string
    readonly officers: readonly string[]
  }
  /** unit, `item/<code>`: one item was taken and registered, item `ordinal` of its case; the case department holds it since `measure.takenAt`. */
  'custody.registered': {
    readonly case: string
    readonly unit: string
    readonly year: number
    readonly serial: number
    readonly ordinal: number
    readonly epc: string
    readonly track: Track
    readonly category: Category
    /** What kind of thing it is. It stands in clear and is printed on the card: never anybody's name. */
    readonly name: string
    /** Decimal digits, in `quantityUnit`. */
    readonly quantity: string
    readonly quantityUnit: string
    /** Free text that may name somebody; null where nothing was said. */
    readonly features: Sealed | null
    readonly valueStatus: 'KNOWN' | 'UNKNOWN' | 'NOT_NEEDED'
    readonly measure: Measure
    readonly holder: Presence
    readonly witness: Presence
    readonly weight_mg: number | null
    readonly weighing: Weighing | null
    readonly seal: Seal | null
    /** Why goods that must be sealed were not. */
    readonly cannotSeal: Sealed | null
    readonly deadlines: readonly Deadline[]
    /** What the category asks for beside, sealed: by field, as it was typed. Absent where nothing was. */
    readonly details?: Sealed
    /** The same of the fields that rules and clocks read. */
    readonly marks?: Details
    /** Which facts of the case it proves; absent where nobody has said so yet. */
    readonly relevance?: Sealed
    /** Which list of another organ it came by; absent where it came by none. */
    readonly source?: InboundSource
    /** Why the recording of the taking was not entered with it; absent where nothing was said, or nothing was owed. In clear: nobody is named in it. */
    readonly recordingLater?: string
  }
  /**
   * unit or store, where the item is, `item/<code>`: a photo of this content was taken of the item. `incident`: of what was found, in which of
   * its incidents, counted from one; absent where it shows the thing as it is kept. `view`: what it shows; absent where nobody said.
   */
  'custody.photo-added': { readonly photo: string; readonly incident?: number; readonly view?: View }
  /**
   * unit, `item/<code>`: one person's count of cash, sealed: what was found is read by nobody until the round is over. `list`: the hand-over
   * list it was counted for, null for the first time.
   */
  'custody.cash-counted': {
    /** Counted from one. */
    readonly round: number
    readonly list: string | null
    readonly side: CashSide
    readonly figures: Sealed
  }
  /** unit, `item/<code>`: two people found the same; `figures` is the count that stands, sums in the currency's smaller unit. */
  'custody.cash-agreed': {
    readonly list: string | null
    readonly counters: readonly string[]
    readonly currency: CurrencyCode
    readonly amount_minor: number
    readonly pieces: readonly CashPieces[]
    readonly figures: Sealed
  }
  /** unit, `item/<code>`: three people counted and no two found the same. */
  'custody.cash-disputed': { readonly list: string | null }
  /** unit, `item/<code>`: put on a hand-over list to a store; the case department still holds it. */
  'custody.handover-submitted': { readonly list: string; readonly store: string }
  /** unit, `item/<code>`: the giver's side of a check-in. */
  'custody.released-to-store': { readonly list: string; readonly store: string; readonly submittedBy: string }
  /** store, `item/<code>`: compared with the list and taken in; from now on the store holds it. */
  'custody.checked-in': {
    readonly list: string
    readonly store: string
    readonly location: string
    /** The box at that location that it lies in; absent where it lies in none. */
    readonly container?: string
    readonly weight_mg: number | null
    readonly weighing: Weighing | null
    readonly sealNumber: string | null
    readonly photoCompared: boolean
    /** What it weighs without its sealed bag; absent where nothing is said of a bag. */
    readonly tare?: Tare
    /** What the scale said of it before `weight_mg`, oldest first; absent where it was weighed once, or not. */
    readonly weighedBefore?: readonly WeighedByScale[]
  }
  /** store, `item/<code>`: 退回补正, the custodian did not take it; it stays with the case department. What he found stays on record. */
  'custody.handover-refused': {
    readonly list: string
    readonly reason: Sealed
    /** What it weighed when it was not taken, which is no weight that it goes on with; absent where it was not weighed. */
    readonly weight_mg?: number
    readonly weighing?: Weighing
    /** What was read on its seal, the registered number or another; absent where nobody read it. */
    readonly sealNumber?: string
    /** As in `custody.checked-in`. */
    readonly weighedBefore?: readonly WeighedByScale[]
  }
  /** unit, `list/<code>`: 移交清单 submitted. */
  'custody.list-submitted': {
    readonly unit: string
    /** Whose items it lists. */
    readonly cases: readonly string[]
    readonly store: string
    readonly items: readonly string[]
    readonly year: number
    readonly serial: number
  }
  /** unit, `list/<code>`: some of its lines were dealt with. `deposited`: paid into the special account; absent where none was. */
  'custody.list-checked': {
    readonly checkedIn: readonly string[]
    readonly refused: readonly string[]
    readonly deposited?: readonly string[]
  }
  /**
   * store, `conflict/<agent>.<enrolment>.<n>`: a bench recorded this line while it was without its server, and it was not taken in, because of
   * `code`. At the time when it happened, at its station; `custodian` had signed on there, null where its pass cannot be believed.
   */
  'custody.offline-conflict': {
    readonly store: string
    readonly list: string
    readonly item: string
    readonly location: string
    readonly weight_mg: number | null
    readonly custodian: string | null
    readonly code: string
    readonly why: Sealed
  }
  /** store, `conflict/<agent>.<enrolment>.<n>`: a custodian has looked, and says what came of it. */
  'custody.conflict-settled': { readonly reason: Sealed }
}
