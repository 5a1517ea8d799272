import { createHash } from 'node:crypto'
import type { ReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from '../database/connect.ts'
import { Refusal } from '../refusal.ts'
import { mayKeepAnother } from './allowance.ts'
import { cleanPicture, type Copies, limitPictureLibrary } from './clean.ts'
import { discard, onDisk, pathOf, prepareFolder, receive, settle } from './disk.ts'
import { openGate } from './gate.ts'
import './tables.ts'

export interface KeptPhoto {
  /** Of the original, byte for byte as it was received; 64 lower-case hexadecimal digits. */
  readonly sha256: string
  /** Size of the original. */
  readonly bytes: number
  /** Of the original, upright. */
  readonly width: number
  readonly height: number
  readonly mime: 'image/jpeg' | 'image/png'
}

export type CopySize = 'cleaned' | 'thumb'

export interface Files {
  /**
   * Whether this person may keep one more photo, asked before its bytes are taken.
   * @throws Refusal `access.no-post`, `file.enough`
   */
  mayKeep(person: string): Promise<void>
  /**
   * Keeps a photo: when this resolves, the original is sealed on the disk under its SHA-256, what may be shown of it stands beside it, and
   * the table names it. The same content twice is one file. When it rejects, the table does not name it.
   * `position` says which of several photos this is, for the words of a refusal.
   * @throws Refusal `file.too-large`, `file.not-a-picture`, `file.animated`, `file.too-many-pixels`, `file.too-costly`, `file.broken`,
   *   `file.busy`, `file.disk-full`, `file.disk-failed`, `file.original-damaged` (what stands under this hash is something else)
   */
  keepPhoto(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    by: { readonly person: string; readonly position?: number },
  ): Promise<KeptPhoto>
  /** Whether the table names it. */
  holds(sha256: string): Promise<boolean>
  /**
   * What may be shown of a photo, always a JPEG; made again from the original when it is missing. The original itself never leaves.
   * @throws Refusal `file.original-damaged`, and those of the disk
   */
  openCopy(sha256: string, size: CopySize): Promise<{ readonly bytes: number; readonly stream: ReadStream }>
}

export interface FilesDependencies {
  /** Belongs to this store alone; made when it is not there. */
  readonly folder: string
  readonly db: Db
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

/** Where the store of an installation stands. */
export function filesFolder(dataDir: string): string {
  return join(dataDir, 'files')
}

/** One decode takes up to 150 MB: two at once would break the bound of reliability test T38. */
const DECODES_AT_ONCE = 1
const DECODES_WAITING_MAX = 40

/**
 * Opens the store of photos.
 * @throws Refusal `file.disk-full`, `file.disk-failed`
 */
export async function openFiles({ folder, db, now }: FilesDependencies): Promise<Files> {
  limitPictureLibrary()
  await prepareFolder(folder, Date.parse(now()))
  const decoding = openGate(DECODES_AT_ONCE, DECODES_WAITING_MAX)

  const keepCopies = async (sha256: string, { cleaned, thumb }: Copies): Promise<void> => {
    for (const [shelf, bytes] of [
      ['cleaned', cleaned],
      ['thumbs', thumb],
    ] as const) {
      const unfinished = await receive(folder, inOnePiece(bytes))
      await settleOrDiscard(unfinished.path, pathOf(folder, shelf, sha256))
    }
  }

  const keep = async (content: AsyncIterable<Uint8Array>, person: string): Promise<KeptPhoto> => {
    const { path, sha256, bytes } = await receive(folder, content)
    let copies: Copies
    try {
      copies = await decoding(async () => cleanPicture(await onDisk(() => readFile(path))))
    } catch (error) {
      await discard(path)
      throw error
    }
    const original = pathOf(folder, 'originals', sha256)
    if (!(await settleOrDiscard(path, original))) await readWhole(original, sha256)
    await keepCopies(sha256, copies)
    const { mime, width, height } = copies
    await db
      .insertInto('files')
      .values({ sha256, bytes, mime, width, height, kept_at: now(), kept_by: person })
      .onConflict((same) => same.column('sha256').doNothing())
      .execute()
    return { sha256, bytes, width, height, mime }
  }

  return {
    mayKeep: (person) => mayKeepAnother(db, person, now()),

    keepPhoto: async (content, { person, position = 1 }) => {
      try {
        return await keep(content instanceof Uint8Array ? inOnePiece(content) : content, person)
      } catch (error) {
        throw error instanceof Refusal ? new Refusal(error.code, { ...error.values, position }) : error
      }
    },

    holds: async (sha256) =>
      (await db.selectFrom('files').select('sha256').where('sha256', '=', sha256).executeTakeFirst()) !== undefined,

    openCopy: async (sha256, size) => {
      const path = pathOf(folder, size === 'cleaned' ? 'cleaned' : 'thumbs', sha256)
      const there = await openToRead(path)
      if (there !== null) return there
      await keepCopies(
        sha256,
        await decoding(async () => cleanPicture(await readWhole(pathOf(folder, 'originals', sha256), sha256))),
      )
      const made = await openToRead(path)
      if (made === null) throw new Refusal('file.disk-failed', { reason: 'ENOENT' })
      return made
    },
  }
}

async function settleOrDiscard(unfinished: string, path: string): Promise<boolean> {
  try {
    return await settle(unfinished, path)
  } catch (error) {
    await discard(unfinished)
    throw error
  }
}

/** An original that is still what its name says. */
async function readWhole(path: string, sha256: string): Promise<Buffer> {
  const bytes = await onDisk(() => readFile(path).catch(nullWhenMissing))
  if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new Refusal('file.original-damaged', { sha256 })
  }
  return bytes
}

async function openToRead(path: string): Promise<{ bytes: number; stream: ReadStream } | null> {
  return onDisk(async () => {
    const file = await open(path, 'r').catch(nullWhenMissing)
    if (file === null) return null
    return { bytes: (await file.stat()).size, stream: file.createReadStream() }
  })
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
