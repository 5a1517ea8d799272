import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCapture } from './replay-capture.ts'

/**
 * Published frames, each proven by the rule of its class alone, as the protocol's text has it and without any code of a driver: so a driver and
 * its captures cannot be wrong together.
 */

const CLASSES = {
  ssi: (bytes) =>
    bytes[0] === bytes.length - 2 && ((sum(bytes.slice(0, -2)) + bytes.readUInt16BE(bytes.length - 2)) & 0xffff) === 0,
  gm: (bytes) =>
    bytes.readUInt16BE(0) === 0x7e00 &&
    (bytes.readUInt16BE(bytes.length - 2) === 0xabcd || isXmodem(bytes.subarray(2))),
  gmr: (bytes) => bytes.readUInt16BE(0) === 0x0200 && isXmodem(bytes.subarray(2)),
  lrc: (bytes) => xor(bytes.subarray(bytes.indexOf(0x02) + 1)) === 0,
  honey: (bytes) => {
    const counted = Number(bytes.toString('latin1', 13, 17))
    return bytes.readUInt32LE(2) === counted + 14 && bytes.length === 21 + counted && bytes.at(-1) === 0x0d
  },
  llrp: (bytes) => bytes.readUInt32BE(2) === bytes.length && areNested(bytes),
  a0: (bytes) => bytes[0] === 0xa0 && bytes[1] === bytes.length - 2 && (sum(bytes) & 0xff) === 0,
  a0bad: (bytes) => bytes[0] === 0xa0 && bytes[1] === bytes.length - 2 && (sum(bytes) & 0xff) !== 0,
  bb: (bytes) => isBb(bytes),
  bbtag: (bytes) => isBb(bytes) && gen2(bytes.subarray(6, -4)) === bytes.readUInt16BE(bytes.length - 4),
  u18: (bytes) => bytes[0] === bytes.length - 1 && crc(bytes, 0x8408, true) === 0,
  sw: (bytes) => bytes.readUInt16BE(2) === bytes.length - 4 && (sum(bytes) & 0xff) === 0,
  ff68: (bytes) => {
    const frame = bytes[0] === 0xff ? bytes.subarray(1) : bytes
    const [start, length = 0, again, second] = frame
    return (
      [start, second, frame.at(-1)].join() === '104,104,22' &&
      length === again &&
      frame.length === length + 6 &&
      (sum(frame.subarray(4, -2)) & 0xff) === frame.at(-2)
    )
  },
  rdm: (bytes) => {
    const digits = bytes.toString('latin1', 1, 13)
    const isFramed = bytes[0] === 0x02 && bytes.at(-1) === 0x03 && /^[0-9A-F]{12}$/.test(digits)
    return isFramed && xor(Buffer.from(digits, 'hex')) === 0
  },
  samv: (bytes) => bytes.readUInt16BE(5) === bytes.length - 7 && xor(bytes.subarray(5)) === 0,
  lock: (bytes) => xor(bytes) === 0,
  // Bits 1 and 4 are always set, bits 0 and 7 never.
  escdle: (bytes) => bytes.length === 1 && ((bytes[0] ?? 0) & 0x93) === 0x12,
  raw: (bytes) => bytes.length > 0,
} as const satisfies Readonly<Record<string, (bytes: Buffer) => boolean>>

/** Those whose rule finds a single bit that was flipped, wherever it stands. */
const PROTECTED = ['ssi', 'a0', 'bb', 'bbtag', 'u18', 'sw', 'ff68', 'rdm', 'lock'] as const
/** Those that a driver here reads or writes: their bytes stand in the captures beside it too. (An ESC/POS printer's stand there four at a time.) */
const DRIVEN = ['ssi', 'gm', 'gmr', 'lrc', 'honey', 'llrp', 'a0', 'bb', 'bbtag', 'u18', 'ff68', 'rdm', 'lock'] as const

const vectors = readFileSync(new URL('vectors.hex', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, kind = '', name = '', hex = ''] = /^(\w+) \| ([^|]+) \| ((?:[0-9A-F]{2} )*[0-9A-F]{2})$/.exec(line) ?? []
    return { kind, name, bytes: Buffer.from(hex.replaceAll(' ', ''), 'hex') }
  })

function of(kinds: readonly string[]): typeof vectors {
  return vectors.filter(({ kind }) => kinds.includes(kind))
}

