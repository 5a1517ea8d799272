/** What the kiosk may import of rating: types alone. */
import type { Level } from '../../devices/ballot/ballot.ts'
import type { Words } from '../refusal.ts'
import type { HallStanding } from './hours/hours.ts'
import type { AppealGround } from './rating.ts'

export type { Level } from '../../devices/ballot/ballot.ts'
export type { Warning } from './statistics.ts'

/** `GET /api/rating/questionnaire`. */
export interface ShownQuestionnaire {
  /** Name and version, as ballots name it. */
  readonly id: string
  /** What is rated: a service, or the answer that who was served was given since. */
  readonly about: 'service' | 'answer'
  readonly levels: readonly { readonly level: Level; readonly words: Words }[]
  readonly questions: readonly { readonly id: string; readonly words: Words }[]
  readonly reasons: readonly { readonly id: string; readonly levels: readonly Level[]; readonly words: Words }[]
  readonly wordsMax: number
  readonly asksWords: boolean
  /** Whether a rater may leave how to reach him, apart from his vote. */
  readonly asksContact: boolean
}

/** `GET /api/rating/key`: to what a ballot is sealed. */
export interface ShownKey {
  readonly id: string
  /** Base64 of the 32 bytes. */
  readonly publicKey: string
}

/** `GET /api/stations/{id}/rating`: what the screen before the rater shows; never what anybody has voted. */
export interface CounterScreen {
  readonly counter: { readonly id: string; readonly name: string; readonly hall: string }
  /** Null while nobody is signed on. */
  readonly clerk: {
    readonly name: string
    readonly number: string
    /** Of his photo; null where he has none, or did not agree that it is shown. */
    readonly portrait: string | null
  } | null
  /** When the hall is open; null where it gave no hours. */
  readonly hours: HallStanding | null
  /** What is asked here next: name and version. */
  readonly questionnaire: string
  /** The vote that is offered here now; null when there is none, or it was used. */
  readonly vote: {
    readonly token: string
    readonly expiresAt: string
    readonly left_ms: number
    readonly questionnaire: string
  } | null
}

/** `GET /api/rating/counters/{counter}`: the clerk's console. It says what was offered, never whether it was used. */
export interface CounterConsole {
  readonly id: string
  readonly name: string
  readonly hall: { readonly id: string; readonly name: string }
  readonly clerk: { readonly id: string; readonly name: string } | null
  /** The photo of who is signed on; null where there is none. */
  readonly portrait: { readonly photo: string; readonly agreed: boolean } | null
  readonly matters: readonly { readonly id: string; readonly name: string }[]
  /** Whether ballots can be sealed: the tally has published a key. */
  readonly ready: boolean
  readonly service: {
    readonly id: string
    readonly number: string | null
    readonly matter: string
    readonly openedAt: string
    /** Numbers of what the same person has done besides, under the same one rating. */
    readonly further: readonly (string | null)[]
    /** Until when its vote may be cast; null as long as it was not offered. */
    readonly offeredUntil: string | null
  } | null
}

/** A rate with all that belongs to it. */
export interface Rate {
  readonly good: number
  readonly n: number
  readonly low: number
  readonly high: number
}

/** Of one clerk, counter, matter or hall. Figures of votes are of whole batches of ten or more, null where none was counted. */
export interface SummaryRow {
  readonly id: string
  readonly name: string
  readonly issued: number
  /** Nobody voted in time: 未评价. Never a good vote. */
  readonly unrated: number
  /** Cast and not counted yet. */
  readonly waiting: number
  readonly counted: number
  readonly overall: Readonly<Record<Level, number>> | null
  readonly satisfied: Rate | null
  /** Of batches in which both are ten or more: votes that came oddly, and the others. Every vote is in `satisfied` as well. Null where there is none. */
  readonly apart: { readonly flagged: Rate; readonly plain: Rate; readonly alike: number } | null
  /** By question; an id stands for one wording, whatever the version. */
  readonly answers: readonly {
    readonly id: string
    readonly words: Words
    readonly n: number
    readonly satisfied: Rate
  }[]
  readonly warning: 'none' | 'yellow' | 'orange' | 'red'
  /** How rarely so many bad votes come by chance where all is in order; null without a warning. */
  readonly chance: number | null
}

export type SummaryBy = 'clerk' | 'counter' | 'matter' | 'hall'

/** The last signed statement of the tally. */
export interface ShownAccount {
  readonly day: string
  readonly issued: number
  readonly used: number
  readonly expired: number
  readonly open: number
  readonly counted: number
  readonly waiting: number
  readonly balanced: boolean
}

/** `GET /api/rating/summary`. */
export interface Summary {
  readonly rows: readonly SummaryRow[]
  /** What was left of versions that are asked no more: of nobody in particular, in the total alone. Null where there is none. */
  readonly rest: SummaryRow | null
  readonly total: SummaryRow
  /** What 满意 means here. */
  readonly means: Words
  /** Fewer ballots than this are never counted. */
  readonly least: number
  readonly account: ShownAccount | null
  readonly after: string | null
}

/** One of `GET /api/rating/follow-ups`. */
export interface ShownFollowUp {
  readonly id: string
  readonly hall: string
  readonly counter: string
  readonly counterName: string
  readonly clerk: { readonly id: string; readonly name: string }
  readonly handler: { readonly id: string; readonly name: string } | null
  readonly askedAt: string
  readonly status: 'new' | 'assigned' | 'called' | 'verified' | 'settled' | 'appealed' | 'fed-back' | 'closed'
  readonly reached: boolean | null
  readonly settlement: 'rectified' | 'by-date' | 'explained' | null
  readonly excluded: boolean
  /** A counter is looked into, since votes that were counted there were bad; nobody left a contact. */
  readonly anonymous: boolean
  /** Which figures: so many bad ones of so many that were counted together on this day. Null for the rated clerk, and where a rater wants an answer. */
  readonly batch: { readonly day: string; readonly bad: number; readonly counted: number } | null
  /** Until when the rater may rate the answer; null as long as nobody asked him. Whether he did is told to nobody. */
  readonly fixUntil: string | null
  /** What the rater wrote; null for the rated clerk, and where it was erased. */
  readonly words: string | null
  /** Until when it is to be closed; null until the clocks have taken it in. */
  readonly deadline: {
    /** What a request for more time names. */
    readonly clock: string
    readonly dueAt: string
    readonly endedAt: string | null
    readonly basis: string
    /** Whether whoever looks may ask for more time now. */
    readonly extendable: boolean
    /** Requests for more time, the latest last; reasons and opinions are null for the rated clerk, and where they were erased. */
    readonly extensions: readonly {
      readonly askedBy: string
      readonly askedAt: string
      readonly reason: string | null
      readonly state: 'asked' | 'granted' | 'refused' | 'withdrawn' | 'lapsed'
      readonly decidedBy: string | null
      readonly decidedAt: string | null
      readonly opinion: string | null
    }[]
  } | null
  readonly notes: readonly {
    readonly step: string
    readonly by: string
    readonly at: string
    readonly note: string | null
    /** Of an appeal: on what ground, and what proves it. */
    readonly ground: AppealGround | null
    readonly evidence: string | null
  }[]
}
