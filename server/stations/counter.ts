import type { Asked, KeypadEvent } from '../../devices/keypad/counters.ts'
import type { ClerkSignal } from '../../devices/keypad/keypad.ts'
import type { StationConfig } from '../../devices/reading.ts'
import type { LedgerHint } from '../hub.ts'

export type CounterStation = Pick<StationConfig, 'id' | 'place'>

/** What a module may do with the pads of a counter. */
export interface CounterPads {
  /** Whether this process drives pads there. */
  hasPads(station: string): boolean
  /** Puts the question to the rater; null where nobody drives a pad there. */
  ask(station: string): Promise<Asked | null>
  /** Takes an open question back. */
  withdraw(station: string): void
  /** Shows the clerk what became of his own key; never anything about a press. */
  signal(station: string, signal: ClerkSignal): void
}

/** What a module makes of what happens at counters. Neither returns before it has let go of a press in clear, nor ever rejects. */
export interface CounterHands {
  /** What clerk and rater do on the pads. A press in it is sealed by whoever takes it, here, before anything else sees it. */
  take(station: CounterStation, event: KeypadEvent): void
  /** A register has grown. */
  heard(hint: LedgerHint): void
  /** Resolves when what was taken is written. */
  close(): Promise<void>
}

export type CounterWatch = (pads: CounterPads) => CounterHands
