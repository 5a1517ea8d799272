import fc from 'fast-check'
import { expect, test } from 'vitest'
import { milligrams } from './weight.ts'

test.each([
  ['14.256', 'g', 14_256],
  ['14', 'mg', 14],
  ['0.000', 'g', 0],
  ['-0.000', 'g', 0],
  ['-14.256', 'g', -14_256],
  ['1.0005', 'kg', 1_000_500],
  ['0.3', 'kg', 300_000],
  ['1.1', 'g', 1_100],
  ['4.35', 'kg', 4_350_000],
  ['14.2560', 'g', 14_256],
  ['1.005', 'ct', 201],
  ['100', 'lb', 45_359_237],
  ['1600', 'oz', 45_359_237],
  ['10000', 'ozt', 311_034_768],
  ['0.012', 't', 12_000_000],
])('%s %s is %i mg', (number, unit, weight_mg) => {
  expect(milligrams(number, unit)).toEqual({ weight_mg, wrong: null })
})

test.each([
  ['14.2561', 'g'],
  ['0.5', 'mg'],
  ['1', 'lb'],
  ['0.001', 'ct'],
  ['1', 'G'],
  ['1', 'kilo'],
  ['1', ''],
  ['1,5', 'g'],
  ['1e3', 'g'],
  ['+1', 'g'],
  ['.5', 'g'],
  ['1.', 'g'],
  ['', 'g'],
  ['9999999999', 't'],
])('%s %s is refused, not rounded or guessed', (number, unit) => {
  const { weight_mg, wrong } = milligrams(number, unit)
  expect(weight_mg).toBeNull()
  expect(wrong).not.toBe('')
})

test('any number of milligrams comes back whole from grams and kilograms', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), (weight_mg) => {
      const sign = weight_mg < 0 ? '-' : ''
      const digits = String(Math.abs(weight_mg)).padStart(7, '0')
      const grams = `${sign}${digits.slice(0, -3)}.${digits.slice(-3)}`
      const kilograms = `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`
      expect(milligrams(grams, 'g').weight_mg).toBe(weight_mg)
      expect(milligrams(kilograms, 'kg').weight_mg).toBe(weight_mg)
    }),
  )
})
