import type { Passage } from '../case-lineage/lineage.ts'
import type { Sealed } from '../../module.ts'
import type { Axes, IncidentKind, Purpose, Track } from '../axes.ts'
import type { ItemCash } from '../cash/cash.ts'
import type { Category } from '../categories.ts'
import type { Correction } from '../correcting/corrections.ts'
import type { Deadline, Measure, PointVerdict, Presence, Seal } from '../custody.ts'
import type { Deposit } from '../deposit/deposit.ts'
import type { ConfirmedMeasure } from '../measures/deciding.ts'
import type { Leaving } from '../disposal/leaving.ts'
import type { Holding } from './holdings.ts'
import type { InboundSource } from '../inbound/facts.ts'
import type { Details } from '../intake/details.ts'
import type { Lineage } from '../lineage/lineage.ts'
import type { View } from '../pictures/pictures.ts'
import type { RetiredSeal } from '../seals/seals.ts'
import type { Compensation } from '../recourse/recourse.ts'
import type { ItemRetention } from '../retention/retention.ts'
import type { ItemSignature } from '../signing/signing.ts'
import type { ItemTransit } from '../transit/transit.ts'
import type { Unfilmed } from '../videos/unfilmed.ts'
import type { ItemVideo } from '../videos/videos.ts'
import type { Tare } from '../weighing/tare.ts'
import type { Weighed, Weighing } from '../weighing/weights.ts'

/** A granted loan that was not fetched yet. */
export type Reservation = {
  readonly approval: string
  readonly requester: string
  readonly approver: string
  readonly purpose: Purpose
  readonly dueAt: string
  readonly validUntil: string
  /** The box with which alone it goes out; absent where it goes by itself. */
  readonly container?: string
}

/** The loan an item is out on, with what it was when it went. */
export type ItemLoan = {
  readonly loan: string
  readonly borrower: string
  readonly custodian: string
  readonly dueAt: string
  readonly purpose: Purpose
  readonly lentAt: string
  /** The box that it went out in; absent where it went by itself. */
  readonly container?: string
}

/** An open incident: the item is frozen. */
export type ItemIncident = {
  readonly kind: IncidentKind
  readonly opener: string
  readonly openedAt: string
  /** Others who signed the act that found it. */
  readonly signers: readonly string[]
  readonly note: Sealed | null
  readonly points: readonly PointVerdict[]
  readonly foundWeight_mg: number | null
  readonly foundWeighing: Weighing | null
}

/** An appraisal that an item is away for. */
export type ItemAppraisal = {
  readonly institution: string
  readonly commission: string
  readonly dueAt: string
  readonly sentAt: string
  readonly custodian: string
  readonly officers: readonly string[]
}

/** A difference that was found on return: the return that fits or an incident settles it. */
export type ItemDifference = Weighed & {
  readonly loan: string
  readonly points: readonly PointVerdict[]
  readonly by: string
  readonly with: readonly string[]
  readonly at: string
}

/** An incident that an approver has concluded. */
export type ConcludedIncident = ItemIncident & {
  readonly conclusion: Sealed
  readonly concludedBy: string
  readonly concludedAt: string
  /** The weight that was found holds from the conclusion on. */
  readonly takenAsFound: boolean
}

/** A weighing that was taken as true, and where it came from. */
export type ItemWeight = { readonly weight_mg: number; readonly weighing: Weighing | null; readonly at: string }

/** The tag that the item wears, or is to wear: its last writing. */
export type ItemTag = {
  readonly state: 'wanted' | 'bound' | 'failed' | 'unknown'
  /** The chip's own number, known once it is bound. */
  readonly tid: string | null
  readonly at: string
}

/** The four axes, what is said of its way out, and of what it comes. */
type Standing = Axes & Leaving & Lineage

