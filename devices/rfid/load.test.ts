import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Framer } from '../framing.ts'
import type { Fault, ReadingValue, TagSeen } from '../reading.ts'
import { joined } from '../testing.ts'
import { u16Bytes } from './bytes.ts'
import { llrpFramer, llrpMessage, MESSAGE } from './llrp/message.ts'
import { tlv } from './llrp/parameter.ts'
import { rfidReader } from './open-reader.ts'
import { RFID_PROTOCOLS, type RfidProtocol } from './options.ts'
import type { RfidOutlet } from './reader.ts'
import { A0, a0Command, a0Framer } from './serial/a0.ts'
import { bbFramer } from './serial/bb.ts'
import { gen2Crc } from './serial/crc.ts'
import { U18, u18Command, u18Framer } from './serial/uhfreader18.ts'
import { everyCapture } from './testing.ts'

const FRAMERS: Readonly<Record<RfidProtocol, () => Framer<unknown>>> = {
  llrp: () => llrpFramer(1000),
  a0: a0Framer,
  bb: bbFramer,
  uhfreader18: u18Framer,
}
const FILES = { llrp: 'llrp.hex', a0: 'a0.hex', bb: 'bb-tags.hex', uhfreader18: 'uhfreader18.hex' } as const
const TAGS = 200

/** A frame that tells of one read of the tag with this number. */
const FRAME: Readonly<Record<RfidProtocol, (nth: number) => Uint8Array>> = {
  llrp: (nth) =>
    llrpMessage(MESSAGE.RO_ACCESS_REPORT, nth, tlv(240, [0x8d, ...epcOf(nth)], [0x81, 0, 1], [0x86, 0xc4])),
  a0: (nth) => a0Command(A0.INVENTORY, [0, 0x30, 0, ...epcOf(nth), 60]),
  bb(nth) {
    const told = Uint8Array.of(0x30, 0, ...epcOf(nth))
    const body = [2, 0x22, 0, 17, 0xc4, ...told, ...u16Bytes(gen2Crc(told))]
    return Uint8Array.of(0xbb, ...body, body.reduce((sum, byte) => sum + byte, 0) & 0xff, 0x7e)
  },
  uhfreader18: (nth) => u18Command(U18.INVENTORY, [3, 1, 12, ...epcOf(nth)], 0),
}

function epcOf(nth: number): number[] {
  return [0xd4, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...u16Bytes(nth % TAGS)]
}

/** A driver whose port is in the hands of the test. */
function driverInHand(protocol: RfidProtocol) {
  const tags: TagSeen[] = []
  const told: ReadingValue[] = []
  const givenUp: Fault[] = []
  let noise = 0
  const outlet: RfidOutlet = {
    write: () => Promise.resolve(),
    reading: (_raw, value) => String(told.push(value)),
    tag: (_raw, seen) => tags.push(seen),
    count: (what, by) => {
      if (what === 'noise_bytes') noise += by
    },
    health: () => undefined,
    turn: (deed) => deed(),
    giveUp: (fault) => givenUp.push(fault),
    now: () => 1000,
  }
  const driver = rfidReader(protocol, outlet, { antennas: [1], power_dbm: null, role: 'desk', records: 'epc' })
  return { driver, tags, told, givenUp, noise: () => noise }
}

/** The bytes in pieces of these lengths, over and over. */
function pieces(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const all: Uint8Array[] = []
  for (let at = 0, nth = 0; at < bytes.length; nth += 1) {
    const length = lengths[nth % lengths.length] ?? 1
    all.push(bytes.slice(at, at + length))
    at += length
  }
  return all
}

describe.each(RFID_PROTOCOLS)('%s', (protocol) => {
  test.each([
    ['4,000 reads, ten seconds of a serial reader', 4000],
    ['15,000 reads, ten seconds of a large fixed reader', 15_000],
  ])('%s, as fast as they go: none is lost, and each counts once', (_name, reads) => {
    const { driver, tags, told, noise } = driverInHand(protocol)
    const stream = joined(Array.from({ length: reads }, (_, nth) => FRAME[protocol](nth)))
    for (const piece of pieces(stream, [1, 7, 64, 1460, 3, 255])) driver.bytes(piece)
    driver.closed(null)
    const counts = new Map<string, number>()
    for (const { epc, count } of tags) counts.set(epc, (counts.get(epc) ?? 0) + count)
    expect(counts.size).toBe(TAGS)
    expect(new Set(counts.values())).toEqual(new Set([reads / TAGS]))
    expect(tags.length).toBeLessThanOrEqual(2 * TAGS)
    expect(told).toEqual([])
    expect(noise()).toBe(0)
  })

  test('however the bytes are cut, the frames are the same', () => {
    const frames = everyCapture(FILES[protocol]).map(([, bytes]) => bytes)
    const part = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...frames) }, fc.uint8Array({ maxLength: 12 }))
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), lengths, (parts, cuts) => {
        const bytes = joined(parts)
        const make = FRAMERS[protocol]
        const whole = make()
        const cut = make()
        const wanted = [...whole.push(bytes), ...whole.end()]
        expect([...pieces(bytes, cuts).flatMap((piece) => cut.push(piece)), ...cut.end()]).toEqual(wanted)
      }),
      { numRuns: 2000, seed: 20_261_121 },
    )
  })

  test('random bytes are counted or told, never thrown, and never a tag', () => {
    const { driver, tags } = driverInHand(protocol)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => driver.bytes(bytes)),
      { numRuns: 10_000, seed: 20_261_121 },
    )
    driver.closed(null)
    expect(tags).toEqual([])
  })
})
