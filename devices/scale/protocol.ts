import type { Framer } from '../framing.ts'

/** What is asked: the weight at this moment, set to zero, take the tare. */
export type ScaleCommand = 'weight' | 'zero' | 'tare'

/** An answer, by the command that it answers; what a protocol cannot say, its scales never say. */
export type ScaleAnswer =
  | { readonly to: 'weight' | 'tare'; readonly kind: 'weight'; readonly stable: boolean; readonly weight_mg: number }
  | { readonly to: 'zero'; readonly kind: 'done' }
  | { readonly to: ScaleCommand; readonly kind: 'not-now' | 'overload' | 'underload' }
  /** Sent by itself after switching on, and as the answer to a reset. */
  | { readonly to: 'start'; readonly kind: 'serial-number'; readonly serial: string }

/** What one family of scales speaks; the asking and the settling are the same for all. */
export interface ScaleProtocol {
  readonly framer: () => Framer<ScaleAnswer>
  /** Null where the scale takes no such command. */
  commandBytes(command: ScaleCommand): Uint8Array | null
  /** The scale sends its weight all the time, asked or not. */
  readonly streams: boolean
  /** Zero and tare are answered; otherwise a weight of zero is the only sign of them. */
  readonly acknowledges: boolean
  /**
   * How many weights at rest must be equal in a row to be one: two where nothing in a line would show that a digit was lost, or where the
   * first may have been on its way before anyone asked.
   */
  readonly agreeing: 1 | 2
}
