/** What the kiosk may import of the dashboards of rating: types alone. */
import type { Words } from '../../refusal.ts'
import type { ShownAction } from '../actions/protocol.ts'
import type { FlagKind } from '../flags/flags.ts'
import type { Level, Rate, Warning } from '../protocol.ts'

/** Days, both included: `2026-11-21`. */
export interface Days {
  readonly from: string
  readonly to: string
}

/** The overall level, or one of the questions. */
export type Question = 'overall' | (string & {})

/** Asked to rate, and how many of these did; votes that may still be cast are not in it. */
export interface Response {
  readonly asked: number
  readonly rated: number
}

export interface TrendStep extends Days {
  /** Null where no batch was counted in these days. */
  readonly satisfied: Rate | null
  /** Null where fewer were asked than a figure has at least. */
  readonly response: Response | null
}

export type Change = 'better' | 'worse' | 'no-difference'

export interface Comparison {
  readonly days: Days
  readonly satisfied: Rate | null
  /** How many days are in both: votes of these would be held against themselves. */
  readonly sharedDays: number
  /** This period less the other one, with the 95 % interval of the difference; null where one has no figure, or where days are in both. */
  readonly change: {
    readonly by: number
    readonly low: number
    readonly high: number
    readonly verdict: Change
  } | null
}

/** `high`: more bad votes than chance gives in 97.5 % (`beyond`: 99.9 %) of such numbers; `low`: fewer. */
export type FunnelPlace = 'inside' | 'high' | 'beyond' | 'low'

export interface Funnel {
  /** The share of bad votes of the hall: what everybody is held against. Null where nothing was counted. */
  readonly base: number | null
  readonly points: readonly {
    readonly id: string
    readonly name: string
    readonly bad: number
    readonly n: number
    readonly place: FunnelPlace
  }[]
  /** More bad votes than `inner` (`outer`) of `n` are outside; fewer than `lower` are. */
  readonly limits: readonly {
    readonly n: number
    readonly lower: number
    readonly inner: number
    readonly outer: number
  }[]
}

export interface Heat {
  readonly days: readonly Days[]
  /** By counter; a cell without a counted batch is null. */
  readonly rows: readonly { readonly id: string; readonly name: string; readonly cells: readonly (Rate | null)[] }[]
}

export interface WatchRule {
  readonly version: number
  readonly inOrder: number
  readonly outOfOrder: number
  /** Where yellow, orange and red begin. */
  readonly heights: readonly [number, number, number]
  /** What the heights follow from, since when, and who set it; null of the house's own, which follow from nothing that is counted. */
  readonly chosen: {
    readonly falseRedsAYear: number
    /** One for each clerk and question, as many as there were then. */
    readonly charts: number
    readonly votesAMonth: number
    /** Of one chart in order, between two false reds. */
    readonly votesBetween: number
    readonly from: string
    readonly by: { readonly id: string; readonly name: string }
  } | null
}

export interface Watch {
  /** That of the last day looked at. */
  readonly rule: WatchRule
  /** What holds from a later day on; null where nothing other does. */
  readonly next: WatchRule | null
  readonly clerks: readonly {
    readonly id: string
    readonly name: string
    readonly warning: Warning
    /** How rarely so many bad votes come by chance where all is in order; null without a warning. */
    readonly chance: number | null
    /** After each batch of the period; it began before it. */
    readonly path: readonly { readonly day: string; readonly n: number; readonly height: number }[]
  }[]
}

/** `silent`: more let their vote go by than elsewhere; `eager`: fewer. `hurried`: served faster than anybody can. `still`: no vote at all. `outside`: served while
 * the hall was closed. */
/** Of sums, or a flag that was set when votes came in. */
export type SignalKind = 'silent' | 'eager' | 'hurried' | 'still' | 'outside' | FlagKind

export interface Signal {
  readonly kind: SignalKind
  readonly about: 'clerk' | 'counter'
  readonly id: string
  readonly name: string
  readonly count: number
  readonly of: number
  /** How many it would be if it were as everywhere else; null where the signal is no comparison. */
  readonly expected: number | null
  readonly chance: number | null
}

/** A rule that was met: what it proposes, a person decides. */
export interface Proposal {
  readonly rule: string
  readonly version: number
  readonly action: Words
  readonly why: Words
  readonly clerk: { readonly id: string; readonly name: string }
  readonly satisfied: Rate
  /** Whether somebody has decided on it, or is about to: see `actions`. */
  readonly decided: boolean
}

/** `GET /api/rating/dashboard`. */
export interface Dashboard {
  readonly hall: { readonly id: string; readonly name: string }
  readonly days: Days
  readonly question: Question
  readonly questions: readonly { readonly id: Question; readonly words: Words }[]
  /** What 满意 means here. */
  readonly means: Words
  /** Fewer than this are never shown as a figure. */
  readonly least: number
  readonly levels: Readonly<Record<Level, number>> | null
  readonly satisfied: Rate | null
  readonly response: Response | null
  readonly trend: readonly TrendStep[]
  readonly comparison: Comparison
  readonly funnel: Funnel
  readonly heat: Heat
  readonly watch: Watch
  readonly signals: readonly Signal[]
  readonly proposals: readonly Proposal[]
  /** What was decided about proposals of any days, the latest first. */
  readonly actions: readonly ShownAction[]
}
