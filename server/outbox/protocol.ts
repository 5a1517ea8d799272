import type { Named } from '../names.ts'
import type { Channel, MessageState } from './outbox.ts'

export type { Channel, MessageState } from './outbox.ts'

/** A message as the system administrator sees it: how far it came; what it is about is not in it. */
export interface ShownMessage {
  readonly id: string
  readonly to: Named
  readonly channel: Channel
  readonly count: number
  readonly trial: boolean
  readonly state: MessageState
  /** Tries so far. */
  readonly attempts: number
  readonly madeAt: string
  readonly triedAt: string | null
  /** When it is tried next; null when it is not. */
  readonly nextAt: string | null
  /** What the other side said last. */
  readonly words: string | null
}

export interface ShownChannel {
  readonly channel: Channel
  readonly on: boolean
  /** The host it goes through; null while it is off. */
  readonly through: string | null
  readonly waiting: number
  readonly failed: number
  readonly delivered: number
  readonly givenUp: number
}

export interface ShownOutbox {
  readonly channels: readonly ShownChannel[]
  /** People who were called and gave no address that is on. */
  readonly unheard: number
}

/** One's own addresses. */
export type OwnAddresses = Readonly<Record<Channel, string | null>> & {
  /** Channels that are on. */
  readonly on: readonly Channel[]
}
