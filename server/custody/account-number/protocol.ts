/** One of `GET /api/cases/{number}/account-numbers`: a thing whose whole number the reader may open with a reason. */
export interface OpenableNumber {
  readonly code: string
  readonly name: string
  /** By which it was taken. */
  readonly notice: string
  /** As it is masked; null where it was lawfully erased. */
  readonly number: string | null
  /** So long papers that he looks at show it whole; null before he said why. */
  readonly until: string | null
}

/** What `GET /api/cases/{number}/account-numbers` answers; `minutes`: how long a number stays open after a reason. */
export interface OpenableNumbers {
  readonly minutes: number
  readonly items: readonly OpenableNumber[]
}
