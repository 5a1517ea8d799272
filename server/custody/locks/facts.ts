/** Locks of a store that are opened by two (rules W-10); they stand in the store's register. */
export type LockFacts = {
  /** About `opening/<id>`: those who may have shown badge and PIN, and the lock is to be opened; who, the entry says. */
  readonly 'custody.lock-ordered': {
    readonly store: string
    /** The station whose board it is. */
    readonly board: string
    readonly device: string
    readonly lock: number
    /** When the first of them gave his PIN. */
    readonly firstAt: string
    /** How many had to sign, and within how many seconds, by the rule of that day. */
    readonly openers: number
    readonly seconds: number
  }
  /** What the board said; `refused`: nothing was sent to it. */
  readonly 'custody.lock-settled': { readonly outcome: 'unlocked' | 'refused' | 'locked' | 'unknown' }
}
