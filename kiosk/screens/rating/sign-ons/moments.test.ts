import { expect, test } from 'vitest'
import { localOf, momentOf, onDay } from './moments.ts'

test('a field shows the time of the house, and is understood by it', () => {
  expect(localOf('2026-03-02T02:31:05.250Z')).toBe('2026-03-02T10:31:05')
  expect(momentOf('2026-03-02T10:31:05')).toBe('2026-03-02T02:31:05.000Z')
  expect(momentOf('2026-03-02T10:31')).toBe('2026-03-02T02:31:00.000Z')
  expect(localOf('2026-03-02T18:00:00.000Z')).toBe('2026-03-03T02:00:00')
  expect([momentOf(''), momentOf('soon')]).toEqual([null, null])
})

test('what is offered of a sign-on that lasts for weeks is its part of the day', () => {
  const long = { from: '2026-02-20T01:00:00.000Z', until: null }
  const now = '2026-03-03T02:00:00.000Z'
  expect(onDay(long, '2026-03-02', now)).toEqual({
    from: '2026-03-01T16:00:00.000Z',
    until: '2026-03-02T16:00:00.000Z',
  })
  expect(onDay(long, '2026-03-03', now)).toEqual({ from: '2026-03-02T16:00:00.000Z', until: now })
  const short = { from: '2026-03-02T01:00:00.000Z', until: '2026-03-02T03:00:00.000Z' }
  expect(onDay(short, '2026-03-02', now)).toEqual(short)
})
