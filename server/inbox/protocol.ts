import type { Words } from '../refusal.ts'

export const WORK_KINDS = [
  'deadline',
  'approval',
  'incident',
  'notice',
  'rule-change',
  'conflict',
  'alarm',
  'account',
  'disposal',
  'disposal-again',
  'complaint',
  'intake',
  'appraisal',
  'transit',
  'cash-count',
  'leak',
  'urging',
  'follow-up',
  'rating-decision',
  'paper-box',
  'stocktake',
  'search',
  'retention',
  'reconciliation',
  'release',
  'exception',
  'silence',
] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/** How much it presses: the colour of its last warning, while it is not late. `waiting` has had none. */
export const WORK_LEVELS = ['overdue', 'red', 'orange', 'yellow', 'waiting'] as const
export type WorkLevel = (typeof WORK_LEVELS)[number]

/** One line of a person's list: what waits, until when, and where it is dealt with. */
export interface WorkItem {
  readonly kind: WorkKind
  /** Of one kind, and told apart from the others by it. */
  readonly id: string
  /** The moment by which the list is in order: when it is due, or since when it waits. */
  readonly by: string
  readonly dueAt: string | null
  readonly level: WorkLevel
  readonly what: Words
  /** Case number, loan or item; null where there is none. */
  readonly about: string | null
  /** The first items it is about, where `about` says none of them; the name is null for whoever may not see it. */
  readonly items?: readonly { readonly code: string; readonly name: string | null }[]
  /** The address of the screen. */
  readonly path: string
}

export interface WorkPage {
  readonly work: readonly WorkItem[]
  readonly after: string | null
}
