import type { Words } from '../../refusal.ts'
import type { CustodyStatus, IncidentKind, Purpose } from '../axes.ts'
import type { StorageClass } from './storage-classes.ts'
import type { PointVerdict } from '../custody.ts'
import type { SeenAndRecorded } from '../incidents/photos.ts'
import type { LineOutcome } from '../intake/lists.ts'
import type { Holder, ItemSummary, Said } from '../items/protocol.ts'
import type { ShelfAt } from './locations.ts'

/** What a store is in the middle of, as it is shown: lists, places, loans, incidents, alarms. */

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
  readonly lines: readonly (ItemSummary & {
    readonly outcome: LineOutcome
    /** Why the store did not take it; null of every other line, and once it was erased by law. */
    readonly reason: string | null
  })[]
  /** What benches recorded without their server and is not taken in; open ones first. */
  readonly conflicts: readonly ShownConflict[]
}

/** An item that lies in store and was seen at a store's door. */
export interface ShownAlarm {
  readonly id: string
  readonly store: { readonly who: string; readonly name: string }
  readonly station: string
  /** How that station is called. */
  readonly door: string
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
  /** What is seen of it beside what was recorded before. */
  readonly photos: SeenAndRecorded
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

/** One line of `GET /api/stores/{id}/labels`: a shelf or a box, and what became of its last label. */
export interface LabelledPlace {
  readonly code: string
  readonly name: string
  readonly template: 'location-label' | 'container-label'
  /** The shelf that a box stands on; null for a shelf. */
  readonly place: string | null
  /** Null when none was ever wanted. */
  readonly label: ItemSummary['label']
}

export interface ShownLocation {
  readonly code: string
  readonly store: string
  readonly name: string
  readonly storageClass: StorageClass
  /** Where in the tree of the store it is; null where only its name says. */
  readonly at: ShelfAt | null
  readonly capacity: number
  readonly occupied: number
  /** Of what lies there: under an open incident. */
  readonly frozen: number
  /** Boxes that stand there. */
  readonly containers: number
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
  /** Out on loan, with so many things still out that went in it; `location` is where it stood then. Null while it is there. */
  readonly lent: { readonly borrower: Holder; readonly dueAt: string; readonly items: number } | null
}

/** How long an item took from its seizure to its store, or has taken until now. */
export interface IntakeGap {
  readonly code: string
  readonly name: string
  readonly case: string
  readonly unit: Holder
  /** When the measure took it, when it was written down here, and when a store had it; null where none has it yet. */
  readonly takenAt: string
  readonly registeredAt: string
  readonly storedAt: string | null
  /** Whole days from the seizure to the store, or to now. */
  readonly days: number
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
  /** Those of them over which an incident is open: they are late all the same, and their return waits for its conclusion. */
  readonly frozen: readonly string[]
}

export interface ShownNotice {
  readonly id: string
  readonly unit: string
  readonly about: 'incident'
  readonly items: readonly string[]
  readonly store: string | null
  readonly at: string
}

/** What became of writing a tag: `POST /api/items/{code}/tag`. `unknown`: somebody has to look at the tag. */
export interface WrittenTag {
  readonly outcome: 'bound' | 'failed' | 'unable' | 'unknown'
  readonly words: Words
  readonly tag: { readonly epc: string; readonly tid: string | null } | null
}
