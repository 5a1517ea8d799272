import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { ready } from 'zpl-renderer-js'
import type { Bitmap } from '../reading.ts'
import { labelPicture, noisePicture, picture, whitePicture } from './testing.ts'
import { crc16, encodeZpl, runLengths, zlib64 } from './zpl.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const rows = (rowBytes: number, ...bits: number[]): Bitmap => ({
  width: rowBytes * 8,
  height: bits.length / rowBytes,
  rowBytes,
  bits: Uint8Array.from(bits),
})

describe('run lengths', () => {
  test.each([
    ['a row of white', rows(2, 0, 0), ','],
    ['a row of black', rows(2, 0xff, 0xff), 'JF'],
    ['digits that do not repeat', rows(2, 0x81, 0x7e), '817E'],
    ['three of a digit, then white', rows(2, 0xff, 0xf0), 'IF,'],
    ['nineteen of a digit', rows(10, ...Array<number>(9).fill(0x88), 0x81), 'Y81'],
    ['twenty of a digit', rows(11, ...Array<number>(10).fill(0x88), 0x12), 'g812'],
    ['twenty-one of a digit', rows(11, ...Array<number>(10).fill(0x88), 0x81), 'gG81'],
    ['four hundred and nineteen of a digit', rows(210, ...Array<number>(209).fill(0x88), 0x81), 'zY81'],
    ['more than one run can say', rows(211, ...Array<number>(210).fill(0x88), 0x12), 'zY8812'],
    ['the row above', rows(1, 0x18, 0x18, 0x18, 0x00, 0x00), '18::,:'],
  ])('write %s', (_, label, expected) => {
    expect(runLengths(label)).toBe(expected)
  })

  test('can be read back, for any picture', () => {
    const anyPicture = fc
      .record({
        rowBytes: fc.integer({ min: 1, max: 240 }),
        height: fc.integer({ min: 1, max: 6 }),
        seed: fc.integer(),
      })
      .chain(({ rowBytes, height }) =>
        fc
          .array(fc.tuple(fc.constantFrom(0x00, 0xff, 0x0f, 0x88, 0x5a), fc.integer({ min: 1, max: rowBytes * 2 })), {
            minLength: height * 2,
            maxLength: height * 8,
          })
          .map((runs) => {
            const bits = Uint8Array.from(runs.flatMap(([byte, length]) => Array<number>(length).fill(byte)))
            const whole = new Uint8Array(rowBytes * height)
            whole.set(bits.subarray(0, whole.length))
            return { width: rowBytes * 8, height, rowBytes, bits: whole }
          }),
      )
    fc.assert(
      fc.property(anyPicture, (label) => {
        expect(readRunLengths(runLengths(label), label.rowBytes)).toEqual(label.bits)
      }),
      { numRuns: 500, seed: 7 },
    )
  })
})

describe('Z64', () => {
  test('is zlib in base64', () => {
    const { bits } = labelPicture(200, 100)
    const [, kind, base64 = '', crc] = zlib64(bits).split(':')
    expect(kind).toBe('Z64')
    expect(Uint8Array.from(inflateSync(Buffer.from(base64, 'base64')))).toEqual(bits)
    expect(crc).toMatch(/^[0-9A-F]{4}$/)
    expect(Number.parseInt(crc ?? '', 16)).toBe(crc16(Buffer.from(base64)))
  })

  test('is checked by the CRC with polynomial 1021 and start 0', () => {
    // The check value that the catalogues of CRCs give for this one (XMODEM).
    expect(crc16(Buffer.from('123456789'))).toBe(0x31c3)
    expect(crc16(Buffer.alloc(0))).toBe(0)
  })

  test('has four digits of CRC also when it begins with zeros', () => {
    let found: string | undefined
    for (let seed = 0; found === undefined; seed += 1) {
      const data = zlib64(Uint8Array.of(seed & 0xff, seed >> 8))
      const [, , base64 = ''] = data.split(':')
      if (crc16(Buffer.from(base64)) < 0x1000) found = data
    }
    expect(found).toMatch(/:0[0-9A-F]{3}$/)
  })
})

const BLACK = picture(480, 320, () => true)

