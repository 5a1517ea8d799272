import type { Told } from '../reading.ts'
import { type PressContent, RatingPress } from './press.ts'
import type { KeypadProfile } from './profile.ts'

export type ClerkKey = 'call' | 'recall' | 'wait' | 'cancel' | 'function' | 'transfer' | 'unknown'

/** What a clerk typed on the caller: the digits, then the key that ends them. */
export interface ClerkPress {
  readonly kind: 'clerk-key'
  readonly key: ClerkKey
  readonly digits: string
}

/** What a clerk's pad shows, where the counter has one. */
export type ClerkSignal = 'done' | 'failed' | 'alarm'

/** What a keypad driver tells beside its faults. Nothing of a rater's press is in any reading. */
export interface KeypadOutlet {
  clerk(raw: Uint8Array, press: ClerkPress): void
  /** The clerk asks the rater. */
  clerkAsks(raw: Uint8Array): void
  pressed(press: RatingPress): void
  /** The device says that nobody pressed. */
  saidNone(): void
}

/** What a keypad can be told. Nothing here rejects: a fault says why it was not done, `unable` that this kind has no such thing. */
export interface Keypad {
  /** Fetches presses that the pad still holds from before, so that none of them answers the next question. */
  clear(): Promise<void>
  /** Lets the pad ask the rater. */
  ask(): Promise<Told>
  /** The round is over, rated or not: the pad goes back to rest. */
  rest(): void
  /** Shows something on the clerk's pad; never anything about a press. */
  signal(signal: ClerkSignal): Promise<Told>
  /** Shows how many stars the clerk has, 0 to 5. */
  stars(count: 0 | 1 | 2 | 3 | 4 | 5): Promise<Told>
}

/** A key as its profile reads it: the press, or null where the device says that nobody pressed. */
export function readKey({ name, version, keys }: KeypadProfile, key: string): RatingPress | null {
  const meaning = Object.hasOwn(keys, key) ? keys[key] : undefined
  const content: PressContent = { key, level: null, reason: null, profile: name, profileVersion: version }
  if (meaning === undefined) return new RatingPress(content)
  if ('none' in meaning) return null
  if ('reason' in meaning) return new RatingPress({ ...content, reason: meaning.reason })
  return new RatingPress({ ...content, level: meaning.level as 1 | 2 | 3 | 4 | 5 })
}
