import { describe, expect, test } from 'vitest'
import type { Bitmap } from '../reading.ts'
import { labelPicture, noisePicture, picture, whitePicture } from './testing.ts'
import { encodeTspl, type TsplStock } from './tspl.ts'

const STOCK: TsplStock = { dotsPerMm: 8, gap_mm: 2, blackBit: 0 }

describe('a TSPL job', () => {
  const labels: [string, Bitmap][] = [
    ['a label of 101.5 x 60 mm', labelPicture(812, 480)],
    ['noise, with line ends and quotes among its bytes', noisePicture(480, 320, 3)],
    ['a width that is no whole byte', picture(21, 9, (x, y) => x === y || x === 20)],
    ['white', whitePicture(16, 4)],
  ]

  test.each(labels)('draws exactly the picture, once: %s', (_, label) => {
    expect(interpret(encodeTspl(label, STOCK), 0)).toEqual([label])
    expect(interpret(encodeTspl(label, { ...STOCK, blackBit: 1 }), 1)).toEqual([label])
  })

  test('is the negative when the printer reads the bits the other way round', () => {
    const [drawn] = interpret(
      encodeTspl(
        picture(8, 1, (x) => x < 4),
        STOCK,
      ),
      1,
    )
    expect(drawn?.bits).toEqual(Uint8Array.of(0x0f))
  })

  test('has exactly these bytes', () => {
    const label: Bitmap = { width: 12, height: 2, rowBytes: 2, bits: Uint8Array.of(0x81, 0x10, 0x7e, 0xf0) }
    expect(Buffer.from(encodeTspl(label, { dotsPerMm: 12, gap_mm: 3, blackBit: 0 })).toString('latin1')).toBe(
      '\r\nSIZE 1 mm,0.17 mm\r\nGAP 3 mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n' +
        'BITMAP 0,0,2,2,0,\x7e\xef\x81\x0f\r\nPRINT 1,1\r\n',
    )
  })

  test('survives a status question that the printer left in its line', () => {
    const label = labelPicture(160, 80)
    const job = Buffer.concat([Buffer.of(0x1b, 0x21, 0x3f), encodeTspl(label, STOCK)])
    expect(interpret(job, 0)).toEqual([label])
  })

  test('is not made of a bitmap that contradicts itself', () => {
    expect(() => encodeTspl({ width: 9, height: 1, rowBytes: 1, bits: new Uint8Array(1) }, STOCK)).toThrow(RangeError)
  })
})

/** A printer of this language in so far as a job uses it; written from its manual, and strict: an unknown line is an error. */
function interpret(job: Uint8Array, blackBit: 0 | 1): Bitmap[] {
  const printed: Bitmap[] = []
  let image: Bitmap | null = null
  let rest = Buffer.from(job)
  while (rest.length > 0) {
    const bitmap = /^BITMAP (\d+),(\d+),(\d+),(\d+),0,/.exec(rest.subarray(0, 40).toString('latin1'))
    if (bitmap !== null) {
      const [rowBytes = 0, height = 0] = bitmap.slice(3).map(Number)
      const head = bitmap[0].length
      const bits = rest.subarray(head, head + rowBytes * height)
      expect(bits).toHaveLength(rowBytes * height)
      expect(bitmap.slice(1, 3)).toEqual(['0', '0'])
      if (image === null) throw new Error('BITMAP before SIZE and CLS')
      const black = (x: number, y: number): boolean =>
        (((bits[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x % 8))) & 1) === blackBit
      image = picture(image.width, image.height, black)
      // What lies right of the label must be white, or the printer would draw it beside the label.
      for (let y = 0; y < height; y += 1)
        for (let x = image.width; x < rowBytes * 8; x += 1) expect(black(x, y)).toBe(false)
      rest = rest.subarray(head + rowBytes * height)
      continue
    }
    const end = rest.indexOf('\r\n')
    expect(end).toBeGreaterThanOrEqual(0)
    const line = rest.subarray(0, end).toString('latin1')
    rest = rest.subarray(end + 2)
    const size = /^SIZE ([\d.]+) mm,([\d.]+) mm$/.exec(line)
    if (size !== null) image = whitePicture(Math.round(Number(size[1]) * 8), Math.round(Number(size[2]) * 8))
    else if (line === 'PRINT 1,1' && image !== null) printed.push(image)
    else expect(['', '\x1b!?', 'GAP 2 mm,0 mm', 'DIRECTION 1', 'REFERENCE 0,0', 'CLS']).toContain(line)
  }
  return printed
}