test('every line is a vector of a class that is known, and no class is empty', () => {
  expect(vectors.length).toBe(163)
  expect(new Set(vectors.map(({ kind }) => kind))).toEqual(new Set(Object.keys(CLASSES)))
  expect(new Set(vectors.map(({ kind, name }) => `${kind} ${name}`)).size).toBe(vectors.length)
})

test.each(vectors)('$kind $name', ({ kind, bytes }) => {
  expect(CLASSES[kind as keyof typeof CLASSES](bytes)).toBe(true)
})

describe.each(PROTECTED)('%s', (kind) => {
  test.each(of([kind]))('$name, any bit of it flipped, is found out', ({ bytes }) => {
    // A preamble that may be missing says nothing.
    for (let at = kind === 'ff68' && bytes[0] === 0xff ? 1 : 0; at < bytes.length; at += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        expect(holds(kind, flipped)).toBe(false)
      }
  })
})

test('what drivers are tested with is the same, byte for byte', () => {
  const files = globSync('*/captures/*.hex', { cwd: import.meta.dirname })
  const captured = new Set(
    files.flatMap((file) =>
      readCapture(file, readFileSync(new URL(file, import.meta.url))).map(({ bytes }) =>
        Buffer.from(bytes).toString('hex'),
      ),
    ),
  )
  const missing = of(DRIVEN).filter(({ bytes }) => !captured.has(bytes.toString('hex')))
  expect(missing.map(({ kind, name }) => `${kind} ${name}`)).toEqual([])
})

/** A rule that reads outside the bytes has found them out. */
function holds(kind: (typeof PROTECTED)[number], bytes: Buffer): boolean {
  try {
    return CLASSES[kind](bytes)
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function sum(bytes: Uint8Array): number {
  return bytes.reduce((so, byte) => so + byte, 0)
}

function xor(bytes: Uint8Array): number {
  return bytes.reduce((so, byte) => so ^ byte, 0)
}

/** Bit by bit: `reflected` shifts to the right from FFFF, else to the left from `start`. */
function crc(bytes: Uint8Array, polynomial: number, reflected: boolean, start = 0xffff): number {
  let so = start
  for (const byte of bytes) {
    so ^= reflected ? byte : byte << 8
    for (let bit = 0; bit < 8; bit += 1) {
      const out = reflected ? so & 1 : so & 0x8000
      so = reflected ? so >> 1 : (so << 1) & 0xffff
      if (out !== 0) so ^= polynomial
    }
  }
  return so
}

function isXmodem(bytes: Buffer): boolean {
  return crc(bytes, 0x1021, false, 0) === 0
}

/** The check of a tag's own air protocol, over its PC and EPC. */
function gen2(bytes: Uint8Array): number {
  return crc(bytes, 0x1021, false) ^ 0xffff
}

function isBb(bytes: Buffer): boolean {
  const isFramed = bytes[0] === 0xbb && bytes.at(-1) === 0x7e && bytes.readUInt16BE(3) === bytes.length - 7
  return isFramed && (sum(bytes.subarray(1, -2)) & 0xff) === bytes.at(-2)
}

/** What stands before the parameters of a message, by its type. */
const LLRP_HEADS: Readonly<Record<number, number>> = { 1: 1, 3: 1, 21: 4, 22: 4, 23: 4, 24: 4, 47: 1, 56: 2 }
/** What stands before the parameters inside one, of those that hold any; an AISpec here names one antenna. */
const LLRP_HOLDERS: Readonly<Record<number, number>> = { 177: 6, 178: 0, 183: 4, 237: 3, 240: 0, 246: 0 }
/** Fixed lengths of those without one, by type. */
const LLRP_SHORT: Readonly<Record<number, number>> = { 1: 3, 2: 9, 6: 2, 8: 3, 13: 13 }

/** Whether the lengths of all parameters, and of those inside them, fit to the byte. */
function areNested(message: Buffer): boolean {
  const type = message.readUInt16BE(0) & 0x3ff
  return fit(message.subarray(10 + (LLRP_HEADS[type] ?? 0)))
}

function fit(bytes: Buffer): boolean {
  let at = 0
  while (at < bytes.length) {
    const first = bytes[at] ?? 0
    const length = first >= 0x80 ? (LLRP_SHORT[first & 0x7f] ?? 0) : bytes.readUInt16BE(at + 2)
    if (length < 2 || at + length > bytes.length) return false
    if (first < 0x80) {
      const head = LLRP_HOLDERS[bytes.readUInt16BE(at) & 0x3ff]
      if (head !== undefined && !fit(bytes.subarray(at + 4 + head, at + length))) return false
    }
    at += length
  }
  return at === bytes.length
}
