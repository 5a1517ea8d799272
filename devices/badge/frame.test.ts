import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, joined, values } from '../testing.ts'
import { cardFramer } from './frame.ts'

const capture = captures(import.meta.url, 'rdm6300.hex')
const card = capture('id 0A00B1C2D3')

framerLaws('card frames', cardFramer, {
  frames: [card, ascii('\x020F00ABCDEF86\r\n\x03'), ascii('\x02000000000000\x03')],
  noise: Uint8Array.of(0x00, 0xff, 0x33, 0x03, 0x0d),
  damaged: [
    ascii('\x020A00B1C2D3AB\x03'),
    ascii('\x020A00B1C2D\x03'),
    ascii('\x020A00B1G2D3AA\x03'),
    ascii('\x020A00B1C2D3AA0\x03'),
    ascii('\x020A00B1C2D3AA\r\n\r\x03'),
  ],
  endless: joined([ascii('\x02'), new Uint8Array(100).fill(0x30)]),
  resync: new Uint8Array(0),
})

describe('a card frame', () => {
  test('is the ten digits, in upper case', () => {
    expect(values(cardFramer().push(card))).toEqual(['0A00B1C2D3'])
    expect(values(cardFramer().push(ascii('\x020a00b1c2d3aa\x03')))).toEqual(['0A00B1C2D3'])
  })

  test('with any bit flipped is never another card', () => {
    fc.assert(
      fc.property(fc.nat(card.length - 1), fc.nat(7), (at, bit) => {
        const flipped = Uint8Array.from(card)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        const read = values(cardFramer().push(flipped))
        // Bit 5 of a letter is its case, which means nothing.
        expect(read.filter((one) => one !== '0A00B1C2D3')).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('cut by a new one is one fault, and the new one is read', () => {
    const read = cardFramer().push(joined([card.subarray(0, 6), card]))
    expect(faults(read)).toEqual(['line-garbled'])
    expect(values(read)).toEqual(['0A00B1C2D3'])
  })

  test('cut by the closing port is a fault', () => {
    const framer = cardFramer()
    framer.push(card.subarray(0, 5))
    expect(faults(framer.end())).toEqual(['line-cut'])
  })
})
