import type { Forecast } from './disk.ts'

/** `GET /api/ready`, as far as screens show it. */
export interface ShownReadiness {
  readonly ready: boolean
  /** In both languages, `zh / en`. */
  readonly reasons: readonly string[]
  readonly warnings: readonly string[]
  /** Null for who is neither supervisor nor administrator, and before the first look. */
  readonly disk: Forecast | null
}
