/**
 * From when to when somebody held an item: `unit/<id>`, `store/<id>` or `person/<id>`; `outside/<how>` for who has it once it has left
 * custody for good, whom no register names. `to` is null for the present holder.
 */
export type Holding = { readonly who: string; readonly from: string; readonly to: string | null }

/** Ends the present holding and starts the next at the same moment: no gap, no overlap. */
export function passedTo(holdings: readonly Holding[], who: string, at: string): Holding[] {
  return [...holdings.map((one) => (one.to === null ? { ...one, to: at } : one)), { who, from: at, to: null }]
}
