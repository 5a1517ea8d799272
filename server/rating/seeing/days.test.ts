import { expect, test } from 'vitest'
import { addDays } from '../../clock/calendar.ts'
import { before, lengthOf, stepsOf, yearBefore } from './days.ts'

test('a period has as many days before it, and the same days a year before', () => {
  const days = { from: '2026-02-10', to: '2026-03-11' }
  expect(lengthOf(days)).toBe(30)
  expect(before(days)).toEqual({ from: '2026-01-11', to: '2026-02-09' })
  expect(yearBefore({ from: '2024-02-29', to: '2024-03-31' })).toEqual({ from: '2023-02-28', to: '2023-03-31' })
  expect(lengthOf({ from: '2026-02-10', to: '2026-02-09' })).toBe(0)
})

test.each([
  [1, 1],
  [31, 31],
  [32, 5],
  [91, 13],
  [190, 28],
  [191, 7],
  [366, 13],
])('%d days are %d steps, which lie one after the other and cover each day once', (length, count) => {
  const to = '2026-03-11'
  const days = { from: addDays(to, 1 - length), to }
  const steps = stepsOf(days)
  expect(steps).toHaveLength(count)
  expect([steps[0]?.from, steps.at(-1)?.to]).toEqual([days.from, days.to])
  for (const [nth, step] of steps.entries()) {
    expect(lengthOf(step)).toBeGreaterThan(0)
    if (nth > 0) expect(step.from).toBe(addDays(steps[nth - 1]?.to ?? '', 1))
  }
})
