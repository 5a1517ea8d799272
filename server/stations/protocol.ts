/**
 * What a station's screens are shown and what they may send. Types only; the kiosk imports them. A screen decides nothing: it shows the
 * session as it is and sends what a person did. No personal data beyond the names of staff, and no title of a case.
 *
 * Addresses (all for a screen that has the station's cookie):
 *   POST /api/stations/{id}/screen   {code}, with Idempotency-Key -> {station}; the one-time code, once
 *   GET  /api/stations/{id}/session  -> SessionAnswer
 *   POST /api/stations/{id}/input    ScreenInput, with Idempotency-Key -> SessionAnswer
 *   GET  /api/stations/{id}/photos/{hash}                          a photo of the item that the session shows
 *   GET  /api/stations/{id}/cards  -> {cards: CommandCard[]}, and each as /api/stations/{id}/cards/{word}.svg
 *   WebSocket /api/stations/{id}/live -> StationMessage
 */

import type { DeviceView } from './protocol-devices.ts'

export type * from './protocol-devices.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

export type StationKind = 'bench' | 'door' | 'aisle' | 'desk' | 'counter' | 'wall'

export interface PersonView {
  readonly id: string
  readonly name: string
}

/** What a person hears; one tone a verdict, and only for a verdict this screen has not shown yet. */
export type ToneName = 'accepted' | 'refused' | 'fault' | 'attention'

/** What became of the last thing somebody did. `id` is new for each: the tone sounds once for each id. */
export interface Verdict {
  readonly id: string
  readonly outcome: 'accepted' | 'refused' | 'fault' | 'ask'
  /** `custody.same-person`, `stations.wrong-check`, `devices.unstable`, … */
  readonly code: string
  readonly words: Words
  /** The legal or house rule, where there is one. */
  readonly rule: Words | null
  /** Who can put it right and how; null when nothing is wrong. */
  readonly remedy: Words | null
  readonly tone: ToneName
  /** RFC 3339. */
  readonly at: string
  /** The symbol of the issued paper that it tells of, by which a desk opens it; absent where it tells of none. */
  readonly paper?: string
  /** The code of a list, shelf or box that a desk read, by which its screen shows what it is; absent where it read none. */
  readonly read?: string
}

/** Bench command cards, and the buttons that do the same. */
export type CommandWord = 'CONFIRM' | 'CANCEL' | 'UNDO' | 'REFUSE' | 'MOVE' | 'LOOKUP' | 'OPEN' | 'WEIGH' | 'LOCK'

/** A card to be printed and scanned in place of a key. */
export interface CommandCard {
  readonly word: CommandWord
  readonly payload: string
  readonly words: Words
}

/** One thing a person may answer now. `word`: the command card that does the same, so that the scanner alone is enough. */
export interface OptionView {
  readonly id: string
  readonly words: Words
  readonly word: CommandWord | null
  /** In a list that is stepped through with the REFUSE card and taken with CONFIRM: the one that CONFIRM would take. */
  readonly marked: boolean
  /** `back`: goes back and decides nothing; it stands apart from what does. */
  readonly look: 'primary' | 'plain' | 'danger' | 'back'
}

export type AskKind =
  /** Any badge of somebody who may work here (locked, or nobody signed in), or the badge of the second person. */
  | 'scan-badge'
  /** The PIN of `who`; sent as `{type:'pin'}`. */
  | 'pin'
  /** Idle: whatever is scanned decides what begins. */
  | 'scan-anything'
  | 'scan-item'
  | 'scan-shelf'
  /** The server is asking the scale by itself; WEIGH asks once more after a fault, and takes what lies there for what is meant. */
  | 'weigh'
  | 'confirm'
  | 'choose'

export interface AskView {
  readonly kind: AskKind
  readonly words: Words
  /** Whose PIN, or whose badge where only one person's will do. */
  readonly who: PersonView | null
  readonly options: readonly OptionView[]
  /** Whether `{type:'choose'}` may carry words of its own with the option `other`. */
  readonly text: boolean
}

export interface StepView {
  readonly name: string
  readonly words: Words
  /** `needless`: the item in hand has no need of it, and it was not done. */
  readonly state: 'done' | 'now' | 'todo' | 'needless'
  /** Why it is needless; null else. */
  readonly why: Words | null
}

/** One point of a comparison: how it is in the register, how it was found. */
export interface PointView {
  readonly point: 'weight' | 'seal' | 'photo' | 'condition'
  readonly words: Words
  readonly expected: Words | null
  readonly found: Words | null
  readonly verdict: 'waiting' | 'now' | 'same' | 'different' | 'not-compared'
}

/** An approved disposal that an item waits for. */
export interface DisposalDue {
  /** Of its paper. */
  readonly code: string
  readonly words: Words
  /** Who does what next. */
  readonly next: Words
}

