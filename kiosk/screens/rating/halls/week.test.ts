import { expect, test } from 'vitest'
import { isWeek, weekFields, weekOf } from './week.ts'

const MORNING = { from: '09:00', to: '12:00' }
const AFTERNOON = { from: '13:30', to: '17:00' }
const WEEK = [[MORNING, AFTERNOON], [], [MORNING], [], [], [], []]

test('what a hall has set is what its fields say again', () => {
  expect(weekOf(weekFields(WEEK))).toEqual(WEEK)
  expect(weekFields(null).every((spans) => spans.length === 2)).toBe(true)
})

test.each([
  ['nothing at all', [[]], false],
  ['half a span', [[{ from: '09:00', to: '' }]], false],
  ['a span that ends before it begins', [[{ from: '12:00', to: '09:00' }]], false],
  ['spans that cross', [[MORNING, { from: '11:00', to: '13:00' }]], false],
  ['an afternoon alone', [[{ from: '', to: '' }, AFTERNOON]], true],
  ['two spans', [[MORNING, AFTERNOON]], true],
])('%s', (_what, fields, whole) => {
  expect(isWeek(fields)).toBe(whole)
})
