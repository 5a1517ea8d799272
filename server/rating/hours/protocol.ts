/** What the kiosk may import of a hall’s hours and of its clerks’ photos: types alone. */
export type { HallStanding, OpenSpan } from './hours.ts'
import type { OpenSpan } from './hours.ts'

/** `GET /api/rating/halls/{hall}`. */
export interface HallSettings {
  readonly hall: { readonly id: string; readonly name: string }
  /** Monday first; null where the hall gave no hours and is always open. */
  readonly week: readonly (readonly OpenSpan[])[] | null
  /** When silence at a counter is told: minutes without a sign, services without a vote. */
  readonly silence: { readonly minutes: number; readonly services: number }
  readonly clerks: readonly {
    readonly id: string
    readonly name: string
    readonly portrait: { readonly photo: string; readonly agreed: boolean } | null
  }[]
}
