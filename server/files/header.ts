import { Refusal } from '../refusal.ts'

/** A photo of 40 megapixels at a usual quality has 8 to 16 MB. */
export const PHOTO_BYTES_MAX = 20 * 1024 * 1024
export const MEGAPIXELS_MAX = 40
/** Decoders keep some whole lines: at 16 bits, lines of 20,000 pixels took 223 MB, of 40 million 0.9 GB; 40 million short lines took 18 s. */
export const SIDE_PIXELS_MAX = 12_000
/** Progressive and interlaced pictures are held whole while they are decoded. */
const HELD_BYTES_MAX = 128_000_000

/** What a picture says of itself before any of it is decoded. */
export interface PictureHeader {
  readonly mime: 'image/jpeg' | 'image/png'
  /** As stored, before any orientation is applied. */
  readonly width: number
  readonly height: number
  readonly animated: boolean
  /** What a decoder has to hold at once; 0 when it can go line by line. */
  readonly held_bytes: number
}

/**
 * Reads the first structures of a JPEG (ITU-T T.81 annex B) or PNG (W3C PNG, third edition), up to where pixels begin, and looks at
 * nothing but the bytes: a name or a declared type says nothing.
 * @throws Refusal `file.not-a-picture` (neither by its magic bytes), `file.broken` (begins like one and does not go on like one)
 */
export function readHeader(bytes: Buffer): PictureHeader {
  if (bytes.subarray(0, 3).equals(JPEG_MAGIC)) return readJpeg(bytes)
  if (bytes.subarray(0, 8).equals(PNG_MAGIC)) return readPng(bytes)
  throw new Refusal('file.not-a-picture')
}

/** @throws Refusal `file.animated`, `file.too-many-pixels`, `file.too-costly` */
export function refuseBeyondLimits({ width, height, animated, held_bytes }: PictureHeader): void {
  if (animated) throw new Refusal('file.animated')
  if (width * height > MEGAPIXELS_MAX * 1_000_000 || Math.max(width, height) > SIDE_PIXELS_MAX) {
    throw new Refusal('file.too-many-pixels', {
      width,
      height,
      limit_megapixels: MEGAPIXELS_MAX,
      limit_side: SIDE_PIXELS_MAX,
    })
  }
  if (held_bytes > HELD_BYTES_MAX) throw new Refusal('file.too-costly')
}

const JPEG_MAGIC = Buffer.from('ffd8ff', 'hex')
const PNG_MAGIC = Buffer.from('89504e470d0a1a0a', 'hex')
const broken = (): Refusal => new Refusal('file.broken')

const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
const COEFFICIENT_BYTES = 2

interface Frame {
  readonly width: number
  readonly height: number
  readonly components: number
  readonly progressive: boolean
  /** Samples of all components together, after chroma subsampling. */
  readonly samples: number
}

function readJpeg(bytes: Buffer): PictureHeader {
  let frame: Frame | null = null
  let at = 2
  for (;;) {
    if (at + 4 > bytes.length || bytes[at] !== 0xff) throw broken()
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const segment = bytes.subarray(at + 4, at + 2 + bytes.readUInt16BE(at + 2))
    if (marker === END_OF_IMAGE || segment.length + 2 !== bytes.readUInt16BE(at + 2)) throw broken()
    if (isFrame(marker)) frame = readFrame(marker, segment)
    if (marker === START_OF_SCAN) {
      if (frame === null || segment.length === 0) throw broken()
      const whole = frame.progressive || segment.readUInt8(0) < frame.components
      const { width, height } = frame
      return {
        mime: 'image/jpeg',
        width,
        height,
        animated: false,
        held_bytes: whole ? frame.samples * COEFFICIENT_BYTES : 0,
      }
    }
    at += 4 + segment.length
  }
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which stand in between. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function readFrame(marker: number, segment: Buffer): Frame {
  const components = segment[5] ?? 0
  if (components === 0 || segment.length < 6 + 3 * components) throw broken()
  const height = segment.readUInt16BE(1)
  const width = segment.readUInt16BE(3)
  if (width === 0 || height === 0) throw broken()
  const sampling = Array.from({ length: components }, (_, index) => segment.readUInt8(7 + 3 * index))
  const across = Math.max(...sampling.map((one) => one >> 4))
  const down = Math.max(...sampling.map((one) => one & 15))
  if (sampling.some((one) => one >> 4 === 0 || (one & 15) === 0)) throw broken()
  const samples = sampling.reduce(
    (sum, one) => sum + Math.ceil((width * (one >> 4)) / across) * Math.ceil((height * (one & 15)) / down),
    0,
  )
  return { width, height, components, progressive: (marker & 3) === 2, samples }
}

/** By colour type, with the alpha channel that a transparent colour becomes. */
const PNG_CHANNELS = new Map([
  [0, 2],
  [2, 4],
  [3, 4],
  [4, 2],
  [6, 4],
])
const PNG_HEADER_BYTES = 13

function readPng(bytes: Buffer): PictureHeader {
  let header: Omit<PictureHeader, 'animated'> | null = null
  let animated = false
  let at = PNG_MAGIC.length
  for (;;) {
    if (at + 8 > bytes.length) throw broken()
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (header === null) {
      if (type !== 'IHDR' || length !== PNG_HEADER_BYTES || content.length !== length) throw broken()
      header = readPngHeader(content)
    } else if (type === 'acTL') {
      animated = true
    } else if (type === 'IDAT') {
      return { ...header, animated }
    }
    at += 12 + length
  }
}

function readPngHeader(content: Buffer): Omit<PictureHeader, 'animated'> {
  const width = content.readUInt32BE(0)
  const height = content.readUInt32BE(4)
  const channels = PNG_CHANNELS.get(content.readUInt8(9))
  if (width === 0 || height === 0 || channels === undefined) throw broken()
  const sampleBytes = content.readUInt8(8) > 8 ? 2 : 1
  const interlaced = content.readUInt8(12) !== 0
  return { mime: 'image/png', width, height, held_bytes: interlaced ? width * height * channels * sampleBytes : 0 }
}
