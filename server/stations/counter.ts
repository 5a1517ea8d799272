import type { FarVote, SealedPress } from '../../devices/ballot/sealed-press.ts'
import type { KeypadEvent } from '../../devices/keypad/counters.ts'
import type { PressAttempt } from '../../devices/keypad/held-key.ts'
import type { ClerkSignal } from '../../devices/keypad/keypad.ts'
import type { StationConfig } from '../../devices/reading.ts'
import type { Trx } from '../database/connect.ts'
import type { LedgerHint } from '../hub.ts'
import type { Refusal } from '../refusal.ts'

export type CounterStation = Pick<StationConfig, 'id' | 'place'>

/** A counter as one agent knows it, some of whose pads hang on that agent's PC. */
export interface FarPlace {
  readonly agent: string
  readonly station: string
}

/** What a module may do with the pads of a counter. */
export interface CounterPads {
  /** Whether this process drives the counter, and it has pads: here, or behind agents that are asked from here. */
  hasPads(station: string): boolean
  /** Puts the question to the rater at all pads; behind an agent with the vote as `voteFor` gives it to that agent. Never rejects for a pad. */
  ask(station: string, voteFor: (agent: string) => FarVote): Promise<void>
  /** Takes an open question at the pads here back. */
  withdraw(station: string): void
  /** Shows the clerk what became of his own key on a pad here; never anything about a press. */
  signal(station: string, signal: ClerkSignal): void
}

/** What a module makes of what happens at counters. */
export interface CounterHands {
  /**
   * What clerk and rater do on the pads. A press in it is sealed by whoever takes it, here, before anything else sees it: this neither returns before
   * it has let go of a press in clear, nor ever throws. Of a press that counts it resolves when the vote is kept, or cannot be; never rejects.
   */
  take(station: CounterStation, event: KeypadEvent): Promise<void> | void
  /** A clerk's question on a pad behind this agent: the vote that may be taken there, or null where there is none. */
  asked(station: CounterStation, agent: string, event: string): Promise<FarVote | null>
  /** On pads behind an agent: so many presses that nothing had asked for, or questions at which the key was held down. */
  attempted(station: CounterStation, attempt: PressAttempt, times: number): void
  /**
   * Takes a ballot that an agent sealed, once, with `takeDown` in the same transaction; why not, where it is not taken: then nothing was written.
   * @throws whatever `takeDown` throws, and what a database that is away throws
   */
  cast(from: FarPlace, ballot: SealedPress, takeDown: (trx: Trx) => Promise<void>): Promise<Refusal | null>
  /** A register has grown. */
  heard(hint: LedgerHint): void
  /** Resolves when what was taken is written. */
  close(): Promise<void>
}

export type CounterWatch = (pads: CounterPads) => CounterHands
