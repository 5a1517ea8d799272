import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ascii, captures, faults, framerLaws, joined, values } from '../testing.ts'
import { addressIn, busFrameBytes, busFramer } from './frame.ts'
import { checkedProfile, type FramesProfile, readProfile } from './profile.ts'

const capture = captures(import.meta.url, 'ff68.hex')
const layout = frameOf(readProfile('ff68'))

function frameOf(profile: ReturnType<typeof readProfile>): FramesProfile['frame'] {
  if (profile.protocol !== 'ff68') throw new Error('no frames')
  return profile.frame
}

function damaged(name: string, at: number, byte: number): Uint8Array {
  const bytes = Uint8Array.from(capture(name))
  bytes[at] = byte
  return bytes
}

framerLaws('keypad frames', () => busFramer(layout), {
  frames: [
    capture('rating 02'),
    capture('host answer to evaluator 1'),
    capture('caller 1: log-in 1234'),
    capture('host to caller 1: alarm'),
  ],
  noise: Uint8Array.of(0x00, 0xff, 0x5a, 0x16),
  damaged: [
    damaged('rating 02', 8, 0x95),
    damaged('rating 02', 7, 0x03),
    damaged('rating 02', 9, 0x00),
    damaged('caller 1: log-in 1234', 5, 0x02),
  ],
  endless: joined([ascii('h\x20\x20h'), new Uint8Array(200).fill(0x41)]),
  resync: new Uint8Array(100),
})

describe('a frame', () => {
  test.each([
    ['rating 00 poor, evaluator 1', 0x81, 0x11, [0]],
    ['rating 01', 0x81, 0x11, [1]],
    ['rating 02', 0x81, 0x11, [2]],
    ['rating 03', 0x81, 0x11, [3]],
    ['rating 04 (constant only)', 0x81, 0x11, [4]],
    ['host answer to evaluator 1', 0x81, 0x01, []],
    ['host sets 5 stars', 0x81, 0x02, [5]],
    ['caller 1: ask to rate 0B', 0x01, 0x01, [0x0b]],
    ['caller 1: call next 0C', 0x01, 0x01, [0x0c]],
    ['caller 1: waiting count 00 0B', 0x01, 0x01, [0, 0x0b]],
    ['caller 1: pause 00 0F', 0x01, 0x01, [0, 0x0f]],
    ['caller 1: log-in 1234', 0x01, 0x01, [1, 2, 3, 4, 0x0f]],
    ['host to caller 1: show success', 0x01, 0x02, [1]],
    ['host to caller 1: alarm', 0x01, 0x03, []],
  ])('%s is read, and written the same', (name, address, command, data) => {
    const raw = capture(name)
    const said = { address, command, data: Uint8Array.from(data) }
    expect(busFramer(layout).push(raw)).toEqual([{ raw, meaning: said, fault: null }])
    expect(busFrameBytes(layout, said, raw[0] === 0xff)).toEqual(raw)
    expect(addressIn(layout, raw)).toBe(address)
  })

  test('with any bit flipped says nothing', () => {
    const raw = capture('rating 02')
    for (let at = 1; at < raw.length; at += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = Uint8Array.from(raw)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        const framer = busFramer(layout)
        expect(values([...framer.push(flipped), ...framer.end()])).toEqual([])
      }
  })

  test('cut by silence is a fault, and a whole frame behind a false head is read', () => {
    const framer = busFramer(layout)
    const falseHead = Uint8Array.of(0x68, 0x20, 0x20, 0x68)
    expect(framer.push(joined([falseHead, capture('rating 02')]))).toEqual([])
    expect(framer.begun()).toBe(true)
    const read = framer.silence()
    expect(faults(read)).toEqual(['line-cut'])
    expect(values(read)).toMatchObject([{ address: 0x81, command: 0x11 }])
    expect(framer.begun()).toBe(false)
  })

  test('is never held back by more than one frame', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 40 }), (pieces) => {
        const framer = busFramer(layout)
        const read = pieces.flatMap((piece) => framer.push(piece))
        expect(framer.end().reduce((most, { raw }) => Math.max(most, raw.length), 0)).toBeLessThan(48)
        for (const { raw } of read) expect(raw.length).toBeLessThan(48)
      }),
      { numRuns: 500, seed: 20_261_121 },
    )
  })

  test('and what is no frame are counted to the byte', () => {
    const framer = busFramer(layout)
    framer.push(joined([ascii('zzz'), capture('rating 02'), ascii('yy'), capture('caller 1: pause 00 0F')]))
    expect(framer.noise_bytes()).toBe(5)
    expect(framer.noise_bytes()).toBe(0)
    framer.push(damaged('rating 02', 8, 0x95))
    expect(framer.noise_bytes()).toBe(0)
  })
})

