import type { DisposalFormKind } from '../../labels/documents/disposal-form.ts'
import type { Words } from '../refusal.ts'
import type {
  CustodyStatus,
  DispositionStatus,
  IncidentKind,
  MeasureStatus,
  Purpose,
  SealStatus,
  Track,
} from './axes.ts'
import type { CashRound } from './cash.ts'
import type { CashFigures, CashPieces } from './cash-figures.ts'
import type { Book, Category, StorageClass } from './categories.ts'
import type { FieldId, FieldKind } from './category-fields.ts'
import type { Account } from './accounting.ts'
import type { CaseStatus } from './cases.ts'
import type { CorrectedField } from './corrections.ts'
import type { CurrencyCode } from './currencies.ts'
import type { Deadline, Measure, PointVerdict, Seal } from './custody.ts'
import type { DisposalStatus } from './disposal.ts'
import type { Destination, DisposalType, Level, ReleaseGround } from './disposal-types.ts'
import type { Attachment, ComplaintGround, KeptOpenGround } from './disposal-words.ts'
import type { Receiver } from './facts-disposal.ts'
import type { ItemTag, ItemWeight } from './items.ts'
import type { LineOutcome } from './lists.ts'
import type { LabelState } from './labels.ts'

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
  readonly custody: Said<CustodyStatus>
  readonly disposition: Said<DispositionStatus>
  /** Whether a complaint about it is open. */
  readonly disputed: boolean
  readonly frozen: boolean
  readonly overdue: boolean
  readonly store: string | null
  readonly location: string | null
  readonly holder: string
  readonly photo: string | null
  /** What became of the present label; null when none was ever wanted. */
  readonly label: Pick<ShownLabel, 'job' | 'issue' | 'state' | 'scannedBack' | 'fault'> | null
  /** 物品卡待重打: what was sent to print is not what the item is now. */
  readonly cardStale: boolean
}

/** What a running clock has come to. */
export interface ShownDeadline extends Deadline {
  readonly state: 'running' | 'late' | 'met'
}

export interface ShownPresence {
  readonly attendance: 'SIGNED' | 'REFUSED' | 'ABSENT'
  /** Null when there was none, or when it was lawfully erased. */
  readonly name: string | null
  readonly reason: string | null
}

export interface ShownLabel {
  readonly job: string
  readonly code: string
  readonly issue: number
  readonly payload: string
  readonly template: string
  readonly station: string
  readonly state: LabelState
  readonly words: Words
  readonly scannedBack: boolean
  readonly void: boolean
  readonly wantedAt: string
  /** Why it was printed again. */
  readonly reason: string | null
  /** Why it did not print, or why nobody can say. */
  readonly fault: Words | null
}

/** What an officer of the case may begin at the item's page; others may have to sign. */
/** What may be done about a complaint over an item. */
export type ComplaintAct = 'complain' | 'decide-complaint'
export type ItemAct = 'seal' | 'unseal' | 'correct' | 'incident'

/** 物品卡: `GET /api/items/{code}`. */
export interface ItemCard {
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
  /** Empty when nothing was said, or when it was lawfully erased. */
  readonly features: string
  /** What its category asks for beside; without what was lawfully erased. */
  readonly details: readonly {
    readonly field: FieldId
    readonly name: Words
    readonly value: string
    readonly words: Words
  }[]
  readonly valueStatus: 'KNOWN' | 'UNKNOWN' | 'NOT_NEEDED'
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
  readonly weights: readonly ItemWeight[]
  /** Must a hand-over weigh it? */
  readonly weighed: boolean
  readonly storage: readonly StorageClass[]
  readonly photos: readonly { readonly photo: string; readonly at: string; readonly by: string }[]
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
  /** The complaint that is open; the note is null when it was lawfully erased. */
  readonly complaint: {
    readonly ground: Said<ComplaintGround>
    readonly note: string | null
    readonly by: Holder
    readonly acceptedAt: string
  } | null
  /** The last complaint that was found right. */
  readonly upheld: {
    readonly ground: Said<ComplaintGround>
    readonly conclusion: string | null
    readonly by: Holder
    readonly at: string
  } | null
  /** What whoever asks may do about a complaint now. */
  readonly complaintAct: ComplaintAct | null
  readonly incident: {
    readonly kind: Said<IncidentKind>
    readonly opener: Holder
    readonly openedAt: string
    readonly note: string | null
    readonly points: readonly PointVerdict[]
  } | null
}

