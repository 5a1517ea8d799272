import { describe, expect, test } from 'vitest'
import type { Bitmap } from '../reading.ts'
import { encodeEscpos, rasterBands } from './escpos.ts'
import { encodeReceipt } from './receipt.ts'
import { labelPicture, noisePicture, picture, whitePicture } from './testing.ts'

const labels: [string, Bitmap][] = [
  ['a slip of 72 mm, three bands', labelPicture(576, 600)],
  ['noise', noisePicture(480, 320, 3)],
  ['exactly one band', labelPicture(576, 256)],
  ['one row more than a band', labelPicture(576, 257)],
  ['wider than 255 bytes', picture(2400, 3, (x) => x % 3 === 0)],
  ['a width that is no whole byte', picture(21, 9, (x, y) => x === y || x === 20)],
]

describe('an ESC/POS label', () => {
  test.each(labels)('is the picture, then the cut: %s', (_, label) => {
    const { rows, steps } = interpret(encodeEscpos(label, 'full'))
    expect(rows).toEqual(rowsOf(label))
    expect(steps.filter((step) => step !== 'rows')).toEqual(['1b40', '1b6404', '1d5600'])
  })

  test('has bands of at most 256 rows, in order, without a gap', () => {
    const bands = rasterBands(labelPicture(576, 600))
    expect(bands.map((band) => (band[6] ?? 0) | ((band[7] ?? 0) << 8))).toEqual([256, 256, 88])
    expect(rasterBands({ width: 8, height: 2, rowBytes: 1, bits: Uint8Array.of(0x81, 0x7e) })).toEqual([
      Buffer.of(0x1d, 0x76, 0x30, 0x00, 0x01, 0x00, 0x02, 0x00, 0x81, 0x7e),
    ])
  })

  test.each([
    ['partial', ['1b40', '1b6404', '1d5601']],
    ['none', ['1b40', '1b6404']],
  ] as const)('ends with the cut that is wanted: %s', (cut, wanted) => {
    const { steps } = interpret(encodeEscpos(whitePicture(64, 8), cut))
    expect(steps.filter((step) => step !== 'rows')).toEqual(wanted)
  })

  test('is not made of a bitmap that contradicts itself', () => {
    expect(() => encodeEscpos({ width: 8, height: 2, rowBytes: 1, bits: new Uint8Array(1) }, 'full')).toThrow(
      RangeError,
    )
  })
})

describe('a receipt', () => {
  test.each(labels)('is the picture between start and cut: %s', (_, slip) => {
    const { rows, steps } = interpret(encodeReceipt(slip, 'full'))
    expect(rows).toEqual(rowsOf(slip))
    expect(steps.filter((step) => step !== 'rows')).toEqual(['1b40', '1b6101', '1b6404', '1b6404', '1d5600', '1b40'])
  })

  test('has exactly these bytes: the library feeds four lines twice, cuts, and initialises again', () => {
    const slip: Bitmap = { width: 8, height: 2, rowBytes: 1, bits: Uint8Array.of(0x81, 0x7e) }
    expect(Buffer.from(encodeReceipt(slip, 'full')).toString('hex')).toBe(
      '1b40' + '1b6101' + '1d76300001000200817e' + '1b6404' + '1b6404' + '1d5600' + '1b40',
    )
  })

  test.each([
    ['partial', ['1b40', '1b6101', '1b6404', '1b6404', '1d5601', '1b40']],
    ['none', ['1b40', '1b6101', '1b6404', '1b6404']],
  ] as const)('ends with the cut that is wanted: %s', (cut, wanted) => {
    const { steps } = interpret(encodeReceipt(whitePicture(64, 8), cut))
    expect(steps.filter((step) => step !== 'rows')).toEqual(wanted)
  })

  test('carries nothing over from the one before', () => {
    const slip = whitePicture(576, 8)
    expect(encodeReceipt(slip, 'full')).toEqual(encodeReceipt(slip, 'full'))
  })
})

function rowsOf({ rowBytes, height, bits }: Bitmap): string[] {
  return Array.from({ length: height }, (_, row) =>
    Buffer.from(bits.subarray(row * rowBytes, (row + 1) * rowBytes)).toString('hex'),
  )
}

/** Reads a job command by command as the ESC/POS reference gives their lengths; anything else in it is an error. */
function interpret(job: Uint8Array): { rows: string[]; steps: string[] } {
  const rows: string[] = []
  const steps: string[] = []
  for (let at = 0; at < job.length;) {
    const [first, second] = job.subarray(at)
    if (first === 0x1d && second === 0x76) {
      const [, , kind, mode, widthLow = 0, widthHigh = 0, rowsLow = 0, rowsHigh = 0] = job.subarray(at)
      expect([kind, mode]).toEqual([0x30, 0x00])
      const rowBytes = widthLow + 256 * widthHigh
      const height = rowsLow + 256 * rowsHigh
      expect(height).toBeLessThanOrEqual(256)
      for (let row = 0; row < height; row += 1)
        rows.push(Buffer.from(job.subarray(at + 8 + row * rowBytes, at + 8 + (row + 1) * rowBytes)).toString('hex'))
      steps.push('rows')
      at += 8 + rowBytes * height
      continue
    }
    const length = first === 0x1b && second === 0x40 ? 2 : 3
    const command = Buffer.from(job.subarray(at, at + length)).toString('hex')
    expect(['1b40', '1b6101', '1b6404', '1d5600', '1d5601']).toContain(command)
    steps.push(command)
    at += length
  }
  return { rows, steps }
}
