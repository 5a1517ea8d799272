/** A picture of one label, one bit a dot, 1 is black; rows padded to whole bytes, most significant bit leftmost. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly rowBytes: number
  readonly bits: Uint8Array
}

/** All white. */
export function blankBitmap(width: number, height: number): Bitmap {
  const rowBytes = Math.ceil(width / 8)
  return { width, height, rowBytes, bits: new Uint8Array(rowBytes * height) }
}

/** Paints one dot; dots outside the picture are dropped. */
export function setDot(bitmap: Bitmap, x: number, y: number, black: boolean): void {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return
  const at = y * bitmap.rowBytes + (x >> 3)
  const mask = 0x80 >> (x & 7)
  const byte = bitmap.bits[at] ?? 0
  bitmap.bits[at] = black ? byte | mask : byte & ~mask
}

/** Paints a black rectangle. */
export function fillRectangle(bitmap: Bitmap, x: number, y: number, width: number, height: number): void {
  for (let row = y; row < y + height; row += 1)
    for (let column = x; column < x + width; column += 1) setDot(bitmap, column, row, true)
}

/** One byte a dot, 0 black and 255 white: what picture formats and decoders take. */
export function toGrey(bitmap: Bitmap): Uint8Array {
  const grey = new Uint8Array(bitmap.width * bitmap.height)
  for (let y = 0; y < bitmap.height; y += 1)
    for (let x = 0; x < bitmap.width; x += 1) {
      const byte = bitmap.bits[y * bitmap.rowBytes + (x >> 3)] ?? 0
      grey[y * bitmap.width + x] = (byte & (0x80 >> (x & 7))) === 0 ? 255 : 0
    }
  return grey
}
