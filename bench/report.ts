/** What a bench has found, and how it is told. Pure. */

export interface Measured {
  readonly bench: string
  readonly value: number
  /** Of the value: `ms`, `s`, `check-ins/s`, … */
  readonly unit: string
  /** The peer or limit that the value stands against, measured or reckoned in the same run, with its own value. */
  readonly against: string
  /** The value divided by that of the peer; null when there was no peer to run. */
  readonly ratio: number | null
}

const DIGITS = 4

/** The value below which `share` (0 to 1) of the values lie, by nearest rank. Throws RangeError without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new RangeError('no values, no percentile')
  return found
}

/** A value beside its peer's. Throws RangeError for a peer of zero, which nothing can be measured against. */
export function measured(
  bench: string,
  value: number,
  unit: string,
  peer: { readonly name: string; readonly value: number },
): Measured {
  if (!(peer.value > 0)) throw new RangeError(`${bench}: ${peer.name} took ${peer.value}`)
  return { bench, value, unit, against: `${peer.name}: ${short(peer.value)} ${unit}`, ratio: value / peer.value }
}

/** One line for programs. */
export function jsonLine({ bench, value, unit, against, ratio }: Measured): string {
  const rounded = ratio === null ? null : round(ratio)
  return JSON.stringify({ bench, value: round(value), unit, against, ratio: rounded })
}

/** All lines for people, in columns. */
export function table(all: readonly Measured[]): string {
  const rows = [
    ['bench', 'value', 'unit', 'ratio', 'against'],
    ...all.map(({ bench, value, unit, against, ratio }) => [
      bench,
      short(value),
      unit,
      ratio === null ? '-' : short(ratio),
      against,
    ]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

function round(value: number): number {
  return Number(value.toPrecision(DIGITS))
}

function short(value: number): string {
  return String(round(value))
}
