import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import type { Files } from '../../files/files.ts'

/** Enough for half the width of a page at 300 dots an inch; the whole picture stays in the store. */
const SIDE_PIXELS = 1_000
const QUALITY = 80

/** What may be shown of a photo, as small as paper needs it; null where the store does not name it. */
export async function printable(files: Files, sha256: string): Promise<Buffer | null> {
  if (!(await files.holds(sha256))) return null
  const { stream } = await files.openCopy(sha256, 'cleaned')
  return sharp(await buffer(stream))
    .resize({ width: SIDE_PIXELS, height: SIDE_PIXELS, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: QUALITY })
    .toBuffer()
}