describe('a ZPL job', () => {
  const labels: [string, Bitmap, ':Z64:' | 'runs'][] = [
    ['a label of 101.5 x 60 mm', labelPicture(812, 480), ':Z64:'],
    ['a label of 60 x 40 mm', labelPicture(480, 320), ':Z64:'],
    ['noise', noisePicture(401, 99, 5), ':Z64:'],
    ['an empty label', whitePicture(800, 480), ':Z64:'],
    ['a line and white', picture(812, 24, (_, y) => y === 8), 'runs'],
    ['a width that is no whole byte', picture(21, 9, (x, y) => x === y || x === 20), 'runs'],
  ]

  test.each(labels)('draws exactly the picture: %s', async (_, label, packing) => {
    const job = encodeZpl(label)
    expect(text(job).includes(':Z64:')).toBe(packing === ':Z64:')
    expect(await rendered(text(job), label)).toEqual(label)
  })

  test('draws the same from run lengths, whichever packing was the smaller', async () => {
    for (const label of [labelPicture(480, 320), noisePicture(401, 99, 5), whitePicture(480, 320), BLACK]) {
      const total = label.bits.length
      const job = `^XA^FO0,0^GFA,${total},${total},${label.rowBytes},${runLengths(label)}^FS^XZ`
      expect(await rendered(job, label)).toEqual(label)
    }
  })

  test('is one label of one picture and nothing else', () => {
    for (const [, label] of labels)
      expect(text(encodeZpl(label))).toMatch(
        /^\^XA\^PON\^PMN\^LRN\^LH0,0\^LS0\^PW\d+\^LL\d+\^FO0,0\^GFA,\d+,\d+,\d+,[0-9A-Za-z:+/=,]+\^FS\^PQ1\^XZ$/,
      )
  })

  test.each([
    ['without rows', { width: 8, height: 0, rowBytes: 1, bits: new Uint8Array(0) }],
    ['with too few bytes', { width: 16, height: 2, rowBytes: 2, bits: new Uint8Array(3) }],
    ['with rows that are too long', { width: 8, height: 2, rowBytes: 2, bits: new Uint8Array(4) }],
    ['with black outside its width', { width: 4, height: 1, rowBytes: 1, bits: Uint8Array.of(0x01) }],
    ['of absurd width', { width: 8000, height: 1, rowBytes: 1000, bits: new Uint8Array(1000) }],
    ['of half a dot', { width: 7.5, height: 1, rowBytes: 1, bits: new Uint8Array(1) }],
  ])('is not made of a bitmap %s', (_, label) => {
    expect(() => encodeZpl(label)).toThrow(RangeError)
  })
})

const DOTS_PER_MM = 8

/** The label as a renderer draws it that knows nothing of our encoder. */
async function rendered(job: string, { width, height }: Bitmap): Promise<Bitmap> {
  const { api } = await ready
  const png = await api.zplToBase64Async(job, width / DOTS_PER_MM, height / DOTS_PER_MM, DOTS_PER_MM)
  const { data, info } = await sharp(Buffer.from(png, 'base64')).greyscale().raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width, height, channels: 1 })
  return picture(width, height, (x, y) => (data[y * width + x] ?? 255) < 128)
}

/** Undoes run lengths as the ZPL manual describes them. */
function readRunLengths(packed: string, rowBytes: number): Uint8Array {
  const rowsOfDigits: string[] = []
  let row = ''
  let count = 0
  for (const letter of packed) {
    if (letter === ':') rowsOfDigits.push(rowsOfDigits.at(-1) ?? '')
    else if (letter === ',') row = row.padEnd(rowBytes * 2, '0')
    else if (letter >= 'g' && letter <= 'z') count += (letter.charCodeAt(0) - 'f'.charCodeAt(0)) * 20
    else if (letter >= 'G' && letter <= 'Y') count += letter.charCodeAt(0) - 'F'.charCodeAt(0)
    else {
      row += letter.repeat(Math.max(1, count))
      count = 0
    }
    if (row.length === rowBytes * 2) {
      rowsOfDigits.push(row)
      row = ''
    }
  }
  expect(row).toBe('')
  return Uint8Array.from(Buffer.from(rowsOfDigits.join(''), 'hex'))
}