describe('the light strip above a window, which speaks on the same line', () => {
  const strip = Uint8Array.of(0xa0, 0x90, 0x01, 0x68, 0x02, 0xa5, 0xaa)

  test('is no noise, however its bytes come, and hides no frame', () => {
    const framer = busFramer(layout)
    const line = joined([strip, capture('rating 02'), strip, strip, capture('caller 1: pause 00 0F')])
    const read = Array.from(line, (_byte, at) => framer.push(line.subarray(at, at + 1))).flat()
    expect(values(read)).toMatchObject([{ command: 0x11 }, { command: 0x01 }])
    framer.silence()
    expect(framer.noise_bytes()).toBe(0)
  })

  test('that never ends, or is too long to be one, is noise to the byte; a frame inside it is read', () => {
    const framer = busFramer(layout)
    const begun = strip.subarray(0, 3)
    expect(values(framer.push(joined([begun, capture('rating 02')])))).toMatchObject([{ command: 0x11 }])
    expect(framer.noise_bytes()).toBe(begun.length)
    framer.push(joined([begun, new Uint8Array(100).fill(0x5a), strip.subarray(-2)]))
    framer.push(begun)
    expect(framer.silence().length).toBeLessThanOrEqual(1)
    expect(framer.noise_bytes()).toBe(begun.length + 100 + 2 + begun.length)
  })
})

/** A stream with a seed: pieces of the line, each with what a perfect reader would read of it. */
function noisyLine(frames: number, seed: number): { bytes: Uint8Array; good: string[] } {
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const pieces: Uint8Array[] = []
  const good: string[] = []
  for (let nth = 0; nth < frames; nth += 1) {
    const said = {
      address: 0x81 + random(8),
      command: 0x11,
      data: Uint8Array.of(random(5)),
    }
    const frame = busFrameBytes(layout, said, true)
    if (random(10) === 0) pieces.push(Uint8Array.from({ length: 1 + random(12) }, () => random(256)))
    const fate = random(20)
    if (fate === 0) pieces.push(frame.slice(0, 1 + random(frame.length - 1)))
    else if (fate === 1) {
      frame[1 + random(frame.length - 1)]! ^= 1 << random(8)
      pieces.push(frame)
    } else {
      pieces.push(frame)
      good.push(`${said.address} ${said.data[0]}`)
    }
  }
  return { bytes: joined(pieces), good }
}

test('of 20 000 frames on a noisy line every good one is read and no false one', () => {
  const { bytes, good } = noisyLine(20_000, 68)
  const framer = busFramer(layout)
  const read: string[] = []
  for (let from = 0; from < bytes.length; from += 97)
    for (const { meaning } of framer.push(bytes.subarray(from, from + 97)))
      if (meaning !== null) read.push(`${meaning.address} ${meaning.data[0]}`)
  for (const { meaning } of framer.end()) if (meaning !== null) read.push(`${meaning.address} ${meaning.data[0]}`)
  expect(read).toEqual(good)
})

test('another vendor’s frame needs a profile and no code', () => {
  const profile = checkedProfile('vendor', {
    protocol: 'ff68',
    version: 1,
    title: { zh: '另一厂家', en: 'another vendor' },
    frame: {
      preamble: null,
      parts: ['AA', '55', 'address', 'length', 'command', 'data', 'sum'],
      length_covers: ['command', 'data'],
      sum: { kind: 'xor8', covers: ['address', 'data'] },
      data_max: 8,
    },
    rater: { address_plus: 0, command: '70', answer: null, ask: null, stars: null },
    clerk: null,
    keys: { '05': { level: 5 } },
  })
  const other = frameOf(profile)
  const raw = busFrameBytes(other, { address: 3, command: 0x70, data: Uint8Array.of(5) }, false)
  expect(raw).toEqual(Uint8Array.of(0xaa, 0x55, 3, 2, 0x70, 5, 3 ^ 2 ^ 0x70 ^ 5))
  expect(values(busFramer(other).push(raw))).toEqual([{ address: 3, command: 0x70, data: Uint8Array.of(5) }])
  raw[5] = 4
  expect(faults(busFramer(other).push(raw))).toEqual(['line-garbled'])
})
