/** What the kiosk may import of sign-ons at counters: types alone. */
interface Named {
  readonly id: string
  readonly name: string
}

/** Who was signed on at a counter, from when to when; `until` is null where he still is. */
export interface ShownSignOn {
  readonly counter: Named
  readonly clerk: Named
  readonly from: string
  readonly until: string | null
  /** How many services of the day stand under him there. */
  readonly services: number
}

/** Another sat there than was signed on; the counts stand as they were. */
export interface ShownSignOnCorrection {
  readonly id: string
  readonly counter: Named
  readonly from: string
  readonly until: string
  readonly recorded: Named
  readonly clerk: Named
  readonly services: number
  /** Null where it was erased. */
  readonly reason: string | null
  readonly by: Named
  readonly at: string
}
