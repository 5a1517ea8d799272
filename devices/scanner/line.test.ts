import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, joined, values } from '../testing.ts'
import { LINE_BYTES_MAX, lineFramer, type Terminator } from './line.ts'

const capture = captures(import.meta.url, 'line.hex')
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

framerLaws('plain lines', () => lineFramer(), {
  frames: [
    capture('code128 with CR'),
    capture('giai with AIM id, GS inside'),
    capture('gtin with serial and batch'),
    capture('data "A1" between STX and ETX'),
    utf8('A\t'),
    utf8('清管-0001\n'),
  ],
  noise: Uint8Array.of(0x00, 0x0a, 0x00, 0x0d, 0x00, 0x00),
  damaged: [Uint8Array.of(0x41, 0xff, 0x42, 0x0d), Uint8Array.of(0x41, 0x00, 0x42, 0x0d), ascii('A\x1bB\r')],
  endless: joined([new Uint8Array(3 * LINE_BYTES_MAX).fill(0x41), ascii('\r')]),
  resync: ascii('\r'),
})

framerLaws('lines with an LRC', () => lineFramer({ terminator: 'etx', lrc: true }), {
  frames: [capture('data "A1" with LRC'), withLrc('LIB-000123'), withLrc('清管-0001')],
  noise: Uint8Array.of(0x00, 0x0d, 0x0a),
  damaged: [Uint8Array.of(0x02, 0x41, 0x31, 0x03, 0x72), Uint8Array.of(0x02, 0x41, 0x33, 0x03, 0x73), ascii('A1\r')],
  endless: joined([ascii('\x02'), new Uint8Array(3 * LINE_BYTES_MAX).fill(0x41), ascii('\x03A')]),
  resync: new Uint8Array(0),
})

describe('a line', () => {
  const read = (bytes: Uint8Array) => lineFramer().push(bytes)

  test.each(['\r', '\n', '\r\n', '\t', '\r\t', '\t\r', '\x03', '\x03\r\n'])('is ended by %j', (suffix) => {
    expect(values(read(ascii(`ABC${suffix}DEF${suffix}`)))).toEqual([
      { text: 'ABC', symbology: null },
      { text: 'DEF', symbology: null },
    ])
  })

  test('keeps GS and says the symbology apart', () => {
    expect(values(read(capture('giai with AIM id, GS inside')))).toEqual([
      { text: '80040614141A-0001\x1d21X9', symbology: 'C1' },
    ])
    expect(values(read(capture('gtin with serial and batch')))).toEqual([
      { text: '010690123456789221A1\x1d10B2', symbology: 'd2' },
    ])
  })

  test('keeps RS and EOT of an ISO 15434 message', () => {
    const message = '[)>\x1e06\x1d17V123\x1dSABC\x1e\x04'
    expect(values(read(ascii(`${message}\r`)))).toEqual([{ text: message, symbology: null }])
  })

  test('that only looks like an identifier is text', () => {
    expect(values(read(ascii('A]C1\r]-\r')))).toEqual([
      { text: 'A]C1', symbology: null },
      { text: ']-', symbology: null },
    ])
  })

  test('of an identifier and nothing else is garbled', () => {
    expect(faults(read(ascii(']C1\r')))).toEqual(['line-garbled'])
  })

  test('keeps its spaces; one of spaces alone is nothing', () => {
    expect(values(read(ascii(' A B \r   \r')))).toEqual([{ text: ' A B ', symbology: null }])
  })

  test('loses a byte order mark and the NULs around it, and keeps them in raw', () => {
    const bytes = joined([Uint8Array.of(0x00), utf8('\uFEFF]Q1AB'), Uint8Array.of(0x00, 0x0d)])
    expect(read(bytes)).toEqual([{ raw: bytes, meaning: { text: 'AB', symbology: 'Q1' }, fault: null }])
  })

  test('with a NUL, an escape, a C1 control or half a character inside is garbled', () => {
    const half = utf8('清').subarray(0, 2)
    for (const inside of [
      Uint8Array.of(0x00),
      ascii('\x1b'),
      ascii('\x7f'),
      utf8('\u0085'),
      half,
      Uint8Array.of(0xc7, 0xe5),
    ])
      expect(faults(read(joined([ascii('A'), inside, ascii('B\r')]))), Buffer.from(inside).toString('hex')).toEqual([
        'line-garbled',
      ])
  })

  test('takes 4 KiB with its end and not one byte more', () => {
    const longest = 'A'.repeat(LINE_BYTES_MAX - 1)
    expect(values(read(ascii(`${longest}\r`)))).toEqual([{ text: longest, symbology: null }])
    const tooLong = read(ascii(`${longest}A\rNEXT\r`))
    expect(faults(tooLong)).toEqual(['line-too-long'])
    expect(values(tooLong)).toEqual([{ text: 'NEXT', symbology: null }])
  })

  test('of 10 MB is one fault and then reads on', () => {
    const framer = lineFramer()
    const found: string[] = []
    for (let sent = 0; sent < 160; sent += 1) found.push(...faults(framer.push(new Uint8Array(65_536).fill(0x41))))
    expect(found).toEqual(['line-too-long'])
    expect(values(framer.push(ascii('\rNEXT\r')))).toEqual([{ text: 'NEXT', symbology: null }])
  })

  test('begun by STX inside another makes that one a fault', () => {
    const frames = read(ascii('\x02AB\x02CD\x03'))
    expect(frames.map((frame) => frame.fault?.code ?? frame.meaning)).toEqual([
      'line-garbled',
      { text: 'CD', symbology: null },
    ])
  })

  test('cut by the closing port is a fault with its bytes, and the next starts clean', () => {
    const framer = lineFramer()
    framer.push(ascii('6901234'))
    expect(framer.end()).toEqual([
      { raw: ascii('6901234'), meaning: null, fault: { code: 'line-cut', detail: 'the port closed inside a line' } },
    ])
    expect(framer.end()).toEqual([])
    expect(values(framer.push(ascii('567892\r')))).toEqual([{ text: '567892', symbology: null }])
  })

  test('cut by silence is a fault too: what comes later is no part of it', () => {
    const framer = lineFramer()
    expect(framer.begun()).toBe(false)
    framer.push(ascii('690'))
    expect(framer.begun()).toBe(true)
    expect(faults(framer.silence())).toEqual(['line-cut'])
    expect(values(framer.push(ascii('ABC\r')))).toEqual([{ text: 'ABC', symbology: null }])
    expect(framer.silence()).toEqual([])
  })
})

