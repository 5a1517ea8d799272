import { expect, test } from 'vitest'
import { apart, roundTicks, scale, thinned } from './scale.ts'

test('a value stands where its share of the range is', () => {
  const at = scale({ from: 10, to: 20 }, { from: 100, to: 0 })
  expect([at(10), at(15), at(20), at(25)]).toEqual([100, 50, 0, -50])
  expect(scale({ from: 3, to: 3 }, { from: 0, to: 80 })(3)).toBe(40)
})

test.each([
  [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0.62, 1, 4, [0.7, 0.8, 0.9, 1]],
  [0, 7, 4, [0, 2, 4, 6]],
  [10, 340, 6, [100, 200, 300]],
  [5, 5, 4, [5]],
])('from %d to %d about %d round values', (from, to, about, ticks) => {
  expect(roundTicks({ from, to }, about)).toEqual(ticks)
})

test('labels are left out evenly, never the last', () => {
  expect(thinned([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7])
  expect(thinned([1, 2, 3], 10)).toEqual([1, 2, 3])
  expect(thinned([1, 2, 3], 0)).toEqual([3])
})

test('labels are moved up from those below them, and only from their neighbours', () => {
  const places = [
    { x: 100, y: 98 },
    { x: 110, y: 100 },
    { x: 400, y: 99 },
    { x: 105, y: 40 },
  ]
  expect(apart(places, { x: 70, y: 15 })).toEqual([85, 100, 99, 40])
  expect(apart([], { x: 70, y: 15 })).toEqual([])
})
