/** What the kiosk may import of papers filled in by hand: types alone. */
import type { ShownQuestionnaire } from '../protocol.ts'
import type { BoxStage } from '../boxes/protocol.ts'

export type { PaperSheet } from './schemas.ts'

/** Of those of every box, and `withdrawn`: it was typed in no further, and no sheet of it is a vote. */
export type PaperBoxStage = BoxStage | 'withdrawn'

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
  readonly stage: PaperBoxStage
  readonly openedBy: string
  readonly openedAt: string
  readonly typists: readonly Named[]
  readonly enteredBy: readonly string[]
  readonly decidedBy: string | null
  /** Who took it back and why; null where nobody has. The reason is null where it was erased. */
  readonly withdrawn: { readonly by: string; readonly at: string; readonly reason: string | null } | null
  /** Whether the one who asks may take it back. */
  readonly mayWithdraw: boolean
  /** Numbers of the sheets that two have read differently; for who may look at them. */
  readonly differ: readonly number[]
  /** What the one who asks may do with it next. */
  readonly next: 'enter' | 'decide' | null
  /** Whom each sheet judges, and what it asks of each. */
  readonly departments: readonly Named[]
  readonly questionnaire: ShownQuestionnaire
}
