import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, joined, values } from '../testing.ts'
import { SSI, SSI_NAK, SSI_STATUS, ssiBytes, ssiFramer } from './ssi.ts'

const capture = captures(import.meta.url, 'ssi.hex')
const code128 = capture('DECODE_DATA Code128 LIB-000123')
const ean13 = capture('DECODE_DATA EAN13 6901234567892')
const ack = fromScanner(SSI.ack)

framerLaws('SSI packets', ssiFramer, {
  frames: [code128, ean13, ack, fromScanner(SSI.decodeData, [0x03, ...ascii('A'.repeat(250))])],
  noise: Uint8Array.of(0x00, 0xff, 0x03, 0x0d),
  damaged: [flipped(code128, 7), flipped(code128, code128.length - 1), flipped(ean13, 3)],
  endless: new Uint8Array(5000).fill(0x41),
  resync: new Uint8Array(257),
})

describe('an SSI packet to the scanner', () => {
  test.each([
    ['CMD_ACK host', SSI.ack, []],
    ['CMD_NAK resend', SSI.nak, [SSI_NAK.resend]],
    ['CMD_NAK bad context', SSI.nak, [SSI_NAK.badContext]],
    ['CMD_NAK denied', SSI.nak, [SSI_NAK.denied]],
    ['REQUEST_REVISION', SSI.requestRevision, []],
    ['START_DECODE', SSI.startDecode, []],
    ['STOP_DECODE', SSI.stopDecode, []],
    ['SCAN_ENABLE', SSI.scanEnable, []],
    ['SCAN_DISABLE', SSI.scanDisable, []],
    ['BEEP code 1', SSI.beep, [0x01]],
    ['LED_ON 1', SSI.ledOn, [0x01]],
    ['LED_OFF 1', SSI.ledOff, [0x01]],
    ['PARAM trigger = host (8A=08)', SSI.paramSend, [0xff, 0x8a, 0x08]],
    ['PARAM power mode = continuous (80=00)', SSI.paramSend, [0xff, 0x80, 0x00]],
    ['PARAM software handshake off (9F=00)', SSI.paramSend, [0xff, 0x9f, 0x00]],
    ['PARAM software handshake on (9F=01)', SSI.paramSend, [0xff, 0x9f, 0x01]],
  ])('%s is as published', (name, opcode, data) => {
    expect(ssiBytes(opcode, data)).toEqual(capture(name))
  })

  test('takes no more than its length can say', () => {
    expect(ssiBytes(SSI.paramSend, new Array<number>(251).fill(1))).toHaveLength(257)
    expect(() => ssiBytes(SSI.paramSend, new Array<number>(252).fill(1))).toThrow(RangeError)
  })
})

describe('an SSI packet from the scanner', () => {
  test('is its opcode, status and data', () => {
    expect(values(ssiFramer().push(code128))).toEqual([
      { opcode: 0xf3, status: 0, data: joined([Uint8Array.of(0x03), ascii('LIB-000123')]) },
    ])
    expect(values(ssiFramer().push(fromScanner(SSI.event, [7], SSI_STATUS.retransmission)))).toEqual([
      { opcode: 0xf6, status: 1, data: Uint8Array.of(7) },
    ])
  })

  test('with any bit flipped is never another one', () => {
    fc.assert(
      fc.property(fc.nat(code128.length - 1), fc.nat(7), (at, bit) => {
        const framer = ssiFramer()
        const damaged = Uint8Array.from(code128)
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
        const read = [...framer.push(damaged), ...framer.silence(), ...framer.push(ean13)]
        expect(values(read)).toEqual(values(ssiFramer().push(ean13)))
      }),
      { numRuns: 1000 },
    )
  })

  test('of the host, echoed on the line, is noise', () => {
    const framer = ssiFramer()
    const read = [...framer.push(joined([capture('BEEP code 1'), code128])), ...framer.silence()]
    expect(read).toEqual(ssiFramer().push(code128))
    expect(framer.noiseBytes()).toBe(capture('BEEP code 1').length)
  })

  test('hidden behind a longer one that never came is found after silence', () => {
    const framer = ssiFramer()
    expect(framer.push(joined([Uint8Array.of(0xff, 0xf3, 0x00), code128]))).toEqual([])
    expect(framer.begun()).toBe(true)
    expect(framer.silence()).toEqual(ssiFramer().push(code128))
    expect(framer.begun()).toBe(false)
    expect(framer.noiseBytes()).toBe(3)
  })

  test('cut by silence or by the closing port is one fault with its bytes', () => {
    for (const cut of ['silence', 'end'] as const) {
      const framer = ssiFramer()
      framer.push(code128.subarray(0, 9))
      const [frame, ...more] = framer[cut]()
      expect(more).toEqual([])
      expect(frame).toMatchObject({ raw: code128.subarray(0, 9), fault: { code: 'line-cut' } })
    }
  })

  test('that fails its sum is one fault, though every byte after it is tried as a beginning', () => {
    const damaged = flipped(fromScanner(SSI.decodeData, [...code128, ...new Array<number>(40).fill(4)]), 4)
    const framer = ssiFramer()
    expect(faults([...framer.push(damaged), ...framer.silence()])).toEqual(['line-garbled'])
  })

  test('lines of a scanner that sends none are noise, and counted', () => {
    const framer = ssiFramer()
    expect([...framer.push(ascii('LIB-000123\r')), ...framer.silence()]).toEqual([])
    expect(framer.noiseBytes()).toBe(11)
  })
})

test('the same bytes make the same packets however they are split, and none is lost from sight', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.constantFrom(code128, ean13, ack, flipped(code128, 5), flipped(ean13, 2)),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat(60), { maxLength: 20 }), (pieces, sizes) => {
      const bytes = joined(pieces)
      const whole = ssiFramer()
      const together = [...whole.push(bytes), ...whole.end()]
      const split = ssiFramer()
      const apart = []
      let from = 0
      for (const size of sizes) {
        apart.push(...split.push(bytes.subarray(from, from + size)))
        from += size
      }
      apart.push(...split.push(bytes.subarray(from)), ...split.end())
      expect(apart).toEqual(together)
      expect(split.noiseBytes()).toBe(whole.noiseBytes())
      const told = together.reduce((sum, { raw }) => sum + raw.length, 0)
      expect(told + whole.noiseBytes()).toBeGreaterThanOrEqual(bytes.length)
    }),
    { numRuns: 3000 },
  )
})

test('a megabyte of any bytes holds no more than one packet back', () => {
  let seed = 1
  const framer = ssiFramer()
  for (let sent = 0; sent < 256; sent += 1) {
    const bytes = Uint8Array.from({ length: 4096 }, () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16)
    framer.push(bytes)
  }
  const rest = framer.end()
  expect(rest.reduce((sum, { raw }) => sum + raw.length, 0)).toBeLessThanOrEqual(257)
})

/** As the scanner sends it: the same rule with another source. */
function fromScanner(opcode: number, data: readonly number[] = [], status = 0): Uint8Array {
  const bytes = Uint8Array.from(ssiBytes(opcode, data, status))
  bytes[2] = 0x00
  const sum = ((((bytes.at(-2) ?? 0) << 8) | (bytes.at(-1) ?? 0)) + 0x04) & 0xffff
  bytes[bytes.length - 2] = sum >> 8
  bytes[bytes.length - 1] = sum & 0xff
  return bytes
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const damaged = Uint8Array.from(bytes)
  damaged[at] = (damaged[at] ?? 0) ^ 0x01
  return damaged
}
