/** An empty pan may read this much: two divisions of a scale that reads to a hundredth of a gram. Nothing that is kept weighs less. */
const EMPTY_MG = 20
/** The same load reads the same but for this much, or but for this part of it, whichever is more; never but for half of it. */
const DRIFT_MG = 1_000
const DRIFT_PART = 0.01
const MOST_PART = 0.5

/** A little below zero counts as empty too. */
export function isEmptyPan(weight_mg: number): boolean {
  return Math.abs(weight_mg) <= EMPTY_MG
}

/** Whether this weight may be what was taken before and has not been taken off. What is near it counts as the same: hands then lift it once more. */
export function maybeStillOn(load: { readonly weight_mg: number }, weight_mg: number): boolean {
  const drift_mg = Math.min(load.weight_mg * MOST_PART, Math.max(DRIFT_MG, load.weight_mg * DRIFT_PART))
  return Math.abs(weight_mg - load.weight_mg) <= drift_mg
}
