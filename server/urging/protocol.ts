import type { Named } from '../names.ts'
import type { UrgingMethod, UrgingReason, UrgingState } from './urging.ts'

export type { UrgeDeed, UrgingMethod, UrgingReason, UrgingState } from './urging.ts'

/** Words that were said, by whom and when; null once they were lawfully erased. */
export interface Said {
  readonly by: Named
  readonly at: string
  readonly text: string | null
}

/** A notice as whoever may see it reads it. */
export interface ShownUrging {
  readonly id: string
  readonly number: string
  readonly about: { readonly kind: 'case' | 'item' | 'clock'; readonly id: string }
  readonly unit: Named
  readonly person: Named | null
  readonly reason: UrgingReason
  readonly method: UrgingMethod
  readonly state: UrgingState
  readonly issued: Said
  readonly approver: Named
  readonly dueAt: string
  readonly overdue: boolean
  readonly answers: readonly (Said & { readonly judged: (Said & { readonly accepted: boolean }) | null })[]
  readonly withdrawn: Said | null
  readonly mayAnswer: boolean
  readonly mayJudge: boolean
  readonly mayWithdraw: boolean
}
