/** What the kiosk may import of uploads: types alone. */
import type { MessageState } from '../../outbox/outbox.ts'

/** `GET /api/upload`. */
export interface ShownUpload {
  /** Where to; null where nothing is uploaded. */
  readonly url: string | null
  /** Whether there is a secret to sign with; without one nothing is sent. */
  readonly secret: boolean
  readonly uploads: readonly {
    readonly id: string
    readonly hall: { readonly id: string; readonly name: string }
    readonly year: number
    readonly counted: number
    readonly state: MessageState
    readonly attempts: number
    readonly madeAt: string
    readonly triedAt: string | null
    readonly nextAt: string | null
    /** What the other side said. */
    readonly words: string | null
  }[]
  readonly after: string | null
}
