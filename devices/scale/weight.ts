/** Milligrams in one unit: `mg` with that many of its digits behind the point. By definition exact (pound of 1959, troy ounce, carat). */
const UNITS: ReadonlyMap<string, { readonly mg: bigint; readonly decimals: number }> = new Map([
  ['mg', { mg: 1n, decimals: 0 }],
  ['g', { mg: 1_000n, decimals: 0 }],
  ['kg', { mg: 1_000_000n, decimals: 0 }],
  ['t', { mg: 1_000_000_000n, decimals: 0 }],
  ['ct', { mg: 200n, decimals: 0 }],
  ['lb', { mg: 45_359_237n, decimals: 2 }],
  ['oz', { mg: 28_349_523_125n, decimals: 6 }],
  ['ozt', { mg: 311_034_768n, decimals: 4 }],
])

export type Milligrams =
  | { readonly weight_mg: number; readonly wrong: null }
  | { readonly weight_mg: null; readonly wrong: string }

/**
 * The weight in whole milligrams of a decimal number such as `-14.256` in a unit, worked out on its digits. A weight that is no whole
 * number of milligrams is refused, not rounded: a custody record must say exactly what the scale said. (A scale that shows tenths of a
 * milligram, or pounds, has to be set to grams with three decimals.)
 */
export function milligrams(number: string, unit: string): Milligrams {
  const factor = UNITS.get(unit)
  if (factor === undefined) return wrong(`unknown unit ${JSON.stringify(unit)}`)
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number)
  if (parts === null) return wrong(`${JSON.stringify(number)} is no decimal number`)
  const [, sign = '', whole = '', decimals = ''] = parts
  const scaled = BigInt(whole + decimals) * factor.mg
  const divisor = 10n ** BigInt(decimals.length + factor.decimals)
  if (scaled % divisor !== 0n) return wrong(`${number} ${unit} is no whole number of milligrams`)
  const weight_mg = Number(scaled / divisor)
  if (!Number.isSafeInteger(weight_mg)) return wrong(`${number} ${unit} is no weight of this world`)
  return { weight_mg: sign === '' || weight_mg === 0 ? weight_mg : -weight_mg, wrong: null }
}

function wrong(reason: string): Milligrams {
  return { weight_mg: null, wrong: reason }
}
