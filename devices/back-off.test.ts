import { expect, test } from 'vitest'
import { backOff_ms } from './back-off.ts'

test('waits double from half a second to half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 1000].map((failures) => backOff_ms(failures, 0))).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ])
})

test('are shortened by chance, to the half at most', () => {
  expect(backOff_ms(1, 0.5)).toBe(375)
  expect(backOff_ms(100, 1)).toBe(15_000)
})
