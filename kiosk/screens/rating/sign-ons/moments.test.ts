import { expect, test } from 'vitest'
import { localOf, momentOf } from './moments.ts'

test('a field shows the time of the house, and is understood by it', () => {
  expect(localOf('2026-03-02T02:31:05.250Z')).toBe('2026-03-02T10:31:05')
  expect(momentOf('2026-03-02T10:31:05')).toBe('2026-03-02T02:31:05.000Z')
  expect(momentOf('2026-03-02T10:31')).toBe('2026-03-02T02:31:00.000Z')
  expect(localOf('2026-03-02T18:00:00.000Z')).toBe('2026-03-03T02:00:00')
  expect([momentOf(''), momentOf('soon')]).toEqual([null, null])
})
