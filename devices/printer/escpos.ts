import type { Bitmap } from '../reading.ts'
import { checkBitmap } from './bitmap.ts'

/** Printers with little memory take a picture only in bands; 256 rows fit all that are known. */
const BAND_ROWS = 256
/** Lines between the print head and the tear bar or the knife. */
const FEED_LINES = 4

const INITIALISE = Buffer.of(0x1b, 0x40)
const FEED = Buffer.of(0x1b, 0x64, FEED_LINES)
/** What a knife leaves: nothing, one point to tear, or the whole paper where there is no knife (or it is not to be used). */
export type Cut = 'full' | 'partial' | 'none'

const CUTS: Readonly<Record<Cut, Uint8Array>> = {
  full: Buffer.of(0x1d, 0x56, 0x00),
  partial: Buffer.of(0x1d, 0x56, 0x01),
  none: new Uint8Array(0),
}

/** One label as an ESC/POS job: `ESC @`, the picture in bands, feed, cut. Throws `RangeError` for a bitmap that contradicts itself. */
export function encodeEscpos(label: Bitmap, cut: Cut): Uint8Array {
  return Buffer.concat([INITIALISE, ...rasterBands(label), FEED, CUTS[cut]])
}

/** A picture as `GS v 0` commands of at most 256 rows, without space between them. Throws `RangeError` as `encodeEscpos` does. */
export function rasterBands(picture: Bitmap): Uint8Array[] {
  checkBitmap(picture)
  const { rowBytes, height, bits } = picture
  const bands: Uint8Array[] = []
  for (let row = 0; row < height; row += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, height - row)
    const head = Buffer.of(0x1d, 0x76, 0x30, 0x00, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8)
    bands.push(Buffer.concat([head, bits.subarray(row * rowBytes, (row + rows) * rowBytes)]))
  }
  return bands
}
