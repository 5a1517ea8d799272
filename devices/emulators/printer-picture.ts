import sharp from 'sharp'
import type { Picture } from './printer-mechanism.ts'

/** White paper of so many dots. */
export function blank(width: number, height: number): Picture {
  const rowBytes = Math.ceil(width / 8)
  return { width, height, rowBytes, bits: new Uint8Array(rowBytes * height) }
}

/** What lies outside the picture is white. */
export function isBlack({ width, height, rowBytes, bits }: Picture, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= width || y >= height) return false
  return (((bits[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x % 8))) & 1) === 1
}

/** A dot outside the picture falls beside the paper and is dropped, as a print head does. */
export function setDot({ width, height, rowBytes, bits }: Picture, x: number, y: number, black: boolean): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return
  const at = y * rowBytes + (x >> 3)
  const mask = 0x80 >> (x % 8)
  bits[at] = black ? (bits[at] ?? 0) | mask : (bits[at] ?? 0) & ~mask
}

/** The first rows of a picture, as a strip of paper that ended there. */
export function firstRows({ width, rowBytes, bits }: Picture, height: number): Picture {
  return { width, height, rowBytes, bits: bits.slice(0, height * rowBytes) }
}

/** A PNG of two colours, one pixel a dot. */
export async function drawPng(picture: Picture): Promise<Uint8Array> {
  // A page without a row is a label of which nothing came out; an image needs one.
  const height = Math.max(1, picture.height)
  const greys = Buffer.alloc(picture.width * height, 0xff)
  for (let y = 0; y < picture.height; y += 1)
    for (let x = 0; x < picture.width; x += 1) if (isBlack(picture, x, y)) greys[y * picture.width + x] = 0
  return await sharp(greys, { raw: { width: picture.width, height, channels: 1 } })
    .png({ palette: true, colours: 2 })
    .toBuffer()
}

/** Reads an image back into dots: darker than the middle is black; what lies outside the page is cut off. */
export async function readPng(png: Uint8Array, width: number, height: number): Promise<Picture> {
  const { data, info } = await sharp(png)
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const picture = blank(width, height)
  for (let y = 0; y < Math.min(height, info.height); y += 1)
    for (let x = 0; x < Math.min(width, info.width); x += 1)
      if ((data[(y * info.width + x) * info.channels] ?? 255) < 128) setDot(picture, x, y, true)
  return picture
}
