import type { DeviceKind, Fault } from '../../devices/reading.ts'
import type { Trx } from '../database/connect.ts'
import type { CommandWord } from './protocol.ts'
import type { Say } from './say.ts'
import type { Sight } from './sights.ts'
import type { SweptTag } from './sweeps.ts'

/** What came in, from a device or a screen. */
export type Content =
  | { readonly kind: 'scan'; readonly text: string; readonly sight: Sight }
  | { readonly kind: 'badge'; readonly badge: string; readonly sight: Sight }
  /** One tag of ours lies clearly before a reader. */
  | { readonly kind: 'tag'; readonly epc: string }
  | { readonly kind: 'several-tags' }
  /** What a hand-held reader has heard for that sweep. */
  | { readonly kind: 'tags'; readonly question: string; readonly seen: readonly SweptTag[] }
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly raw: Uint8Array }
  /** The scale still holds what was weighed before the item in hand. */
  | { readonly kind: 'pan-occupied'; readonly weight_mg: number }
  | { readonly kind: 'fault'; readonly deviceKind: DeviceKind; readonly fault: Pick<Fault, 'code'> }
  /** What became of something that the register had a device do after the step that asked for it. */
  | { readonly kind: 'told'; readonly say: Say }
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'choose'; readonly option: string; readonly text: string | null }
  | { readonly kind: 'command'; readonly word: CommandWord }

export interface Arriving {
  /** The reading's id, or the key of a screen's input: handled once, however often it comes. */
  readonly id: string
  /** The device, or the screen. */
  readonly by: string
  /** When it was made, RFC 3339 UTC. */
  readonly at: string
  /** The step it was made for; null when its maker could not say. */
  readonly step: number | null
  /** What a screen sent, hashed without its PIN; null from a device, whose ids are never given twice. */
  readonly fingerprint: Buffer | null
  readonly content: Content
  /** Runs in the transaction of the effect, before it; what it throws undoes both. What the sender has to know was taken. */
  readonly takeDown?: (trx: Trx) => Promise<void>
}
