/** What the kiosk may import of papers filled in by hand: types alone. */
import type { ShownQuestionnaire } from '../protocol.ts'
import type { BoxStage } from '../boxes/protocol.ts'

export type { PaperSheet } from './schemas.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** One of `GET /api/rating/paper-boxes`. Nothing of what a sheet says. */
export interface ShownPaperBox {
  readonly id: string
  readonly campaign: { readonly id: string; readonly title: string }
  /** The group of voters. */
  readonly group: string
  readonly sheets: number
  readonly stage: BoxStage
  readonly openedBy: string
  readonly openedAt: string
  readonly typists: readonly Named[]
  readonly enteredBy: readonly string[]
  readonly decidedBy: string | null
  /** Numbers of the sheets that two have read differently; for who may look at them. */
  readonly differ: readonly number[]
  /** What the one who asks may do with it next. */
  readonly next: 'enter' | 'decide' | null
  /** Whom each sheet judges, and what it asks of each. */
  readonly departments: readonly Named[]
  readonly questionnaire: ShownQuestionnaire
}