/** The counts of one item of cash. */
export interface ShownCash {
  readonly currency: CurrencyCode
  readonly words: Words
  /** Notes and coins of the currency in its smaller unit, the largest first. */
  readonly faces_minor: readonly number[]
  readonly minorDigits: number
  readonly perBundle: number
  readonly rounds: readonly {
    /** The hand-over list it was counted for; null for the first time. */
    readonly list: string | null
    readonly outcome: CashRound['outcome']
    readonly counts: readonly {
      readonly by: Holder
      readonly at: string
      /** Null for everybody while the second count is awaited, and when it was lawfully erased. */
      readonly figures: (CashFigures & { readonly amount_minor: number }) | null
    }[]
  }[]
  /** What two people agreed on last; null until then. */
  readonly agreed: { readonly amount_minor: number; readonly pieces: readonly CashPieces[]; readonly at: string } | null
  /** A count may be given now, as far as the item’s state goes. */
  readonly awaited: boolean
}

/** One entry of a chain: what a register says, as contract.md fixes it. */
export interface ChainEntry {
  readonly register: string
  readonly seq: number
  readonly at: string
  readonly recordedAt: string
  readonly type: string
  readonly actor: string
  readonly with: readonly string[]
  readonly station: string | null
  readonly body: unknown
  readonly hash: string
  /**
   * What was said in words and stands beside the register: `note` of an incident, its `conclusion`, the `reason` of sending back, what features `was` and `is` after a
   * correction. Null where it was lawfully erased; the whole absent where the entry says nothing of the kind.
   */
  readonly said?: Readonly<Partial<Record<'note' | 'conclusion' | 'reason' | 'was' | 'is', string | null>>>
}

/** `GET /api/items/{code}/chain`. */
export interface ItemChain {
  readonly entries: readonly ChainEntry[]
  readonly holders: readonly {
    readonly who: string
    readonly name: string
    readonly from: string
    readonly to: string | null
  }[]
  /** Every hash, link, pair and the card itself were computed again and agree. */
  readonly intact: boolean
  /** What does not agree. */
  readonly faults: readonly { readonly register: string; readonly seq: number | null; readonly what: Words }[]
}

/** Items taken = with the department + pending + in store + out on loan + transferred on paper alone + out for good. */
export interface Balance {
  readonly taken: number
  readonly withDepartment: number
  readonly pending: number
  readonly inStore: number
  readonly borrowed: number
  /** Another organ answers for it, the thing is still kept. */
  readonly transferred: number
  readonly out: number
  readonly balances: boolean
}

export interface CaseSummary {
  readonly number: string
  /** Null for people who need not know it. */
  readonly title: string | null
  readonly track: Said<Track>
  readonly unit: string
  readonly openedAt: string
  readonly status: CaseStatus
  readonly officers: readonly Holder[]
  readonly balance: Balance
  /** Items on loan that should be back. */
  readonly overdue: number
  /** Items with an open incident. */
  readonly frozen: number
}

/** Something that keeps a case from being closed: whose turn it is, who holds the item, and when what runs over it is due. */
export interface Block {
  readonly item: string
  readonly name: string
  readonly what: Words
  readonly turn: Words
  readonly holder: Holder
  readonly dueAt: string | null
}

/** An item that may lawfully stay open when its case is closed. */
export interface Exception {
  readonly item: string
  readonly name: string
  readonly ground: Said<KeptOpenGround>
  readonly document: string
  readonly approver: Holder
  readonly at: string
}

/** 一案一账 in double entry, as the registers tell it: where things came from, and where they are. */
export interface ShownLedger {
  readonly accounts: readonly {
    readonly account: Account
    readonly words: Words
    readonly pieces: number
    readonly fen: number
    readonly mg: number
    readonly agrees: boolean
  }[]
  readonly balances: boolean
}

/** 一案一账: `GET /api/cases/{number}`. */
export interface CaseAccount extends CaseSummary {
  readonly items: readonly ItemSummary[]
  readonly blocks: readonly Block[]
  /** Items that lawfully stay open. */
  readonly exceptions: readonly Exception[]
  readonly ledger: ShownLedger
  /** Who closed it and when; null while it is open. */
  readonly closed: { readonly at: string; readonly by: Holder } | null
  readonly disposals: readonly ShownDisposal[]
}

