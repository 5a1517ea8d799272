import type { Strokes } from './strokes.ts'

/** What a hand might write: long enough, and within the box. */
export const NAME_WRITTEN: Strokes = [
  [100, 100, 400, 120, 420, 300],
  [500, 80, 520, 320, 700, 200],
]
