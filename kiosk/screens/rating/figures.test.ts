import { expect, test } from 'vitest'
import { chanceWords, percent, points, shortDay } from './figures.ts'

test.each([
  [1, '100.0%'],
  [0.9755, '97.5%'],
  [0, '0.0%'],
])('a rate of %d is %s', (rate, words) => expect(percent(rate)).toBe(words))

test.each([
  [0.5, '2'],
  [0.034, '29'],
  [0.00123, '810'],
  [0, '1,000,000'],
])('what has the chance %d comes once in %s', (chance, words) => expect(chanceWords(chance)).toBe(words))

test.each([
  [0.014, '+1.4'],
  [-0.023, '−2.3'],
  [0, '0.0'],
])('a difference of %d is %s points', (difference, words) => expect(points(difference)).toBe(words))

test('an axis has month and day', () => expect(shortDay('2026-11-21')).toBe('11-21'))
