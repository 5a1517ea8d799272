/** A weight in milligrams as a person reads it, without superfluous zeros: `100.25 g`. */
export function gramsOf(weight_mg: number): string {
  return `${(weight_mg / 1_000).toFixed(3).replace(/\.?0+$/, '')} g`
}
