/** How many pixels a picture has, by its first bytes: before any of it is decoded. JPEG: ITU-T T.81 annex B; PNG: W3C PNG, IHDR. */

/** Metadata and previews of a camera stand before the frame; more than this nobody writes. */
const HEAD_BYTES = 1_048_576
/** The server's limits: what it would refuse is not sent. */
const PIXELS_MAX = 40_000_000
const SIDE_PIXELS_MAX = 12_000

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Null where the bytes do not say it; the server looks again. */
export async function sizeOf(file: Blob): Promise<PictureSize | null> {
  const view = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer())
  try {
    return view.getUint32(0) === 0x89504e47 ? pngSize(view) : view.getUint16(0) === 0xffd8 ? jpegSize(view) : null
  } catch (error) {
    // Beyond the end of what was read.
    if (error instanceof RangeError) return null
    throw error
  }
}

export function isTooLarge({ width, height }: PictureSize): boolean {
  return width * height > PIXELS_MAX || Math.max(width, height) > SIDE_PIXELS_MAX
}

function pngSize(view: DataView): PictureSize {
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** From marker to marker, until the one that begins a frame. */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
}
