import type { Bitmap } from '../reading.ts'

/** Longest side of a label in dots: 215 mm at 600 dpi, and what a 16-bit row count carries many times over. */
const MAX_SIDE_DOTS = 5080

/**
 * Holds a picture to its own description before it becomes a job: whole rows, nothing outside the width. Throws `RangeError`: a wrong
 * picture is a bug of whoever drew it, and a printer would draw it askew without a word.
 */
export function checkBitmap({ width, height, rowBytes, bits }: Bitmap): void {
  for (const side of [width, height])
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE_DOTS)
      throw new RangeError(`a label of ${width} x ${height} dots; a side has 1 to ${MAX_SIDE_DOTS}`)
  if (rowBytes !== Math.ceil(width / 8) || bits.length !== rowBytes * height)
    throw new RangeError(`${bits.length} bytes in rows of ${rowBytes} do not hold ${width} x ${height} dots`)
  const padding = 0xff >> (width % 8 || 8)
  for (let last = rowBytes - 1; last < bits.length; last += rowBytes)
    if (((bits[last] ?? 0) & padding) !== 0)
      throw new RangeError(`row ${(last / rowBytes) | 0} is black outside its width`)
}