/** One paper of disposal, who agreed, and what was carried out. */
export interface ShownDisposal {
  readonly code: string
  readonly case: string
  readonly way: Said<DisposalType> & { readonly basis: string }
  readonly destination: Said<Destination>
  readonly ground: Said<ReleaseGround> | null
  readonly foundAt: string | null
  readonly suspectedCrime: boolean
  readonly appraisal: string | null
  /** Null when it was lawfully erased. */
  readonly opinion: string | null
  readonly reviewUnit: Holder | null
  readonly items: readonly string[]
  readonly proposer: Holder
  readonly proposedAt: string
  /** `lapsed` while it is only proposed and nobody is asked about it any more. */
  readonly status: DisposalStatus | 'lapsed'
  /** The request that waits for a decision. */
  readonly waiting: string | null
  /** The papers that each of its acts has, beside the approval. */
  readonly papers: readonly DisposalFormKind[]
  readonly agreed: readonly { readonly level: Level; readonly by: Holder; readonly at: string }[]
  readonly acts: readonly {
    /** Which of the paper's acts it is, counted from one. */
    readonly nth: number
    readonly items: readonly string[]
    readonly document: string
    readonly organ: string | null
    readonly listOnly: boolean
    readonly by: Holder
    readonly with: readonly Holder[]
    readonly at: string
  }[]
}

/** `GET /api/disposals/{code}`: of its items and acts, those that the reader may see. */
export interface DisposalPage extends ShownDisposal {
  /** What he may carry out, hand over after a transfer on paper, and strike off, as things stand. */
  readonly yours: readonly string[]
  readonly toDeliver: readonly string[]
  readonly toStrike: readonly string[]
}

/** `GET /api/lists/{code}`. */
export interface ShownList {
  readonly code: string
  readonly cases: readonly string[]
  readonly unit: string
  readonly store: string
  readonly submittedBy: Holder
  readonly submittedAt: string
  readonly pending: number
  /** What became of the entry slip that a bench or desk printed last; null when none was wanted. */
  readonly slip: ItemSummary['label']
  readonly lines: readonly (ItemSummary & { readonly outcome: LineOutcome })[]
  /** What benches recorded without their server and is not taken in; open ones first. */
  readonly conflicts: readonly ShownConflict[]
}

/** An item that lies in store and was seen at a store's door. */
export interface ShownAlarm {
  readonly id: string
  readonly store: { readonly who: string; readonly name: string }
  readonly station: string
  readonly item: string
  readonly name: string
  readonly side: 'inner' | 'outer'
  readonly at: string
  /** Null while the tag is at the door. */
  readonly passed: { readonly outcome: 'out' | 'in' | 'turned'; readonly sure: boolean; readonly at: string } | null
  /** Whether it is for who reads this to acknowledge it. */
  readonly mayAcknowledge: boolean
  readonly acknowledged: {
    readonly by: { readonly who: string; readonly name: string }
    readonly at: string
    /** Null where it was lawfully erased. */
    readonly reason: string | null
  } | null
}

/** A line that a bench recorded without its server and the register could not take. */
export interface ShownConflict {
  readonly id: string
  readonly store: string
  readonly station: string
  readonly list: string
  readonly item: string
  readonly location: string
  readonly weight_mg: number | null
  /** Who had signed on; null where its pass could not be believed. */
  readonly custodian: { readonly who: string; readonly name: string } | null
  readonly code: string
  /** What the bench recorded, and why it was not taken. */
  readonly words: Words
  readonly happenedAt: string
  /** Whether it is for who reads this to look into it. */
  readonly maySettle: boolean
  readonly settled: {
    readonly by: { readonly who: string; readonly name: string }
    readonly at: string
    readonly reason: string
  } | null
}

/** One line of `GET /api/lists`. */
export interface ListSummary {
  readonly code: string
  readonly cases: readonly string[]
  readonly unit: string
  readonly store: string
  readonly submittedBy: Holder
  readonly submittedAt: string
  /** items = accepted + refused + pending */
  readonly items: number
  readonly accepted: number
  readonly refused: number
  readonly pending: number
}

