import type { Bitmap } from '../reading.ts'
import { checkBitmap } from './bitmap.ts'
import type { Cut } from './escpos.ts'

/** Rows in one picture command; a printer of little memory starts printing before the next one comes. */
const BAND_ROWS = 256
const INITIALISE = Buffer.of(0x1b, 0x40)
/** `ESC GS S`: one bit a dot, one tone. */
const PICTURE = Buffer.of(0x1b, 0x1d, 0x53, 0x01)
const ONE_TONE = 0x00
const LINE_FEED = 0x0a
/** Lines between the print head and the tear bar, where no knife feeds the paper to itself. */
const FEED_LINES = 6

/** `ESC d 2` and `ESC d 3` feed the paper to the knife before they cut. */
const CUTS: Readonly<Record<Cut, Uint8Array>> = {
  full: Buffer.of(0x1b, 0x64, 0x02),
  partial: Buffer.of(0x1b, 0x64, 0x03),
  none: Buffer.alloc(FEED_LINES, LINE_FEED),
}

/**
 * One slip as bytes for a receipt printer that speaks StarPRNT: `ESC @`, the picture in bands (Chinese text is drawn in it, so no code page of
 * the printer matters), feed and cut. Throws `RangeError` for a bitmap that contradicts itself.
 */
export function encodeStar(slip: Bitmap, cut: Cut): Uint8Array {
  checkBitmap(slip)
  const { rowBytes, height, bits } = slip
  const bands: Uint8Array[] = []
  for (let row = 0; row < height; row += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, height - row)
    const size = Buffer.of(rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8, ONE_TONE)
    bands.push(PICTURE, size, bits.subarray(row * rowBytes, (row + rows) * rowBytes))
  }
  return Buffer.concat([INITIALISE, ...bands, CUTS[cut]])
}
