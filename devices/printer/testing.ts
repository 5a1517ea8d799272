import type { Bitmap } from '../reading.ts'

/** An empty picture. */
export function whitePicture(width: number, height: number): Bitmap {
  const rowBytes = Math.ceil(width / 8)
  return { width, height, rowBytes, bits: new Uint8Array(rowBytes * height) }
}

/** A picture whose dots are black where `black` says so. */
export function picture(width: number, height: number, black: (x: number, y: number) => boolean): Bitmap {
  const drawn = whitePicture(width, height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (black(x, y)) drawn.bits[y * drawn.rowBytes + (x >> 3)]! |= 0x80 >> (x % 8)
  return drawn
}

/** What a label looks like to an encoder: a frame, bars, a block of modules, lines of small shapes, and white between them. */
export function labelPicture(width: number, height: number): Bitmap {
  const random = sequence(width * 31 + height)
  const modules = Array.from({ length: 32 * 32 }, () => random() < 0.5)
  const shapes = Array.from({ length: 4096 }, () => random() < 0.4)
  return picture(width, height, (x, y) => {
    if (x < 3 || y < 3 || x >= width - 3 || y >= height - 3) return true
    if (y > height * 0.7 && y < height * 0.9) return modules[(x >> 1) % modules.length] ?? false
    if (x < width * 0.3 && y < height * 0.6) return modules[((y >> 2) % 32) * 32 + ((x >> 2) % 32)] ?? false
    return y % 40 < 24 && x > width * 0.35 && (shapes[((x >> 1) * 7 + (y >> 1) * 61) % shapes.length] ?? false)
  })
}

/** Dots without any order: nothing compresses them. */
export function noisePicture(width: number, height: number, seed: number): Bitmap {
  const random = sequence(seed)
  return picture(width, height, () => random() < 0.5)
}

/** Numbers from 0 to 1 that are the same in every run (a 32-bit xorshift). */
export function sequence(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
