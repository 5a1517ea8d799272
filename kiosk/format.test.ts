import { expect, test } from 'vitest'
import { formatBytes, formatGrams, formatTime, formatYuan, shortHash } from './format.ts'

test('times stand in the organisation’s zone, midnight as 00', () => {
  expect(formatTime('2026-11-20T16:00:05.250Z')).toBe('2026-11-21 00:00')
  expect(formatTime('2026-11-20T16:00:05.250Z', 'second')).toBe('2026-11-21 00:00:05')
  expect(formatTime('2026-11-20T16:00:05.250Z', 'day')).toBe('2026-11-21')
  expect(formatTime('2026-11-20T16:00:05.250Z', 'minute', 'UTC')).toBe('2026-11-20 16:00')
})

test.each([
  [100_000, '100.000'],
  [250, '0.250'],
  [1, '0.001'],
  [-1_500, '−1.500'],
  [1_234_567_890, '1,234,567.890'],
])('%i mg is %s g', (weight_mg, grams) => expect(formatGrams(weight_mg)).toBe(grams))

test('money is exact to the fen', () => {
  expect(formatYuan(1_234_560)).toBe('12,345.60')
  expect(formatYuan(5)).toBe('0.05')
  expect(formatYuan(9_007_199_254_740_991)).toBe('90,071,992,547,409.91')
})

test('a hash keeps its ends, a short one whole', () => {
  expect(shortHash('0123456789abcdef'.repeat(4))).toBe('01234567…89abcdef')
  expect(shortHash('0123456789abcdef')).toBe('0123456789abcdef')
})

test('sizes', () => {
  expect(formatBytes(0)).toBe('1 kB')
  expect(formatBytes(640_400)).toBe('640 kB')
  expect(formatBytes(1_449_000)).toBe('1.4 MB')
})
