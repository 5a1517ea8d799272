import { expect, it } from 'vitest'
import { isEmptyPan, maybeStillOn } from './pan.ts'

it.each([
  [0, true],
  [-20, true],
  [20, true],
  [21, false],
  [-10_000, false],
])('%i mg on the pan: empty is %s', (weight_mg, empty) => expect(isEmptyPan(weight_mg)).toBe(empty))

it.each([
  ['the very load', 100_000, 100_000, true],
  ['the load, drifted', 100_000, 100_900, true],
  ['the load of a floor scale, drifted by a part', 5_000_000, 5_040_000, true],
  ['something heavier by more', 100_000, 101_100, false],
  ['an empty pan', 100_000, 0, false],
  ['an empty pan after a stone of half a gram', 500, 0, false],
  ['the stone itself', 500, 510, true],
])('%s may be what was weighed before', (_what, load_mg, weight_mg, may) =>
  expect(maybeStillOn({ weight_mg: load_mg }, weight_mg)).toBe(may),
)
