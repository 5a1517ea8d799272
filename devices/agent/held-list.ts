/**
 * What an agent may hold of a list that is open at a station, so that the bench can go on while the line is down. Nothing of cases or people
 * but what is needed to do it: who may go on is known by a digest.
 */
export interface HeldList {
  readonly station: string
  /** The hand-over list, as printed. */
  readonly list: string
  /** The server's word that this list was open here, for whom and since when. Opaque: it goes back with every line that is done. */
  readonly pass: string
  readonly custodian: {
    readonly name: string
    /** Hex. */
    readonly salt: string
    /** `badgeDigest` of the badge that opened his shift. */
    readonly badge: string
  }
  /** What is left of the custodian's shift when this was sent. After it a PIN is needed, which only the server can check. */
  readonly shiftLeft_ms: number
  readonly lines: readonly HeldLine[]
  readonly shelves: readonly HeldShelf[]
  /** The texts of command cards. */
  readonly cards: { readonly confirm: string; readonly cancel: string; readonly weigh: string; readonly lock: string }
}

export interface HeldLine {
  readonly item: string
  /** What the valid label reads. */
  readonly label: string
  readonly name: string
  /** Null where this class is not weighed. `expected_mg` is null where no weight was registered. */
  readonly weighed: { readonly expected_mg: number | null; readonly tolerance_mg: number } | null
  readonly sealNumber: string | null
  /** Kinds of shelves that it may lie on. */
  readonly storage: readonly string[]
}

/** A shelf, or a box that stands on one. */
export interface HeldShelf {
  readonly location: string
  readonly label: string
  readonly name: string
  readonly storage: string
  /** Items that still fit, when this was sent. */
  readonly room: number
  /** Of a box. */
  readonly box?: {
    /** Where it stands: what goes into it takes room there too. */
    readonly on: string
    /** Closed with a seal: two custodians open it, with the server there. */
    readonly sealed: boolean
  }
}

/** How far a held list is on the server; said again at each change. */
export interface HeldProgress {
  /** Items that wait for their turn. */
  readonly waiting: readonly string[]
  readonly locked: boolean
  /** What was weighed last and may lie on the scale still; `item` is null when the work it was of is over. */
  readonly load: { readonly item: string | null; readonly weight_mg: number } | null
}

/** One line of a list, done while the line was down. */
export interface OfflineDeed {
  readonly pass: string
  readonly list: string
  readonly item: string
  readonly location: string
  /** With the reading that keeps the scale's frame. */
  readonly weighed: { readonly weight_mg: number; readonly reading: string } | null
  readonly sealNumber: string | null
}

/** What a reading came to while the line was down; stands in its journal record. */
export interface OfflineMark {
  readonly code: OfflineCode
  readonly deed: OfflineDeed | null
}

/** What a bench without a server says. */
export type OfflineCode =
  | 'recorded'
  | 'item-in-hand'
  | 'weighed'
  | 'shelf-chosen'
  | 'put-back'
  | 'weigh-again'
  | 'locked'
  | 'resumed'
  | 'go-on'
  | 'not-on-list'
  | 'done-already'
  | 'finish-first'
  | 'item-wanted'
  | 'weight-wanted'
  | 'weight-differs'
  | 'weight-absurd'
  | 'pan-occupied'
  | 'shelf-wanted'
  | 'shelf-unfit'
  | 'shelf-full'
  | 'box-sealed'
  | 'not-asked'
  | 'is-locked'
  | 'shift-over'
  | 'clock-doubtful'
  | 'too-many'
  | 'device-fault'
  | 'not-kept'
  | 'passed-over'
  | 'dropped'
