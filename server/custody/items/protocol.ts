import type { Tare } from '../weighing/tare.ts'
import type { CaseJoin } from '../case-lineage/facts.ts'
import type { Words } from '../../refusal.ts'
import type { CustodyStatus, DispositionStatus, IncidentKind, MeasureStatus, Purpose, SealStatus } from '../axes.ts'
import type { ShownCash } from '../cash/protocol.ts'
import type { Book, Category } from '../categories.ts'
import type { StorageClass } from '../keeping/storage-classes.ts'
import type { FieldId } from '../intake/category-fields.ts'
import type { CorrectedField } from '../correcting/corrections.ts'
import type { Deadline, Measure, PointVerdict, Seal } from '../custody.ts'
import type { ComplaintsOfItem } from '../disposal/protocol.ts'
import type { KeptOpenGround } from '../disposal/words.ts'
import type { InboundSource } from '../inbound/facts.ts'
import type { Regrouping } from '../lineage/facts.ts'
import type { Share } from '../lineage/lineage.ts'
import type { Filming } from '../videos/filming.ts'
import type { ItemTag, ItemWeight } from './item.ts'
import type { OpenPointsOfItem } from './open-points.ts'
import type { View } from '../pictures/pictures.ts'
import type { SeenAndRecorded } from '../incidents/photos.ts'
import type { RetentionVerdict } from '../retention/facts.ts'
import type { RetentionAct } from '../retention/retention.ts'
import type { ItemVideo } from '../videos/videos.ts'
import type { ShownLabel } from '../papers/protocol.ts'

/** An item as it is shown: in a list, and whole. */

/** A value of a state axis and its words. */
export interface Said<T extends string> {
  readonly value: T
  readonly words: Words
}

/** Somebody or something that holds an item: `person/li`, `unit/dept-1`, `store/store-1`, with the name to show. */
export interface Holder {
  readonly who: string
  readonly name: string
}

/** One of `GET /api/item-names`: what an item is called, for lists that hold only codes. */
export interface NamedItem {
  readonly code: string
  readonly name: string
  readonly case: string
}

/** One line of a list of items. */
export interface ItemSummary {
  readonly code: string
  readonly case: string
  readonly ordinal: number
  readonly name: string
  readonly category: Category
  /** Evidence, or what was only on the person: two books, never mixed. */
  readonly book: Book
  readonly quantity: string
  readonly quantityUnit: string
  /** With its unit, or that it is not counted yet. */
  readonly quantityWords: Words
  readonly custody: Said<CustodyStatus>
  readonly disposition: Said<DispositionStatus>
  /** Whether a complaint about it is open. */
  readonly disputed: boolean
  readonly frozen: boolean
  readonly overdue: boolean
  readonly store: string | null
  /** The box at that location that it lies in. */
  readonly container: string | null
  readonly location: string | null
  readonly holder: string
  readonly photo: string | null
  /** Whether it is the money of a sale: it only ever lay in an account, so it has neither photo nor card. */
  readonly ofSale: boolean
  /** What became of the present label; null when none was ever wanted. */
  readonly label: Pick<ShownLabel, 'job' | 'issue' | 'state' | 'scannedBack' | 'fault'> | null
  /** 物品卡待重打: what was sent to print is not what the item is now. */
  readonly cardStale: boolean
}

/** What a running clock has come to. */
export interface ShownDeadline extends Deadline {
  /** What is due by then, as the rule calls it. */
  readonly title: Words
  readonly state: 'running' | 'late' | 'met' | 'paused' | 'excepted'
}

export interface ShownPresence {
  /** Whether the name is one that protects him. */
  readonly isAlias: boolean
  readonly attendance: 'SIGNED' | 'REFUSED' | 'ABSENT'
  /** Null when there was none, or when it was lawfully erased. */
  readonly name: string | null
  readonly reason: string | null
}

/** What may be done about an appraisal of an item. */
export type AppraisalAct = 'appraise' | 'appraised'
/** What may be done about a complaint over an item. */
export type ComplaintAct = 'complain' | 'decide-complaint'

/** What may be done about an item's way to another store. */
export type TransitAct = 'dispatch' | 'arrive'

/** What an officer may ask an approver about the measure over an item. */
export type MeasureAct = 'confirm-measure' | 'convert-surrender'

/** What may be done about how an item is divided. */
export type RegroupAct = 'split' | 'merge'

/** An item that another came of, that came of another, or that may become one with it. */
export interface Kin {
  readonly code: string
  readonly ordinal: number
  readonly name: string
  readonly quantity: string
  readonly quantityUnit: string
  /** With its unit, or that it is not counted yet. */
  readonly quantityWords: Words
}

