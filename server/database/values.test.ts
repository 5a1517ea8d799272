import { describe, expect, it } from 'vitest'
import { parseInstant, parseInt8 } from './values.ts'

describe('column values', () => {
  it.each([
    ['2026-11-21 03:14:27+00', '2026-11-21T03:14:27.000Z'],
    ['2026-11-21 03:14:27.5+00', '2026-11-21T03:14:27.500Z'],
    ['2026-11-21 03:14:27.123999+00', '2026-11-21T03:14:27.123Z'],
    ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ])('reads the moment %s as %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant)
  })

  it.each(['infinity', '-infinity', '0044-03-15 00:00:00+00 BC', '10000-01-01 00:00:00+00', '2026-11-21 11:14:27+08'])(
    'refuses the moment %s',
    (text) => {
      expect(() => parseInstant(text)).toThrow(RangeError)
    },
  )

  it('reads an int8 as long as a number can hold it', () => {
    expect(parseInt8('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
    expect(parseInt8('-9007199254740991')).toBe(Number.MIN_SAFE_INTEGER)
    expect(() => parseInt8('9007199254740992')).toThrow(RangeError)
  })
})
