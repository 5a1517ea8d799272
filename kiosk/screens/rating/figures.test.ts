import { expect, test } from 'vitest'
import { grouped, inWan, percent, points, shortDay, timesOf } from './figures.ts'

test.each([
  [1, '100.0%'],
  [0.9755, '97.5%'],
  [0, '0.0%'],
])('a rate of %d is %s', (rate, words) => expect(percent(rate)).toBe(words))

test.each([
  [0.5, '2', '2', '2'],
  [0.034, '29', '29', '29'],
  [0.00123, '810', '810', '810'],
  [0.000_082, '12000', '1.2 万', '12,000'],
  [0, '1000000', '100 万', '1,000,000'],
])('what has the chance %d comes once in %s', (chance, times, chinese, english) => {
  expect(String(timesOf(chance))).toBe(times)
  const { count, isWan } = inWan(timesOf(chance))
  expect(isWan ? `${count} 万` : count).toBe(chinese)
  expect(grouped(timesOf(chance))).toBe(english)
})

test.each([
  [0.014, '+1.4'],
  [-0.023, '−2.3'],
  [0, '0.0'],
])('a difference of %d is %s points', (difference, words) => expect(points(difference)).toBe(words))

test('an axis has month and day', () => expect(shortDay('2026-11-21')).toBe('11-21'))
