/** What the kiosk may import of decisions on what thresholds propose: types alone. */
import type { Words } from '../../refusal.ts'
import type { Rate } from '../protocol.ts'
import type { ActionStatus, ActionStep } from './action.ts'

export type { ActionStatus, ActionStep } from './action.ts'

/** One of a dashboard's `actions`. */
export interface ShownAction {
  readonly id: string
  readonly rule: string
  readonly version: number
  /** What was proposed. */
  readonly action: Words
  readonly clerk: { readonly id: string; readonly name: string }
  readonly from: string
  readonly to: string
  /** As it was counted when it was decided. */
  readonly satisfied: Rate
  readonly adopt: boolean
  readonly status: ActionStatus
  /** Until when what was adopted is carried out; null where there is no such term. */
  readonly dueAt: string | null
  readonly steps: readonly {
    readonly step: ActionStep
    readonly by: { readonly id: string; readonly name: string }
    readonly at: string
    /** Null where it was erased. */
    readonly note: string | null
  }[]
}
