import { Refusal } from '../../refusal.ts'

/** What a pen drew: each stroke is x, y, x, y … in units of the box, whole numbers. */
export type Strokes = readonly (readonly number[])[]

/** The box that is drawn in, in its own units: three to one, as the place for it on a form. */
export const SIGNATURE_BOX = { width: 1_200, height: 400 } as const
/** More than a long name takes; a scanned signature is some hundred short strokes. */
export const STROKES_MAX = 1_200
export const POINTS_MAX = 4_000
/** The shortest name that anybody writes is longer, in units, along its strokes; and wider or higher. */
const INK_LEAST = 300
const SPAN_LEAST = 120

/**
 * A dot, a dash by chance, or what never was in the box is no signature.
 * @throws Refusal `custody.signature-empty`, `custody.signature-too-big`
 */
export function mustBeSignature(strokes: Strokes): void {
  const { width, height } = SIGNATURE_BOX
  const points = strokes.flatMap((stroke) => pointsOf(stroke))
  const isWithin = points.every(([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height)
  if (strokes.length > STROKES_MAX || points.length > POINTS_MAX || !isWithin || strokes.some(isUneven))
    throw new Refusal('custody.signature-too-big', { points: POINTS_MAX })
  const [left, right] = reach(points.map(([x]) => x))
  const [top, bottom] = reach(points.map(([, y]) => y))
  if (inkOf(strokes) < INK_LEAST || Math.max(right - left, bottom - top) < SPAN_LEAST)
    throw new Refusal('custody.signature-empty')
}

/** A coordinate without its partner. */
function isUneven(stroke: readonly number[]): boolean {
  return stroke.length % 2 !== 0
}

function pointsOf(stroke: readonly number[]): (readonly [number, number])[] {
  return Array.from({ length: Math.floor(stroke.length / 2) }, (_, n) => [stroke[2 * n] ?? 0, stroke[2 * n + 1] ?? 0])
}

function reach(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity])
}

/** How far the pen went while it was down. */
function inkOf(strokes: Strokes): number {
  return strokes.reduce((sum, stroke) => {
    const points = pointsOf(stroke)
    return points.reduce((length, [x, y], n) => {
      const [px, py] = points[n - 1] ?? [x, y]
      return length + Math.hypot(x - px, y - py)
    }, sum)
  }, 0)
}

/** Personal content as it is read back. */
export function strokesIn(content: unknown): Strokes | null {
  const { strokes } = (content ?? {}) as { readonly strokes?: unknown }
  return Array.isArray(strokes) ? (strokes as Strokes) : null
}
