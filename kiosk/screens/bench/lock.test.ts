import { expect, test } from 'vitest'
import { leftUntilLock, LOCK_MS, minutes } from './lock.ts'

const locksAt = '2026-11-21T01:02:00.000Z'
const at = (time: string): number => Date.parse(time)

test('nothing is counted while nothing is due', () => {
  expect(leftUntilLock(null, 0)).toBeNull()
})

test('it counts down to nothing and stays there', () => {
  expect(leftUntilLock(locksAt, at('2026-11-21T01:01:30.000Z'))).toBe(30_000)
  expect(leftUntilLock(locksAt, at('2026-11-21T01:05:00.000Z'))).toBe(0)
})

test('a browser whose clock is behind promises no more than there is', () => {
  expect(leftUntilLock(locksAt, at('2026-11-21T00:00:00.000Z'))).toBe(LOCK_MS)
})

test.each([
  [120_000, '2:00'],
  [65_000, '1:05'],
  [64_200, '1:05'],
  [900, '0:01'],
  [0, '0:00'],
])('%i ms are %s', (left_ms, shown) => {
  expect(minutes(left_ms)).toBe(shown)
})
