/** What the kiosk may import of rankings: types alone. */
import type { Words } from '../../refusal.ts'
import type { Correction, Ranking } from './ranking.ts'

export type { Correction } from './ranking.ts'

interface Person {
  readonly id: string
  readonly name: string
}

/** One of `GET /api/rating/rankings`. */
export interface ShownRanking {
  readonly id: string
  readonly hall: { readonly id: string; readonly name: string }
  readonly from: string
  readonly to: string
  readonly status: Ranking['status']
  readonly frozen: { readonly by: Person; readonly at: string }
  readonly decided: { readonly by: Person; readonly at: string } | null
  /** Which one it takes the place of, of which days, and why. */
  readonly corrects: {
    readonly ranking: string
    readonly why: Correction
    readonly from: string
    readonly to: string
  } | null
  readonly replacedBy: string | null
  /** Of a published one: until when it may be corrected, and by whom; null where no period was set. */
  readonly correctable: { readonly until: string; readonly who: Words } | null
  readonly rule: number
  readonly rankedFrom: number
  /** What 满意 means here. */
  readonly means: Words
  readonly lines: readonly {
    readonly clerk: Person
    readonly good: number
    readonly n: number
    readonly low: number
    readonly high: number
    /** Null for too few votes. */
    readonly place: number | null
  }[]
}
