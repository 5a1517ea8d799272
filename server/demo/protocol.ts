/**
 * What the emulator panel is shown. Types only; the kiosk imports them. A demonstration shows everything to everybody: badges, PINs, codes.
 *
 *   GET  /api/demo                                 -> Demonstration
 *   GET  /api/demo/codes                           -> Codes
 *   GET  /api/demo/emulators/{device}              -> Instrument
 *   POST /api/demo/emulators/{device}              one deed of a hand
 *   GET  /api/demo/emulators/{device}/pages/{id}.png
 *   GET  /api/demo/emulators/{device}/papers/{id}.pdf
 *   POST /api/demo/stations/{id}/code              -> {code}
 */

import type { CustodyStatus } from '../custody/axes.ts'
import type { StorageClass } from '../custody/keeping/storage-classes.ts'
import type { LabelState } from '../custody/papers/labels.ts'
import type { Post } from '../module.ts'
import type { CommandWord, StationKind, Words } from '../stations/protocol.ts'

export interface ShownPerson {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly password: string
  readonly badge: string
  readonly pin: string
  readonly unit: string
  readonly posts: readonly Post[]
  readonly places: readonly string[]
  /** The names of the places, in their order. */
  readonly placeNames: readonly string[]
}

export interface ShownStation {
  readonly id: string
  readonly name: string
  readonly kind: StationKind
  readonly place: string
}

export type EmulatedKind =
  | 'scanner'
  | 'badge'
  | 'scale'
  | 'label-printer'
  | 'office-printer'
  | 'rfid'
  | 'gate'
  | 'siren'
  | 'keypad'

export interface Demonstration {
  readonly people: readonly ShownPerson[]
  readonly stations: readonly ShownStation[]
  readonly emulators: readonly {
    readonly device: string
    readonly kind: EmulatedKind
    readonly station: string
    readonly send: readonly string[]
  }[]
}

/** An item with what a hand at the bench needs to know of it. */
export interface ItemCode {
  /** What its present label carries. */
  readonly payload: string
  readonly code: string
  readonly name: string
  readonly case: string
  readonly ordinal: number
  readonly custody: { readonly value: CustodyStatus; readonly words: Words }
  /** An open incident keeps it where it is. */
  readonly frozen: boolean
  /** A granted loan waits to be fetched; by whom. */
  readonly fetchedBy: string | null
  readonly borrower: string | null
  readonly list: string | null
  readonly location: string | null
  /** As the register has it; null when it was never weighed. */
  readonly weight_mg: number | null
  readonly sealNumber: string | null
  /** The EPC of the tag that it wears; null when none was written and read back. */
  readonly tag: string | null
  readonly label: { readonly state: LabelState; readonly scannedBack: boolean } | null
}

/** Everything in the house that carries a code. */
export interface Codes {
  readonly commands: readonly { readonly word: CommandWord; readonly payload: string; readonly words: Words }[]
  /** Lists with something left to check in. */
  readonly lists: readonly {
    readonly payload: string
    readonly unit: string
    readonly lines: number
    readonly pending: number
  }[]
  /** Shelves, and the boxes that stand on them. */
  readonly locations: readonly {
    readonly payload: string
    readonly name: string
    readonly storageClass: StorageClass
    readonly capacity: number
    readonly occupied: number
  }[]
  readonly items: readonly ItemCode[]
}

export interface PrintedLabel {
  readonly id: number
  /** False when the paper ended within it. */
  readonly whole: boolean
  /** What a scanner reads off it; null when nothing on it can be read. */
  readonly code: string | null
}

export interface PrintedPaper {
  readonly id: number
  /** What the printer's own list calls the job. */
  readonly job: string
  readonly pages: number
}

/** How an emulated device is, as seen from outside. */
export interface Instrument {
  readonly device: string
  readonly kind: EmulatedKind
  readonly plugged: boolean
  /** What the station has sent to it: how much, and the last of it. */
  readonly received: { readonly bytes: number; readonly hex: string }
  /** EPCs of the tags before a reader, as their memory stands now. */
  readonly tags: readonly string[] | null
  readonly siren: { readonly sounding: boolean } | null
  readonly pan: { readonly weigh_mg: number; readonly stable: boolean; readonly silent: boolean } | null
  /** How many presses at this window the server has answered; it answers each alike, whether it counts or not. */
  readonly pad: { readonly answered: number } | null
  readonly printer: {
    readonly paperOut: boolean
    readonly headOpen: boolean
    readonly ribbonOut: boolean
    /** The last pages, the newest first. */
    readonly pages: readonly PrintedLabel[]
  } | null
  readonly office: {
    readonly paperOut: boolean
    readonly paused: boolean
    /** The last papers, the newest first. */
    readonly papers: readonly PrintedPaper[]
  } | null
}
