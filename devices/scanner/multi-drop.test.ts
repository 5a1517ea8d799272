import { expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, joined, values } from '../testing.ts'
import { LINE_BYTES_MAX } from './line.ts'
import { multiDropFramer, pollBytes, unitOf } from './multi-drop.ts'

const capture = captures(import.meta.url, 'multi-drop.hex')
const data = capture('data "A1" addr 30')

framerLaws('codes of polled scanners (Symbol)', () => multiDropFramer(), {
  frames: [data, joined([Uint8Array.of(0x01, 0x31, 0x02), ascii('X'), Uint8Array.of(0x03, 0x58 ^ 0x03)])],
  noise: Uint8Array.of(0xff, 0x41, 0x0d),
  damaged: [Uint8Array.of(0x01, 0x30, 0x02, 0x41, 0x31, 0x03, 0x72)],
  endless: joined([Uint8Array.of(0x01, 0x30, 0x02), new Uint8Array(LINE_BYTES_MAX + 10).fill(0x41)]),
  resync: Uint8Array.of(0x03, 0x00, 0x00),
})

framerLaws('codes of polled scanners (Microscan)', () => multiDropFramer({ family: 'microscan' }), {
  frames: [data.subarray(1), joined([Uint8Array.of(0x1e, 0x02), ascii('X'), Uint8Array.of(0x03, 0x58 ^ 0x03)])],
  noise: Uint8Array.of(0xff, 0x41, 0x0d),
  damaged: [Uint8Array.of(0x30, 0x02, 0x41, 0x31, 0x03, 0x72)],
  endless: joined([Uint8Array.of(0x30, 0x02), new Uint8Array(LINE_BYTES_MAX + 10).fill(0x41)]),
  resync: Uint8Array.of(0x03, 0x00, 0x00),
})

test('addresses and polls are those of the families', () => {
  expect(pollBytes(unitOf('symbol', 1))).toEqual(capture('poll addr 30'))
  expect(pollBytes(unitOf('microscan', 2))).toEqual(Uint8Array.of(0x04, 0x1e, 0x05))
})

test('an EOT that nothing follows is an answer; one that begins our own poll is none', () => {
  const framer = multiDropFramer()
  expect(framer.push(capture('idle answer'))).toEqual([])
  expect(framer.maybeNothing()).toBe(true)
  expect(values(framer.silence())).toEqual([{ says: 'nothing' }])
  expect(framer.push(capture('poll addr 30'))).toEqual([])
  expect(framer.maybeNothing()).toBe(false)
  expect(framer.silence()).toEqual([])
  expect(values(framer.push(joined([capture('poll addr 30'), data])))).toMatchObject([{ unit: 0x30 }])
  expect(values(framer.push(joined([capture('idle answer'), data])))).toMatchObject([
    { says: 'nothing' },
    { says: 'code' },
  ])
})

test('the check byte covers what it is said to cover', () => {
  const whole = Uint8Array.of(0x01, 0x30, 0x02, 0x41, 0x31, 0x03, 0x73 ^ 0x01 ^ 0x30 ^ 0x02)
  expect(values(multiDropFramer({ lrc_covers: 'frame' }).push(whole))).toMatchObject([{ scan: { text: 'A1' } }])
  expect(faults(multiDropFramer().push(whole))).toEqual(['line-garbled'])
})

test('a code that is cut off by another is a fault, and the other is read', () => {
  expect(multiDropFramer().push(joined([data.subarray(0, 5), data]))).toMatchObject([
    { fault: { code: 'line-cut' } },
    { meaning: { scan: { text: 'A1' } } },
  ])
  const bare = data.subarray(1)
  expect(multiDropFramer({ family: 'microscan' }).push(joined([bare.subarray(0, 4), bare]))).toMatchObject([
    { fault: { code: 'line-cut' } },
    { meaning: { scan: { text: 'A1' } } },
  ])
})
