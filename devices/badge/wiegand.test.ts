import { describe, expect, test } from 'vitest'
import type { WiegandForm } from '../reading.ts'
import { lineBadgeReader } from './line-reader.ts'
import { wiegandNumber } from './wiegand.ts'

const BITS_26 = '11101010000011011100000010'

describe('a Wiegand card', () => {
  test.each<[WiegandForm, 26 | 34, string, string | null]>([
    ['bits', 26, BITS_26, 'D41B81'],
    ['bits', 34, '1100010011101010000011011100000011', '89D41B81'],
    ['hex', 26, 'd41b81', 'D41B81'],
    ['hex-reversed', 26, '811BD4', 'D41B81'],
    ['decimal', 26, '13900673', 'D41B81'],
    ['decimal', 26, '0013900673', 'D41B81'],
    ['decimal-reversed', 26, '8461268', 'D41B81'],
    ['facility-card', 26, '212,07041', 'D41B81'],
    ['facility-card', 34, '35284:7041', '89D41B81'],
    ['hex', 34, '89D41B81', '89D41B81'],
    ['decimal', 34, '2312379265', '89D41B81'],
    ['hex', 26, 'D41B8', null],
    ['hex', 26, 'D41B8G', null],
    ['decimal', 26, '16777216', null],
    ['facility-card', 26, '256,1', null],
    ['facility-card', 26, '1,65536', null],
    ['bits', 26, BITS_26.slice(1), null],
    ['bits', 26, '', null],
  ])('written as %s of %i bits, %j is %j', (form, bits, text, number) => {
    expect(wiegandNumber(text, { form, bits })).toBe(number)
  })

  test('with any bit flipped is no card', () => {
    for (let at = 0; at < BITS_26.length; at += 1) {
      const flipped = BITS_26.slice(0, at) + (BITS_26[at] === '0' ? '1' : '0') + BITS_26.slice(at + 1)
      expect(wiegandNumber(flipped, { form: 'bits', bits: 26 })).toBeNull()
    }
  })

  test('behind a converter is a badge by its number, and anything else a fault', () => {
    const told: unknown[] = []
    const reader = lineBadgeReader(
      {
        write: () => Promise.resolve(),
        reading: (_raw, value) => String(told.push(value)),
        count: () => undefined,
        health: () => undefined,
        turn: (deed) => deed(),
        giveUp: () => undefined,
      },
      {},
      { form: 'decimal', bits: 26 },
    )
    reader.bytes(Buffer.from('13900673\r\nB-1001\r\n', 'latin1'))
    reader.closed(null)
    expect(told).toMatchObject([
      { kind: 'badge', badge: 'D41B81' },
      { kind: 'fault', fault: { code: 'protocol' } },
    ])
  })
})
