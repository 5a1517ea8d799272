import { expect, test } from 'vitest'
import { floorOf, placed } from './bar.ts'

const rate = (good: number, n: number, low: number, high: number) => ({ good, n, low, high })

test('the scale begins at the tenth below the lowest interval, and has a tenth at least', () => {
  expect(floorOf([])).toBeCloseTo(0.9, 10)
  expect(floorOf([null, rate(95, 100, 0.93, 0.98)])).toBeCloseTo(0.9, 10)
  expect(floorOf([rate(7, 10, 0.4, 0.89)])).toBeCloseTo(0.4, 10)
  expect(floorOf([rate(1, 10, 0.02, 0.3)])).toBe(0)
})

test('an interval stands between the floor and all', () => {
  expect(placed(rate(75, 100, 0.5, 1), 0.5)).toEqual({ start: 0, end: 100, at: 50 })
})
