import { expect, test } from 'vitest'
import { daysOf } from './period.ts'

test.each([
  ['month', '2026-02-09', '2026-03-10'],
  ['quarter', '2025-12-10', '2026-03-10'],
  ['year', '2025-03-11', '2026-03-10'],
] as const)('a %s ends with the day that it is in the house', (period, from, to) => {
  expect(daysOf(period, new Date('2026-03-09T16:30:00.000Z'))).toEqual({ from, to })
})
