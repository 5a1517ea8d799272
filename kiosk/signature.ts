/** A signature as lines: what the pen drew, or what was read from signed paper. Pure. */

/** Each stroke is x, y, x, y … in whole units of the box. */
export type Strokes = readonly (readonly number[])[]

/** As the server has it (`ShownSignature`). */
export const BOX = { width: 1_200, height: 400 } as const
/** The server takes no more. */
export const POINTS_MAX = 4_000
/** Nearer points say nothing more of a line. */
const STEP_MIN = 4

/** Where a pointer is, in units of the box, never outside it. */
export function pointIn(
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  { clientX, clientY }: { clientX: number; clientY: number },
): readonly [number, number] {
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)))
  return [
    within(((clientX - left) / Math.max(1, width)) * BOX.width, BOX.width),
    within(((clientY - top) / Math.max(1, height)) * BOX.height, BOX.height),
  ]
}

/** The stroke with one more point, or as it was where that is hardly a step away. */
export function drawnTo(stroke: readonly number[], [x, y]: readonly [number, number]): readonly number[] {
  const [px, py] = stroke.slice(-2)
  const isNear = px !== undefined && py !== undefined && Math.hypot(x - px, y - py) < STEP_MIN
  return isNear ? stroke : [...stroke, x, y]
}

export function pointsIn(strokes: Strokes): number {
  return strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0)
}

/** The lines of an SVG path. */
export function pathOf(strokes: Strokes): string {
  return strokes
    .map((stroke) => {
      const [x = 0, y = 0, ...rest] = stroke
      // A dot is a line to itself.
      return `M${x} ${y}L${(rest.length === 0 ? [x, y] : rest).join(' ')}`
    })
    .join('')
}

/** Grey values from 0 to 255, row by row. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly values: Uint8ClampedArray
}

/** How many rows of a scan become rows of strokes, and how wide one is at most. */
export const SCAN = { width: 300, height: 100 } as const
/** Ink is darker than the paper by this share of what lies between the darkest and the lightest. */
const INK_SHARE = 0.45
/** Paper of one tone has no ink on it. */
const CONTRAST_MIN = 60

/**
 * The ink of a scanned signature as short level strokes, a row of the scan each, as large as the box lets it be.
 * @returns null where no ink is made out, or so much that it is no signature on paper
 */
export function strokesOfScan({ width, height, values }: Grey): Strokes | null {
  const [dark, light] = values.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [255, 0])
  if (light - dark < CONTRAST_MIN) return null
  const threshold = dark + (light - dark) * INK_SHARE
  const runs: [row: number, from: number, to: number][] = []
  for (let row = 0; row < height; row += 1) {
    let from: number | null = null
    for (let column = 0; column <= width; column += 1) {
      const isInk = column < width && (values[row * width + column] ?? 255) < threshold
      if (isInk && from === null) from = column
      if (!isInk && from !== null) {
        runs.push([row, from, column - 1])
        from = null
      }
    }
  }
  if (runs.length === 0 || runs.length * 2 > POINTS_MAX || runs.length > RUNS_MAX) return null
  const [left, right] = [Math.min(...runs.map(([, from]) => from)), Math.max(...runs.map(([, , to]) => to))]
  const [top, bottom] = [Math.min(...runs.map(([row]) => row)), Math.max(...runs.map(([row]) => row))]
  const scale = Math.min(BOX.width / Math.max(1, right - left), BOX.height / Math.max(1, bottom - top))
  const x = (column: number): number => Math.round((column - left) * scale)
  const y = (row: number): number => Math.round((row - top) * scale)
  return runs.map(([row, from, to]) => [x(from), y(row), x(to), y(row)])
}

/** The server takes no more strokes. */
const RUNS_MAX = 1_200
