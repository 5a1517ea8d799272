import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, joined, values } from '../testing.ts'
import { withoutGm65Answers } from './gm65.ts'
import { lineFramer } from './line.ts'

const answer = captures(import.meta.url, 'gm65.hex')('reply ok')
const framer = () => withoutGm65Answers(lineFramer())

framerLaws('the lines of a GM65', framer, {
  frames: [ascii('LIB-000123\r'), ascii('\x02A1\x03'), ascii(']d2010690\r')],
  noise: joined([answer, ascii('\r'), answer]),
  damaged: [ascii('A\x1bB\r'), Uint8Array.of(0x41, 0xff, 0x0d)],
  endless: joined([new Uint8Array(12_000).fill(0x41), ascii('\r')]),
  resync: ascii('\r\r'),
})

describe('the answers of a GM65', () => {
  test('are no part of the codes before, between and after', () => {
    const read = framer().push(joined([answer, ascii('LIB-000123\r'), answer, answer, ascii('LIB-000124\r'), answer]))
    expect(values(read).map(({ text }) => text)).toEqual(['LIB-000123', 'LIB-000124'])
    expect(faults(read)).toEqual([])
  })

  test('cut off are what they are: no code', () => {
    for (let cut = 1; cut < answer.length; cut += 1) {
      const one = framer()
      const read = [...one.push(answer.subarray(0, cut)), ...one.silence(), ...one.push(ascii('LIB-000123\r'))]
      expect(values(read)).toEqual([{ text: 'LIB-000123', symbology: null }])
    }
  })

  test('are found however the bytes are split', () => {
    const bytes = joined([answer, ascii('A\r'), answer.subarray(0, 4), answer, ascii('B\r\x02C\x03')])
    const together = framer().push(bytes)
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.nat(bytes.length), (one, other) => {
        const [first = 0, second = 0] = [one, other].sort((a, b) => a - b)
        const split = framer()
        const apart = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)]
        expect(apart.flatMap((piece) => split.push(piece))).toEqual(together)
      }),
    )
  })
})
