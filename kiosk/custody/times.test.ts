import { expect, test } from 'vitest'
import { instantOf, localOf, spanOf } from './times.ts'

test('a field shows the organisation’s clock and is read back as the same moment', () => {
  expect(localOf('2026-11-21T01:30:59.999Z')).toBe('2026-11-21T09:30')
  expect(instantOf('2026-11-21T09:30')).toBe('2026-11-21T01:30:00.000Z')
  expect(instantOf('2026-01-01T00:00')).toBe('2025-12-31T16:00:00.000Z')
})

test('a zone that changes its clocks is read on both sides of the change', () => {
  expect(instantOf('2026-03-29T01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z')
  expect(instantOf('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
})

test.each(['', '2026-11-21', '2026-13-41T09:30', '2026-11-21T09:30:00'])('%j is no moment', (local) => {
  expect(instantOf(local)).toBeNull()
})

test('a span is told in its largest whole unit', () => {
  expect(spanOf(0)).toEqual({ unit: 'minutes', count: 1 })
  expect(spanOf(59 * 60_000)).toEqual({ unit: 'minutes', count: 59 })
  expect(spanOf(60 * 60_000)).toEqual({ unit: 'hours', count: 1 })
  expect(spanOf(49 * 3_600_000)).toEqual({ unit: 'days', count: 2 })
})