/** One line of `GET /api/incidents`: what was found, by whom, and what it came to. */
export interface ShownIncident {
  /** The item and which of its incidents: `<item>.2`. */
  readonly id: string
  readonly item: string
  readonly name: string
  readonly case: string
  readonly unit: string
  readonly store: string | null
  readonly photo: string | null
  readonly custody: Said<CustodyStatus>
  readonly kind: Said<IncidentKind>
  readonly opener: Holder
  readonly openedAt: string
  /** Others who signed when it was found. */
  readonly signers: readonly Holder[]
  /** The loan it is out on, while the incident is open. */
  readonly loan: { readonly borrower: Holder; readonly custodian: Holder; readonly dueAt: string } | null
  /** Null when there was none, or when it was lawfully erased. */
  readonly note: string | null
  readonly points: readonly PointVerdict[]
  /** Null when it was not weighed. */
  readonly foundWeight_mg: number | null
  /** Departments that were told, and their head; null where none is appointed. */
  readonly told: readonly { readonly unit: Holder; readonly person: Holder | null }[]
  /** Null while it is open. */
  readonly conclusion: {
    /** Null when it was lawfully erased. */
    readonly words: string | null
    readonly by: Holder
    readonly at: string
    /** The weight that was found holds since. */
    readonly takenAsFound: boolean
  } | null
  /** Whether the one who asks may conclude it now. */
  readonly yours: boolean
}

export interface ShownLocation {
  readonly code: string
  readonly store: string
  readonly name: string
  readonly storageClass: StorageClass
  readonly capacity: number
  readonly occupied: number
}

/** A box of a store. */
export interface ShownContainer {
  readonly code: string
  readonly store: string
  readonly name: string
  readonly location: { readonly code: string; readonly name: string }
  /** Items at most, and now. */
  readonly capacity: number
  readonly holds: number
  /** Null while it is open. */
  readonly seal: { readonly number: string; readonly sealedAt: string } | null
}

export interface OpenedContainer extends ShownContainer {
  readonly items: readonly ItemSummary[]
}

export interface ShownLoan {
  readonly loan: string
  readonly unit: string
  readonly store: string
  readonly borrower: Holder
  readonly purpose: Said<Purpose>
  readonly lentAt: string
  readonly dueAt: string
  readonly overdue: boolean
  readonly outstanding: readonly string[]
}

export interface ShownNotice {
  readonly id: string
  readonly unit: string
  readonly about: 'incident'
  readonly items: readonly string[]
  readonly store: string | null
  readonly at: string
}

/** `GET /api/search`. */
export interface Found {
  readonly items: readonly ItemSummary[]
  readonly cases: readonly CaseSummary[]
  readonly places: readonly ShownLocation[]
}

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
  })[]
  /** The first measure of a track is the usual one. */
  readonly tracks: readonly (Said<Track> & { readonly measures: readonly Said<MeasureStatus>[] })[]
  readonly purposes: readonly Said<Purpose>[]
  /** Ways to dispose of items, with what each asks for. */
  readonly disposals: readonly (Said<DisposalType> & {
    readonly tracks: readonly Track[]
    readonly destinations: readonly Said<Destination>[]
    readonly crime: boolean
    readonly reviewed: boolean
  })[]
  readonly releaseGrounds: readonly Said<ReleaseGround>[]
  readonly relations: readonly Said<Receiver['relation']>[]
  readonly attachments: readonly Said<Attachment>[]
  readonly complaints: readonly Said<ComplaintGround>[]
  readonly keptOpen: readonly Said<KeptOpenGround>[]
  readonly limits: {
    readonly officersPerMeasure: number
    readonly sealSigners: number
    readonly photosPerItem: number
    readonly itemsPerAct: number
    readonly quantityMax: number
    readonly quantityDecimals: number
    readonly weightMax_mg: number
    readonly loanDaysMax: number
    /** Of a table that is imported. */
    readonly importBytesMax: number
  }
}

/** What became of writing a tag: `POST /api/items/{code}/tag`. `unknown`: somebody has to look at the tag. */
export interface WrittenTag {
  readonly outcome: 'bound' | 'failed' | 'unable' | 'unknown'
  readonly words: Words
  readonly tag: { readonly epc: string; readonly tid: string | null } | null
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
