import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** A picture that no two seeds share, with a red upper left corner so that one can see how it is turned. */
export function picture(width = 640, height = 480, seed = 1): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const corner = x < width / 4 && y < height / 4
      const at = (y * width + x) * 3
      pixels[at] = corner ? 255 : (x + seed) % 128
      pixels[at + 1] = corner ? 0 : (y * seed) % 200
      pixels[at + 2] = corner ? 0 : (x ^ y) % 200
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

export const jpeg = (width?: number, height?: number, seed?: number): Promise<Buffer> =>
  picture(width, height, seed).jpeg().toBuffer()

export const PNG_MAGIC = Buffer.from('89504e470d0a1a0a', 'hex')

export function pngChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

export function pngHeader(
  width: number,
  height: number,
  { depth = 8, colour = 2, interlace = 0 }: { depth?: number; colour?: number; interlace?: number } = {},
): Buffer {
  const content = Buffer.alloc(13)
  content.writeUInt32BE(width, 0)
  content.writeUInt32BE(height, 4)
  content.set([depth, colour, 0, 0, interlace], 8)
  return pngChunk('IHDR', content)
}

/** A PNG that says any size; its pixels are one black dot, or `pixels`. */
export function pngOf(header: Buffer, before: readonly Buffer[] = [], pixels = Buffer.alloc(4)): Buffer {
  return Buffer.concat([
    PNG_MAGIC,
    header,
    ...before,
    pngChunk('IDAT', deflateSync(pixels)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** The same bytes with `change` applied after the marker of the first scan. */
export function withScanHeader(original: Buffer, change: (scan: Buffer) => void): Buffer {
  const bytes = Buffer.from(original)
  const at = bytes.indexOf(Buffer.from('ffda', 'hex'))
  change(bytes.subarray(at + 2))
  return bytes
}
