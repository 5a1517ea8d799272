/** What the kiosk may import of ratings on paper: types alone. */
export type { NumberedSheet, Sheet } from './schemas.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** `first`, `second`: to be typed in for the first or second time; `differs`: a third person has to look. */
export type BoxStage = 'first' | 'second' | 'differs' | 'sealed'

/** One of `GET /api/rating/boxes`. Nothing of what a sheet says. */
export interface ShownBox {
  readonly id: string
  readonly counter: Named
  readonly clerk: Named
  readonly from: string
  readonly to: string
  readonly sheets: number
  /** What its sheets were printed to ask. */
  readonly questionnaire: string
  readonly openedBy: string
  readonly openedAt: string
  readonly stage: BoxStage
  readonly enteredBy: readonly string[]
  readonly decidedBy: string | null
  /** Numbers of the sheets that two have read differently; for who may decide about them. */
  readonly differ: readonly number[]
  /** What the one who asks may do with it next. */
  readonly next: 'enter' | 'decide' | null
}
