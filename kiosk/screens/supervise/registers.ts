/** What the server answers about its registers. */

import type { BothWords } from '../../notice.ts'

export interface Register {
  readonly id: string
  readonly hash: string
  readonly size: number
}

/** Something that is not as it must be. */
export interface Fault {
  readonly register: string
  /** Null when no entry can be named. */
  readonly seq: number | null
  readonly what: BothWords
}

/** How far the check of everything, which the server runs by itself, has come. */
export interface FullCheck {
  readonly state: 'waiting' | 'running' | 'done' | 'could-not-run'
  readonly begunAt: string | null
  readonly endedAt: string | null
  readonly entries: number
  readonly faults: readonly Fault[]
}

export interface ListedRegisters {
  readonly installation: string
  readonly publicKey: string
  readonly registers: readonly Register[]
  readonly check: FullCheck
}