/** What an officer of the case may begin at the item's page; others may have to sign. */
export type ItemAct = 'seal' | 'unseal' | 'correct' | 'incident'

/** 物品卡: `GET /api/items/{code}`. */
export interface ItemCard extends ComplaintsOfItem, OpenPointsOfItem {
  readonly code: string
  readonly epc: string
  /** The last writing of its tag; null when none was wanted. */
  readonly tag: ItemTag | null
  readonly case: string
  /** Item n of m. */
  readonly ordinal: number
  readonly of: number
  readonly unit: string
  readonly name: string
  readonly category: Said<Category>
  readonly quantity: string
  readonly quantityUnit: string
  /** With its unit, or that it is not counted yet. */
  readonly quantityWords: Words
  /** Empty when nothing was said, or when it was lawfully erased. */
  readonly features: string
  /** What its category asks for beside; without what was lawfully erased. */
  readonly details: readonly {
    readonly field: FieldId
    readonly name: Words
    readonly value: string
    readonly words: Words
    /** The last four characters alone: whoever may asks for the rest (`POST /api/items/{code}/account-number`). */
    readonly masked: boolean
  }[]
  readonly valueStatus: 'KNOWN' | 'UNKNOWN' | 'NOT_NEEDED'
  /** Which facts of the case it proves; null where nobody has said so, or where it was lawfully erased. */
  readonly relevance: string | null
  /** By which line of which list of another organ it came, and under which seal of theirs; null where it came by none. */
  readonly source: InboundSource | null
  /** Whether the asker may say it. */
  readonly mayStateRelevance: boolean
  /** The asker may read the whole of the number that is masked, with a reason. */
  readonly mayOpenAccountNumber: boolean
  readonly measureStatus: Said<MeasureStatus>
  readonly custodyStatus: Said<CustodyStatus>
  readonly sealStatus: Said<SealStatus>
  readonly dispositionStatus: Said<DispositionStatus>
  readonly overdue: boolean
  readonly frozen: boolean
  /** 清点: null for what is not counted. */
  readonly cash: ShownCash | null
  readonly holder: Holder
  readonly store: { readonly id: string; readonly name: string } | null
  readonly container: { readonly code: string; readonly name: string } | null
  readonly location: { readonly code: string; readonly name: string } | null
  /** The place is null when it was lawfully erased. */
  readonly measure: Omit<Measure, 'place'> & { readonly place: string | null }
  readonly heldBefore: ShownPresence
  readonly witness: ShownPresence
  readonly seal: Seal | null
  /** What else lies under the same seal. */
  readonly sealedWith: readonly string[]
  readonly cannotSeal: string | null
  /** On which ground it lawfully stays open though its case may be closed, and who agreed (rules X-19); null where none stands. */
  readonly keptOpen: {
    readonly ground: Said<KeptOpenGround>
    readonly document: string
    readonly approver: Holder
    readonly at: string
  } | null
  readonly weights: readonly ItemWeight[]
  /** Gross, the empty bag, and net, where it was checked in in its sealed bag; null where nothing was said of one. */
  readonly tare: Tare | null
  /** Must a hand-over weigh it? */
  readonly weighed: boolean
  readonly storage: readonly StorageClass[]
  /** Of the thing as it is kept; what is seen of an incident stands with it. `view`: what it shows; null where nobody said. */
  readonly photos: readonly {
    readonly photo: string
    readonly at: string
    readonly by: string
    readonly view: Said<View> | null
  }[]
  /** How many signed by hand; what they drew, `GET /api/items/{code}/signatures` says. */
  readonly signed: number
  /** What the recordings of its taking leave open; null where nothing does. */
  readonly filming: Filming | null
  /** Why the recording was not entered at once; null where nobody said. */
  readonly recordingLater: string | null
  /** Recordings that show it, oldest first. `showsTaking`: false for one of the measure that has not its moment. */
  readonly videos: readonly (Omit<ItemVideo, 'by'> & { readonly by: Holder; readonly showsTaking: boolean })[]
  /** Whether the asker may note one. */
  readonly mayNoteVideo: boolean
  /** 保管复核: the next review, what was asked (`verdict` null) and answered, oldest first. */
  readonly retention: {
    readonly reviewOn: string | null
    readonly said: readonly {
      readonly verdict: RetentionVerdict | null
      readonly reviewOn: string | null
      /** Null where it was lawfully erased. */
      readonly text: string | null
      readonly by: Holder
      readonly at: string
    }[]
  }
  /** What whoever asks may do about that now. */
  readonly retentionAct: RetentionAct | null
  /** Whether something was ever wrong with it, now or before: a recording may show that. */
  readonly hadIncident: boolean
  readonly deadlines: readonly ShownDeadline[]
  readonly documents: { readonly list: string | null; readonly loan: string | null; readonly notice: string }
  readonly label: ShownLabel | null
  /** As in `ItemSummary`. */
  readonly cardStale: boolean
  /** 红字更正, oldest first. Null where it was lawfully erased, or where nothing stood. */
  readonly corrections: readonly {
    readonly field: Said<CorrectedField>
    readonly was: string | number | null
    readonly is: string | number | null
    readonly reason: string | null
    readonly by: Holder
    readonly with: readonly Holder[]
    readonly at: string
  }[]
  /** 拆分、合并: what it came of, what came of it and why; null where it came of the taking itself, or is still itself. */
  readonly origin: { readonly how: Regrouping | 'sale'; readonly from: readonly Kin[]; readonly at: string } | null
  readonly succeeded: {
    readonly how: Regrouping
    readonly into: readonly Kin[]
    /** Null where it was lawfully erased. */
    readonly reason: string | null
    readonly by: Holder
    readonly with: readonly Holder[]
    readonly at: string
  } | null
  /** 并案、分案: the cases that it was of before, oldest first, with its number there. */
  readonly casesBefore: readonly {
    readonly how: CaseJoin
    readonly case: string
    readonly ordinal: number
    readonly document: string
    readonly at: string
  }[]
  /** What it brought, where it is the money of a sale. */
  readonly proceeds: {
    readonly disposal: string
    readonly amount_fen: number
    readonly voucher: string
    readonly account: string
  } | null
  /** What pays of it, or goes back, where it was divided. */
  readonly share: Said<Share> | null
  /** How much of it whoever asks may set aside to go back; null where nothing, or he may not. */
  readonly dividable_fen: number | null
  /** The item that its price is, where it was sold. */
  readonly soldFor: Kin | null
  /** 转涉案财物: the evidence that these personal effects are since, and the effects that this evidence was. */
  readonly becameEvidence: Kin | null
  readonly wasEffects: Kin | null
  /** Its way to another store; null while it is on none. */
  readonly transit: {
    readonly from: Holder
    readonly to: Holder
    readonly carrier: Holder
    readonly document: string
    readonly sentAt: string
    readonly dueAt: string
    readonly overdue: boolean
  } | null
  /** What whoever asks may do about that now. */
  readonly transitAct: TransitAct | null
  readonly regroupActs: readonly RegroupAct[]
  /** With what it may become one; empty where whoever asks may not merge it. */
  readonly mergeable: readonly Kin[]
  /** 存入专户; null for what was not paid in. */
  readonly deposit: {
    readonly account: string
    readonly voucher: string
    readonly amount_fen: number
    readonly finance: Holder
    readonly at: string
  } | null
  /** Whether whoever asks may pay it in now. */
  readonly mayDeposit: boolean
  /** What whoever asks may ask an approver about its measure now. */
  readonly decidable: MeasureAct | null
  /** What whoever asks may begin with it now. */
  readonly acts: readonly ItemAct[]
  readonly reservation: {
    readonly approval: string
    readonly requester: Holder
    readonly approver: Holder
    readonly purpose: Said<Purpose>
    readonly dueAt: string
    readonly validUntil: string
  } | null
  readonly loan: {
    readonly loan: string
    readonly borrower: Holder
    readonly purpose: Said<Purpose>
    readonly lentAt: string
    readonly dueAt: string
  } | null
  /** The appraisal that it is away for. */
  readonly appraisal: {
    readonly institution: string
    readonly commission: string
    readonly sentAt: string
    readonly dueAt: string
    readonly overdue: boolean
    readonly custodian: Holder
    readonly officers: readonly Holder[]
  } | null
  /** What appraisals found, oldest first. */
  readonly appraised: readonly { readonly report: string; readonly value_fen: number | null; readonly at: string }[]
  /** What whoever asks may do about an appraisal now. */
  readonly appraisalAct: AppraisalAct | null
  /** What whoever asks may do about a complaint now. */
  readonly complaintAct: ComplaintAct | null
  /** Whether it is for whoever asks to serve the decision on a complaint. */
  readonly mayServeDecision: boolean
  readonly incident: {
    readonly kind: Said<IncidentKind>
    readonly opener: Holder
    readonly openedAt: string
    readonly note: string | null
    readonly points: readonly PointVerdict[]
    /** What is seen of it beside what was recorded before. */
    readonly photos: SeenAndRecorded
  } | null
}
