import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, joined, values } from '../testing.ts'
import { honeywellBytes, honeywellFramer, honeywellMenu } from './honeywell.ts'

const capture = captures(import.meta.url, 'honeywell.hex')
const code = capture('Code128 LIB-000123 with header')
const answer = capture('reply DECHDR1 ACK .')

framerLaws('a Honeywell scanner', honeywellFramer, {
  frames: [code, answer, headed('清管-0001', 'sQ1'), headed('A'.repeat(300), 'sQ1')],
  noise: Uint8Array.of(0x00, 0x16, 0x0d, 0x0a, 0x06),
  damaged: [
    changed(code, 2, 0x18),
    changed(code, 14, 0x32),
    changed(code, code.length - 1, 0x0a),
    changed(code, 25, 0xff),
  ],
  endless: new Uint8Array(40_000).fill(0x41),
  resync: joined([new Uint8Array(400), ascii('\r')]),
})

describe('a command to a Honeywell scanner', () => {
  test.each([
    ['trigger', honeywellBytes('T')],
    ['untrigger', honeywellBytes('U')],
    ['beep', honeywellBytes('\x07')],
    ['REVINF^!', honeywellMenu('REVINF^')],
  ])('%s is as published', (name, bytes) => {
    expect(bytes).toEqual(capture(name))
  })

  test('is never for good', () => {
    expect(Buffer.from(honeywellMenu('DECHDR1')).toString('latin1')).toBe('\x16M\rDECHDR1!')
    expect(capture('DECHDR1. (perm)').at(-1)).toBe('.'.charCodeAt(0))
  })
})

describe('what a Honeywell scanner sends', () => {
  test('is codes with their symbology, and answers by their status', () => {
    const sent = joined([
      code,
      answer,
      headed('6901234567892', 'dE0'),
      ascii('XYZ\x05!DECHDR9\x15!'),
      headed('80040614141A', 'I\x00\x00'),
      headed('清管', '?\x00\x00'),
    ])
    expect(values(honeywellFramer().push(sent))).toEqual([
      { kind: 'scan', text: 'LIB-000123', symbology: 'C0' },
      { kind: 'answer', text: 'DECHDR1', status: 'done' },
      { kind: 'scan', text: '6901234567892', symbology: 'E0' },
      { kind: 'answer', text: 'XYZ', status: 'unknown' },
      { kind: 'answer', text: 'DECHDR9', status: 'wrong' },
      { kind: 'scan', text: '80040614141A', symbology: 'C1' },
      { kind: 'scan', text: '清管', symbology: null },
    ])
  })

  test('may hold CR, LF and SYN-like bytes inside a code: its length counts', () => {
    expect(values(honeywellFramer().push(headed('A\r\nB\r')))).toEqual([
      { kind: 'scan', text: 'A\r\nB', symbology: 'C0' },
    ])
  })

  test('may be as long as the largest there is', () => {
    const longest = headed('7'.repeat(7089), 'sQ1')
    expect(values(honeywellFramer().push(longest))).toEqual([{ kind: 'scan', text: '7'.repeat(7089), symbology: 'Q1' }])
    const framer = honeywellFramer()
    framer.push(longest.subarray(0, -1))
    expect(faults(framer.end())).toEqual(['line-cut'])
  })

  test('without a header is a fault that says so', () => {
    expect(honeywellFramer().push(ascii('LIB-000123\r\n'))).toMatchObject([
      { raw: ascii('LIB-000123\r'), fault: { code: 'protocol' } },
    ])
  })

  test('cut inside a code is one fault, by silence and by the closing port', () => {
    for (const cut of ['silence', 'end'] as const) {
      const framer = honeywellFramer()
      framer.push(code.subarray(0, 25))
      expect(faults(framer[cut]())).toEqual(['line-cut'])
      expect(values(framer.push(code))).toHaveLength(1)
    }
  })

  test('cut, and at once followed by a whole code, is one fault and that code', () => {
    const read = honeywellFramer().push(joined([code.subarray(0, 25), code]))
    expect(faults(read)).toEqual(['line-garbled'])
    expect(values(read)).toEqual([{ kind: 'scan', text: 'LIB-000123', symbology: 'C0' }])
  })
})

test('the same bytes make the same frames however they are split', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.constantFrom(code, answer, code.subarray(0, 23), ascii('A\r'), new Uint8Array(1500).fill(0x41)),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(300), (pieces, at) => {
      const bytes = joined(pieces)
      const whole = honeywellFramer()
      const split = honeywellFramer()
      const together = [...whole.push(bytes), ...whole.end()]
      expect([...split.push(bytes.subarray(0, at)), ...split.push(bytes.subarray(at)), ...split.end()]).toEqual(
        together,
      )
      expect(split.noiseBytes()).toBe(whole.noiseBytes())
    }),
    { numRuns: 2000 },
  )
})

/** A code as such a scanner sends it, with three characters of symbology. */
function headed(text: string, symbology = 'jC0'): Uint8Array {
  const data = Buffer.from(`${text}\r`, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length + 14)
  const count = String(data.length).padStart(4, '0')
  return joined([Uint8Array.of(0x16, 0xfe), length, ascii(`\rMSGGET${count}${symbology}\x1d`), data])
}

function changed(bytes: Uint8Array, at: number, to: number): Uint8Array {
  const damaged = Uint8Array.from(bytes)
  damaged[at] = to
  return damaged
}
