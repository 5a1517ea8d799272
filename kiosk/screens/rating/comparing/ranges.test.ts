import { expect, test } from 'vitest'
import { onLine, usualRanges } from './ranges.ts'

test('two months follow one another and share no day', () => {
  expect(usualRanges(new Date('2026-03-09T16:30:00.000Z'))).toEqual({
    first: { from: '2026-01-10', to: '2026-02-08' },
    second: { from: '2026-02-09', to: '2026-03-10' },
  })
})

test('nothing is in the middle, and the whole interval has room', () => {
  const wide = onLine({ by: -0.4, low: -0.6, high: -0.1 })
  expect(wide.zero).toBe(50)
  expect(wide.low).toBeGreaterThan(0)
  expect(wide.low < wide.by && wide.by < wide.high && wide.high < wide.zero).toBe(true)
  // A change of a point is not drawn across the whole line.
  const narrow = onLine({ by: 0.01, low: 0.005, high: 0.015 })
  expect(narrow.high).toBeLessThan(60)
})