describe('a line whose end is chosen', () => {
  const read = (terminator: Terminator, text: string) => {
    const framer = lineFramer({ terminator })
    return framer.push(ascii(text)).map((frame) => (frame.fault === null ? frame.meaning.text : frame.fault.code))
  }

  test.each<[Terminator, string, string[]]>([
    ['cr', 'A\tB\nC\rD\r', ['A\tB\nC', 'D']],
    ['lf', 'A\r\tB\nD\n', ['A\r\tB', 'D']],
    ['crlf', 'A\rB\nC\r\nD\r\n', ['A\rB\nC', 'D']],
    ['tab', 'A\r\nB\tD\t', ['A\r\nB', 'D']],
    ['etx', '\x02A\r\n\tB\x03\r\n\x02D\x03', ['A\r\n\tB', 'D']],
    ['etx', 'AB\r\x02D\x03', ['line-garbled', 'D']],
    ['etx', 'A\x02B\x02D\x03', ['line-garbled', 'line-garbled', 'D']],
    ['cr', 'A\x03\r', ['line-garbled']],
  ])('%s: %j', (terminator, text, lines) => {
    expect(read(terminator, text)).toEqual(lines)
  })

  test('keeps its other line ends with any split', () => {
    const terminators: Terminator[] = ['any', 'cr', 'lf', 'crlf', 'tab', 'etx', 'none']
    const bytes = fc.array(fc.constantFrom(0x00, 0x02, 0x03, 0x09, 0x0a, 0x0d, 0x1d, 0x41, 0x5d, 0xff), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(fc.constantFrom(...terminators), fc.boolean(), bytes, fc.nat(60), (terminator, lrc, sent, at) => {
        const options = { terminator, lrc: lrc && terminator === 'etx' }
        const whole = lineFramer(options)
        const split = lineFramer(options)
        const all = Uint8Array.from(sent)
        const together = [...whole.push(all), ...whole.silence()]
        expect([...split.push(all.subarray(0, at)), ...split.push(all.subarray(at)), ...split.silence()]).toEqual(
          together,
        )
        expect(split.noiseBytes()).toBe(whole.noiseBytes())
        const told = together.reduce((sum, { raw }) => sum + raw.length, 0)
        const ends = sent.filter((byte) => byte === 0x03 || byte === 0x09 || byte === 0x0a || byte === 0x0d).length
        expect(told + whole.noiseBytes() + ends).toBeGreaterThanOrEqual(sent.length)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('a line without a suffix', () => {
  test('is ended by silence', () => {
    const framer = lineFramer({ terminator: 'none' })
    expect(framer.push(ascii(']C0LIB-'))).toEqual([])
    expect(framer.push(ascii('000123'))).toEqual([])
    expect(values(framer.silence())).toEqual([{ text: 'LIB-000123', symbology: 'C0' }])
    expect(framer.silence()).toEqual([])
  })

  test('is cut, never a code, when the port closes before the silence', () => {
    const framer = lineFramer({ terminator: 'none' })
    framer.push(ascii('LIB-000'))
    expect(faults(framer.end())).toEqual(['line-cut'])
  })

  test('that is too long is one fault, and silence ends it', () => {
    const framer = lineFramer({ terminator: 'none' })
    expect(faults(framer.push(new Uint8Array(2 * LINE_BYTES_MAX).fill(0x41)))).toEqual(['line-too-long'])
    expect(framer.silence()).toEqual([])
    framer.push(ascii('NEXT'))
    expect(values(framer.silence())).toEqual([{ text: 'NEXT', symbology: null }])
  })
})

describe('an LRC', () => {
  const read = (bytes: Uint8Array) => lineFramer({ terminator: 'etx', lrc: true }).push(bytes)

  test('finds any flipped bit', () => {
    const frame = withLrc('LIB-000123')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: frame.length - 1 }), fc.nat(7), (at, bit) => {
        const flipped = Uint8Array.from(frame)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        const framer = lineFramer({ terminator: 'etx', lrc: true })
        expect(values([...framer.push(flipped), ...framer.push(frame)])).toEqual([
          { text: 'LIB-000123', symbology: null },
        ])
      }),
    )
  })

  test('may be any byte, also one that means something else', () => {
    for (const byte of [0x00, 0x02, 0x03, 0x0a, 0x0d]) {
      const frame = withLrc(`A${String.fromCharCode(0x42 ^ byte)}`)
      expect(frame.at(-1)).toBe(byte)
      expect(values(read(joined([frame, frame])))).toHaveLength(2)
    }
  })

  test('that was lost costs one line, not the next', () => {
    expect(values(read(joined([ascii('\x02AB\x03'), withLrc('CD')])))).toEqual([{ text: 'CD', symbology: null }])
  })
})

function withLrc(text: string): Uint8Array {
  const covered = joined([utf8(text), Uint8Array.of(0x03)])
  return joined([Uint8Array.of(0x02), covered, Uint8Array.of(covered.reduce((sum, byte) => sum ^ byte, 0))])
}
