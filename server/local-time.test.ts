import { expect, test } from 'vitest'
import { endOfDay } from './clock/calendar.ts'
import { lastLocalDay, localDay, localDue, localMinute } from './local-time.ts'

test('what is due at the end of a day is due on that day, and not on the next', () => {
  const dueAt = endOfDay('2026-04-01')
  expect([localDay(dueAt), localMinute(dueAt)]).toEqual(['2026-04-02', '2026-04-02 00:00'])
  expect([lastLocalDay(dueAt), localDue(dueAt)]).toEqual(['2026-04-01', '2026-04-01 24:00'])
  expect(localDue(endOfDay('2025-12-31'))).toBe('2025-12-31 24:00')
})

test('what is due at another moment is due at that one', () => {
  const dueAt = '2026-04-01T09:30:00.000Z'
  expect([lastLocalDay(dueAt), localDue(dueAt)]).toEqual(['2026-04-01', '2026-04-01 17:30'])
})
