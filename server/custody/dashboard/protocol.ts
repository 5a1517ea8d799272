import type { Words } from '../../refusal.ts'
import type { KeptOpenGround } from '../disposal/words.ts'
import type { IncidentKind } from '../axes.ts'
import type { Category } from '../categories.ts'

/** How many things are of one category at one place; `store/<id>` where a store keeps them, else how they are kept. */
export interface StockCount {
  readonly category: Category
  readonly place: string
  readonly items: number
}

/** One local day, `2026-11-21`, and how many things came into a store on it and left one. */
export interface DayCount {
  readonly day: string
  readonly in: number
  readonly out: number
}

/** Seven local days that end with `to`. */
export interface WeekCount {
  readonly from: string
  readonly to: string
  readonly in: number
  readonly out: number
  /** In store when the week ended, or now. */
  readonly stock: number
  readonly incidents: number
  readonly alarms: number
}

/** How long ago something was due, or begun. */
export interface AgeCount<Age extends string> {
  readonly age: Age
  readonly count: number
}

export type LoanAge = 'due' | 'days-1' | 'days-4' | 'days-8' | 'days-31'
export type CaseAge = 'days-0' | 'days-30' | 'days-90' | 'days-180'

/** `GET /api/dashboard`: as far as it is in sight. */
export interface Dashboard {
  readonly places: readonly { readonly place: string; readonly name: Words }[]
  readonly stock: readonly StockCount[]
  /** The last four weeks, oldest first. */
  readonly days: readonly DayCount[]
  /** The last twelve weeks, oldest first. */
  readonly weeks: readonly WeekCount[]
  /** Things that are lent, by how long they are late; `due` are those that are not. */
  readonly loans: readonly AgeCount<LoanAge>[]
  readonly incidents: readonly { readonly kind: IncidentKind; readonly words: Words; readonly count: number }[]
  /** Things that lawfully stay open although their case is closed, by ground (rules X-19). */
  readonly exceptions: readonly { readonly ground: KeptOpenGround; readonly words: Words; readonly count: number }[]
  /** That nobody has acknowledged. */
  readonly alarms: readonly { readonly store: string; readonly name: string; readonly count: number }[]
  /** Cases that are not closed, by how long ago they were opened. */
  readonly cases: readonly AgeCount<CaseAge>[]
}
