import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, joined, values } from '../testing.ts'
import { LINE_BYTES_MAX, lineFramer } from './line.ts'
import { newlandBytes, newlandFramer } from './newland.ts'

const capture = captures(import.meta.url, 'newland.hex')
const framer = () => newlandFramer(lineFramer())
const answer = capture('reply ACK')

framerLaws('a Newland scanner', framer, {
  frames: [
    answer,
    ascii('LIB-000123\r'),
    ascii('\x02A1\x03'),
    ascii('\x02\x010000@QRYSYSNLS;1.0\x06;\x03'),
    ascii(']C0A\n'),
  ],
  noise: Uint8Array.of(0x00, 0x0d, 0x0a, 0x00, 0x0d),
  damaged: [
    ascii('\x02\x010001#SCNTRG1\x06;\x03'),
    ascii('\x02\x010000#SCNTRG1;\x03'),
    ascii('\x02\x010000!A\x06;\x03'),
  ],
  endless: joined([new Uint8Array(3 * LINE_BYTES_MAX).fill(0x41), ascii('\r')]),
  resync: ascii(';\x03\r\r'),
})

test.each(['SCNTRG1', 'SCNTRG0'])('the command %s is as published', (command) => {
  expect(newlandBytes(command)).toEqual(capture(`volatile ${command}`))
})

test('no command is for good', () => {
  expect(capture('permanent RRDDUR1000')).not.toEqual(newlandBytes('RRDDUR1000'))
  expect(Buffer.from(newlandBytes('RRDDUR1000')).toString('latin1')).toBe('~\x010000#RRDDUR1000;\x03')
})

describe('what a Newland scanner sends', () => {
  test('is answers by their status, and codes among them', () => {
    const sent = joined([
      answer,
      ascii('LIB-000123\r\n\x02\x010000#XYZ\x05;\x03\x02\x010000#RRDDUR9\x15;\x03]Q1LIB-000124\r'),
    ])
    expect(values(framer().push(sent))).toEqual([
      { kind: 'answer', text: 'SCNTRG1', status: 'done' },
      { kind: 'scan', text: 'LIB-000123', symbology: null },
      { kind: 'answer', text: 'XYZ', status: 'unknown' },
      { kind: 'answer', text: 'RRDDUR9', status: 'wrong' },
      { kind: 'scan', text: 'LIB-000124', symbology: 'Q1' },
    ])
  })

  test('cut inside an answer is a fault, and the code after it is whole', () => {
    const one = framer()
    expect(one.push(answer.subarray(0, 9))).toEqual([])
    expect(one.begun()).toBe(true)
    expect(faults(one.silence())).toEqual(['line-cut'])
    expect(values(one.push(ascii('A\r')))).toHaveLength(1)
  })

  test('that is an answer without an end is one fault of a kilobyte', () => {
    const read = framer().push(joined([ascii('\x02\x01'), new Uint8Array(5000).fill(0x42), ascii('\rNEXT\r')]))
    expect(faults(read)).toEqual(['line-too-long'])
    expect(read[0]?.raw).toHaveLength(1024)
    expect(values(read).at(-1)).toMatchObject({ text: 'NEXT' })
  })

  test('an STX alone is nothing', () => {
    const one = framer()
    expect([...one.push(ascii('\x02')), ...one.silence(), ...one.push(ascii('\x02')), ...one.end()]).toEqual([])
    expect(one.noiseBytes()).toBe(2)
  })
})

test('the same bytes make the same frames however they are split', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom(answer, ascii('LIB-000123\r'), ascii('\x02A\x03'), ascii('\x02\x01'), ascii('\x02')),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.nat(200), (pieces, at) => {
      const bytes = joined(pieces)
      const whole = framer()
      const split = framer()
      const together = [...whole.push(bytes), ...whole.end()]
      expect([...split.push(bytes.subarray(0, at)), ...split.push(bytes.subarray(at)), ...split.end()]).toEqual(
        together,
      )
      expect(split.noiseBytes()).toBe(whole.noiseBytes())
    }),
    { numRuns: 2000 },
  )
})
