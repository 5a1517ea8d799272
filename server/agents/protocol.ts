import type { Words } from '../refusal.ts'
import type { AgentFaultCode } from './records.ts'

/** An agent as screens are shown it. */
export interface AgentRow {
  readonly name: string
  /** `invited`: its code is out and nobody has come with it. */
  readonly state: 'invited' | 'joined' | 'away' | 'revoked'
  readonly joinedAt: string | null
  readonly heardAt: string | null
  /**
   * Readings in its journal that are not here, and since when the oldest of them waits by the agent's clock. Null where they are not for the
   * asker: by them a clerk would see whether somebody has voted.
   */
  readonly backlog: number | null
  readonly oldestAt: string | null
  /** Its clock less the server's, when it last joined. */
  readonly clockOffset_ms: number | null
  /** The last number that came; null where it is not for the asker. */
  readonly records: number | null
  /** What is wrong with its journal: `journal-full`, `journal-broken`, `journal-cut` …; null when nothing is. */
  readonly fault: string | null
  readonly faults: readonly {
    readonly at: string
    readonly code: AgentFaultCode
    readonly n: number
    readonly detail: Words
  }[]
}
