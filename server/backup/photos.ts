import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Trx } from '../database/connect.ts'
import { discard, pathOf, prepareFolder, receive, settle } from '../files/disk.ts'
import '../files/tables.ts'
import { lineOf, type PhotoFault } from './format.ts'

export interface CountedPhotos {
  photos: number
  photoBytes: number
  lostPhotos: number
}

const PHOTOS_A_PAGE = 1_000
const NEWLINE = Buffer.from('\n')

/**
 * The sealed originals that the table names, one at a time. One that is not what it was does not stop a backup of all the rest: it is
 * told in its place. What is shown of a photo is made from the original again and is not in it.
 */
export async function* photoLines(trx: Trx, folder: string, counted: CountedPhotos): AsyncGenerator<Buffer> {
  for (let last = ''; ;) {
    const page = await trx
      .selectFrom('files')
      .select('sha256')
      .where('sha256', '>', last)
      .orderBy('sha256')
      .limit(PHOTOS_A_PAGE)
      .execute()
    if (page.length === 0) return
    for (const { sha256 } of page) {
      const original = await readOriginal(folder, sha256)
      if (Buffer.isBuffer(original)) {
        counted.photos += 1
        counted.photoBytes += original.length
        yield lineOf({ photo: sha256, bytes: original.length })
        yield original
        yield NEWLINE
      } else {
        counted.lostPhotos += 1
        yield lineOf({ photo: sha256, fault: original })
      }
      last = sha256
    }
  }
}

async function readOriginal(folder: string, sha256: string): Promise<Buffer | PhotoFault> {
  try {
    const content = await readFile(pathOf(folder, 'originals', sha256))
    return createHash('sha256').update(content).digest('hex') === sha256 ? content : 'changed'
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error
    return error.code === 'ENOENT' ? 'missing' : 'unreadable'
  }
}

/** Makes an empty folder of photos. `now` is RFC 3339. */
export async function preparePhotos(folder: string, now: string): Promise<void> {
  await prepareFolder(folder, Date.parse(now))
}

/**
 * Seals an original in its place again, durable when it resolves.
 * @throws Refusal `file.disk-full`, `file.disk-failed`; Error when the content is not what its hash says
 */
export async function restorePhoto(folder: string, sha256: string, content: Buffer): Promise<void> {
  const received = await receive(folder, inOnePiece(content))
  if (received.sha256 !== sha256) {
    await discard(received.path)
    throw new Error(`the photo ${sha256} is not what its hash says`)
  }
  await settle(received.path, pathOf(folder, 'originals', sha256))
}

async function* inOnePiece(content: Buffer): AsyncGenerator<Buffer> {
  yield content
}
