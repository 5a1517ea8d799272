import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import type { Files } from '../../files/files.ts'
import '../../files/tables.ts'
import type { Reader } from '../../module.ts'

const QUALITY = 80

interface Source {
  readonly db: Reader
  readonly files: Files
}

/**
 * What may be shown of a photo as a JPEG, neither side longer than so many pixels; null where the store does not name it. It is asked in the
 * transaction that reads the rest, which the database would end as forgotten if nothing was asked while hundreds of pictures are drawn.
 */
export async function printable({ db, files }: Source, sha256: string, side_pixels: number): Promise<Buffer | null> {
  const kept = await db.selectFrom('files').select('sha256').where('sha256', '=', sha256).executeTakeFirst()
  if (kept === undefined) return null
  const { stream } = await files.openCopy(sha256, 'cleaned')
  return sharp(await buffer(stream))
    .resize({ width: side_pixels, height: side_pixels, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: QUALITY })
    .toBuffer()
}