/** 一物一卡: what the facts of one item add up to. */
export type Item = Standing & {
  readonly code: string
  readonly epc: string
  readonly case: string
  readonly unit: string
  readonly year: number
  readonly serial: number
  readonly ordinal: number
  readonly track: Track
  readonly category: Category
  readonly name: string
  readonly quantity: string
  readonly quantityUnit: string
  readonly features: Sealed | null
  /** What its category asks for beside; absent where nothing was said. */
  readonly details?: Sealed
  /** What of it stands in clear. */
  readonly marks?: Details
  readonly valueStatus: 'KNOWN' | 'UNKNOWN' | 'NOT_NEEDED'
  /** Which facts of the case it proves; absent until somebody has said so. */
  readonly relevance?: Sealed
  /** Which list of another organ it came by; absent where it came by none. */
  readonly source?: InboundSource
  readonly measure: Measure
  /** Approved after it was taken on the spot; absent until then. */
  readonly confirmed?: ConfirmedMeasure
  /** Paid into the special account; absent unless it was. */
  readonly deposit?: Deposit
  /** Counts of cash; absent until the first. */
  readonly cash?: ItemCash
  readonly holder: Presence
  readonly witness: Presence
  /** Drawn by hand, oldest first; absent until the first. */
  readonly signatures?: readonly ItemSignature[]
  /** Whether it is still needed, as it was asked and answered; absent until the first. */
  readonly retention?: ItemRetention
  /** What the organ paid for what its keeper lost, and had back, oldest first; absent until the first. */
  readonly compensations?: readonly Compensation[]
  /** Recordings that show it, oldest first; absent until the first. */
  readonly videos?: readonly ItemVideo[]
  /** Why the recording of its taking was not entered at once, which settles nothing; absent where nothing was said. */
  readonly recordingLater?: string
  /** That it was not filmed throughout was agreed to; absent otherwise. */
  readonly unfilmed?: Unfilmed
  /** Every weighing that was taken as true; the last one is what the next is compared with. */
  readonly weights: readonly ItemWeight[]
  /** Without its sealed bag, as it was checked in; absent where nothing was said of a bag, and once the bag was opened. */
  readonly tare?: Tare
  /** The seal it wears, or wore when it was found broken; null while it is open. */
  readonly seal: Seal | null
  /** Seals it wore before, oldest first; absent until one was taken off. */
  readonly retiredSeals?: readonly RetiredSeal[]
  readonly cannotSeal: Sealed | null
  readonly photos: readonly {
    readonly photo: string
    readonly at: string
    readonly by: string
    /** Which of its incidents it shows, counted from one; absent where it shows the thing as it is kept. */
    readonly incident?: number
    /** What it shows; absent where nobody said. */
    readonly view?: View
  }[]
  /** The hand-over list it stands on, while it is pending. */
  readonly list: string | null
  readonly submittedBy: string | null
  /** The store it is pending for, lies in, or was lent from. */
  readonly store: string | null
  readonly location: string | null
  /** The box at its location that it lies in; absent where it lies in none. */
  readonly container?: string
  readonly holdings: readonly Holding[]
  readonly reservation: Reservation | null
  readonly loan: ItemLoan | null
  readonly incident: ItemIncident | null
  /** Absent while it is on no way between two stores. */
  readonly transit?: ItemTransit
  /** Absent while it is away for none. */
  readonly appraisal?: ItemAppraisal
  /** What the appraisals found, oldest first; absent until the first. */
  readonly appraised?: readonly { readonly report: string; readonly value_fen: number | null; readonly at: string }[]
  /** What a comparison on return found and nobody has settled; absent where there is nothing. */
  readonly difference?: ItemDifference
  /** Earlier incidents, oldest first. */
  readonly concluded: readonly ConcludedIncident[]
  readonly deadlines: readonly Deadline[]
  /** Absent until one is wanted. */
  readonly tag?: ItemTag
  /** Cases that it was of before, oldest first; absent while it is of the one it was registered in. */
  readonly passed?: readonly Passage[]
  /** What was put right, oldest first; absent until something was. */
  readonly corrections?: readonly Correction[]
  /** When the last movement happened; the next one cannot be earlier. */
  readonly lastAt: string
}

/** Who holds the item now. */
export function presentHolder(item: Item): string {
  const present = item.holdings.at(-1)
  if (present === undefined) throw new Error(`${item.code} has no holder`)
  return present.who
}

/** Whether the loan is late at a moment; a flag, never a state. */
export function isOverdue(item: Item, at: string): boolean {
  return item.loan !== null && item.loan.dueAt < at
}
