import type { Sealed } from '../../module.ts'

/** Where at the door a tag was seen first. */
export type DoorSide = 'inner' | 'outer'

/** What became of what was seen at a door: it went out, came in, or turned round. */
export type PassingOutcome = 'out' | 'in' | 'turned'

/** What a store's door sees that no paper accounts for (rules W-11). */
export type DoorFacts = {
  /** store of the door, `alarm/<uuid>`: the tag of an item that lies in store was seen at the door. */
  'custody.door-alarmed': {
    readonly store: string
    readonly item: string
    readonly case: string
    readonly epc: string
    readonly side: DoorSide
  }
  /** store of the door, `alarm/<uuid>`: the tag is gone from the door. `sure` when first and last sight agree on the direction. */
  'custody.door-passed': { readonly outcome: PassingOutcome; readonly sure: boolean }
  /** store of the door, `alarm/<uuid>`: somebody has looked where the item is, and says why it was seen. */
  'custody.door-acknowledged': { readonly reason: Sealed }
  /** store where the item lies, `item/<code>`: the same sight, in the life of the item. */
  'custody.seen-at-door': { readonly alarm: string; readonly store: string }
}
