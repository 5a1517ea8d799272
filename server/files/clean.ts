import sharp, { type Sharp } from 'sharp'
import { Refusal } from '../refusal.ts'
import { MEGAPIXELS_MAX, type PictureHeader, readHeader, refuseBeyondLimits } from './header.ts'

export const CLEANED_SIDE_PIXELS = 2_560
export const THUMB_SIDE_PIXELS = 320
const CLEANED_QUALITY = 88
const THUMB_QUALITY = 80
const DECODE_SECONDS_MAX = 10

/** What is shown of a picture: JPEGs made from its pixels alone. */
export interface Copies {
  readonly mime: PictureHeader['mime']
  /** The original's, as a person sees it: orientation applied. */
  readonly width: number
  readonly height: number
  readonly cleaned: Buffer
  readonly thumb: Buffer
}

/** The library keeps recent pictures and threads for the whole process; this program needs neither. */
export function limitPictureLibrary(): void {
  sharp.cache(false)
  sharp.concurrency(1)
}

/**
 * Decodes a whole JPEG or PNG and makes what may be shown of it: sRGB, upright, on white, without any metadata, 2560 pixels at most, and
 * a thumbnail of 320. The limits are checked on the header before anything is decoded.
 * @throws Refusal `file.not-a-picture`, `file.animated`, `file.too-many-pixels`, `file.too-costly`, `file.broken`
 */
export async function cleanPicture(original: Buffer): Promise<Copies> {
  const header = readHeader(original)
  refuseBeyondLimits(header)
  try {
    const { orientation = 1 } = await sharp(original).metadata()
    const small = await decodeSmall(original)
    // Turning comes after shrinking: turning a picture on its side needs all of it in memory.
    const upright = turned(sharp(small.data, { raw: small.info }), orientation)
    const cleaned = await upright.jpeg({ quality: CLEANED_QUALITY }).toBuffer()
    const thumb = await sharp(cleaned)
      .resize({ width: THUMB_SIDE_PIXELS, height: THUMB_SIDE_PIXELS, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: THUMB_QUALITY })
      .toBuffer()
    const { mime, width, height } = header
    return orientation >= 5
      ? { mime, width: height, height: width, cleaned, thumb }
      : { mime, width, height, cleaned, thumb }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw /timeout/i.test(reason) ? new Refusal('file.too-costly') : new Refusal('file.broken', { reason })
  }
}

/** Some telephones write the spectral range of a baseline scan as zero; the pixels are whole, and decoders say only this. */
const HARMLESS = /^VipsJpeg: Invalid SOS parameters for sequential JPEG$/

type Small = Awaited<ReturnType<typeof decodeAs>>

async function decodeSmall(original: Buffer): Promise<Small> {
  try {
    return await decodeAs(original, 'warning')
  } catch (error) {
    if (error instanceof Error && HARMLESS.test(error.message.trim())) return decodeAs(original, 'error')
    throw error
  }
}

function decodeAs(original: Buffer, failOn: 'warning' | 'error') {
  return sharp(original, { failOn, limitInputPixels: MEGAPIXELS_MAX * 1_000_000, sequentialRead: true })
    .resize({ width: CLEANED_SIDE_PIXELS, height: CLEANED_SIDE_PIXELS, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .timeout({ seconds: DECODE_SECONDS_MAX })
    .raw()
    .toBuffer({ resolveWithObject: true })
}

/** Applies an orientation of TIFF 6.0 / Exif 2.32 (tag 274). The library mirrors before it turns, whatever the order of the calls. */
function turned(picture: Sharp, orientation: number): Sharp {
  switch (orientation) {
    case 2:
      return picture.flop()
    case 3:
      return picture.rotate(180)
    case 4:
      return picture.flip()
    case 5:
      return picture.flop().rotate(270)
    case 6:
      return picture.rotate(90)
    case 7:
      return picture.flop().rotate(90)
    case 8:
      return picture.rotate(270)
    default:
      return picture
  }
}