/** The item in hand. */
export interface ItemView {
  readonly code: string
  readonly name: string
  readonly category: Words
  readonly case: string
  /** Item n of its case. */
  readonly ordinal: number
  /** With its unit: `2 枚`; or that it is not counted yet. */
  readonly quantity: Words
  readonly features: string
  readonly custody: Words
  readonly sealed: Words
  readonly sealNumber: string | null
  /** The last weight taken as true; null when it was never weighed. */
  readonly weight_mg: number | null
  readonly location: { readonly code: string; readonly name: string } | null
  /** Who has it on loan. */
  readonly borrower: PersonView | null
  readonly dueAt: string | null
  readonly overdue: boolean
  /** The open incident, in words; the item is frozen. */
  readonly frozen: Words | null
  /** Content hashes, oldest first; the picture is at /api/stations/{id}/photos/{hash}. */
  readonly photos: readonly string[]
  /** Its approved disposal that is to be carried out; null where none is. */
  readonly disposal: DisposalDue | null
  /** What can be done with it now. */
  readonly can: readonly Words[]
}

/** A line of the list in work. */
export interface LineView {
  readonly item: string
  readonly name: string
  readonly state: 'waiting' | 'now' | 'accepted' | 'refused'
  /** What was found or why it was refused. */
  readonly words: Words | null
  readonly weight_mg: number | null
  readonly location: string | null
}

export type ProcedureName =
  | 'check-in'
  | 'hand-out'
  | 'take-back'
  | 'move'
  | 'move-box'
  | 'take-back-box'
  | 'seal'
  | 'open-lock'
  | 'check-scale'
  | 'look-up'
  | 'stocktake'

export interface WorkView {
  readonly procedure: ProcedureName
  readonly words: Words
  /** The list or document in work. */
  readonly document: string | null
  readonly steps: readonly StepView[]
  readonly item: ItemView | null
  readonly points: readonly PointView[]
  readonly lines: readonly LineView[]
  /** The second signature of this act: the officer who hands over, the borrower, the returner. */
  readonly second: PersonView | null
  /** Who has signed as the second custodian, where a class takes two. */
  readonly keeper: PersonView | null
}

/** How the scale is while a weight is waited for: a live hint; what counts is the verdict. `unread`: it gave a fault, which the verdict names. */
export type PanState = 'empty' | 'moving' | 'occupied' | 'unread'

export interface PanView {
  readonly state: PanState
  readonly words: Words
}

/** An item that lies in store and was seen at a door of it. */
export interface AlarmView {
  readonly id: string
  readonly item: string
  /** How the station at the door is called. */
  readonly door: string
  readonly at: string
}

/** Something that a bench recorded without its server and is not in the register; a person settles it at a desk. */
export interface ConflictView {
  readonly id: string
  readonly document: string
  readonly words: Words
}

/** What is to be known of a device beside how it is: that a scale is to be checked, say. */
export interface DeviceNote {
  readonly device: string
  readonly words: Words
  /** Nothing is done with the device until it is mended. */
  readonly stops: boolean
}

export interface SessionView {
  readonly station: { readonly id: string; readonly name: string; readonly kind: StationKind; readonly place: string }
  readonly state: 'locked' | 'signing-in' | 'idle' | 'working'
  /** Changes whenever something else is asked. Goes back with an input, which is refused when the step is over. */
  readonly step: number
  /** Who is signed in at the station, also while it is locked. */
  readonly custodian: PersonView | null
  /** When it locks if nobody does anything; null while nobody is signed in or it is locked. */
  readonly locksAt: string | null
  /** Also while locked, so that the step is seen to survive; then without item, points and lines. */
  readonly work: WorkView | null
  readonly ask: AskView
  readonly verdict: Verdict | null
  /** Null when no weight is waited for, or nothing is known of the scale yet. */
  readonly pan: PanView | null
  readonly devices: readonly DeviceView[]
  readonly conflicts: readonly ConflictView[]
  /** Of the store's doors, that nobody has acknowledged, newest first; also while the station is locked. */
  readonly alarms: readonly AlarmView[]
  /** Of the devices of the station; also while it is locked. */
  readonly notes: readonly DeviceNote[]
}

export interface SessionAnswer {
  readonly version: number
  readonly session: SessionView
}

/**
 * What a person did at a screen. `step` is the one the screen showed; `age_ms` is how long ago a keyboard-wedge scan was made when it is
 * sent. A PIN is checked and forgotten: no session, register or log ever holds it.
 */
export type ScreenInput =
  | { readonly type: 'scan'; readonly text: string; readonly age_ms: number }
  | { readonly type: 'fault'; readonly code: 'line-garbled' | 'line-too-long' | 'line-cut'; readonly age_ms: number }
  | { readonly type: 'pin'; readonly step: number; readonly pin: string }
  | { readonly type: 'choose'; readonly step: number; readonly option: string; readonly text?: string }
  | { readonly type: 'command'; readonly step: number; readonly word: CommandWord }

/** A later version replaces an earlier one; an equal or earlier one is ignored. Device messages come between versions. */
export type StationMessage =
  | { readonly type: 'session'; readonly version: number; readonly session: SessionView }
  | { readonly type: 'device'; readonly device: DeviceView }
  /** Of the step that this names; of any other it says nothing. */
  | { readonly type: 'pan'; readonly step: number; readonly pan: PanView }
  /** What the screen before the rater at a counter shows is over: it looks again. Of the vote it says nothing. */
  | { readonly type: 'rating' }
  /** Something could not even be written down (the database is away, too many scans wait): shown beside the session, which stays as it is. */
  | { readonly type: 'trouble'; readonly verdict: Verdict }
