import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../database/files.ts'
import { Refusal } from '../refusal.ts'
import { PHOTO_BYTES_MAX } from './header.ts'

export type Shelf = 'originals' | 'cleaned' | 'thumbs'

const INCOMING = 'incoming'
const UNFINISHED = '.part'
/** Longer than any upload lasts: another process may be writing into the same folder. */
const UNFINISHED_KEPT_MS = 3_600_000

const FOLDER_MODE = 0o700
const SEALED_MODE = 0o400

/** `originals/ab/cdef…`: two digits a folder keep 256 folders of even size. */
export function pathOf(folder: string, shelf: Shelf, sha256: string): string {
  return join(folder, shelf, sha256.slice(0, 2), sha256.slice(2))
}

export interface Received {
  /** An unfinished file: to be settled or discarded. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/**
 * Writes what arrives to an unfinished file, to the disk itself, counting and hashing on the way.
 * @throws Refusal `file.too-large`, `file.disk-full`, `file.disk-failed`; nothing stays behind
 */
export async function receive(folder: string, content: AsyncIterable<Uint8Array>): Promise<Received> {
  const path = join(folder, INCOMING, `${randomUUID()}${UNFINISHED}`)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const file = await onDisk(() => open(path, 'wx', SEALED_MODE))
    try {
      for await (const chunk of content) {
        bytes += chunk.length
        if (bytes > PHOTO_BYTES_MAX) {
          throw new Refusal('file.too-large', { limit_mb: PHOTO_BYTES_MAX / 1024 / 1024 })
        }
        hash.update(chunk)
        await onDisk(() => file.writeFile(chunk))
      }
      await onDisk(() => file.sync())
    } finally {
      await onDisk(() => file.close())
    }
  } catch (error) {
    await discard(path)
    throw error
  }
  return { path, sha256: hash.digest('hex'), bytes }
}

/**
 * Gives an unfinished file its name, and waits until the name itself is on the disk. What already stands under that name is never
 * replaced: a hard link, unlike a rename, fails when the name is taken.
 * @returns false when the name was taken
 * @throws Refusal `file.disk-full`, `file.disk-failed`
 */
export async function settle(unfinished: string, path: string): Promise<boolean> {
  return onDisk(async () => {
    const shelf = dirname(path)
    if ((await mkdir(shelf, { recursive: true, mode: FOLDER_MODE })) !== undefined) await syncFolder(dirname(shelf))
    const fresh = await link(unfinished, path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false
        throw error
      },
    )
    await syncFolder(shelf)
    await unlink(unfinished)
    return fresh
  })
}

/** Removes an unfinished file, if it is still there. A failure changes nothing: the next start sweeps it. */
export async function discard(unfinished: string): Promise<void> {
  await unlink(unfinished).catch(() => undefined)
}

/**
 * Makes the folders and removes unfinished files that a killed process left behind.
 * @throws Refusal `file.disk-full`, `file.disk-failed`
 */
export async function prepareFolder(folder: string, now_ms: number): Promise<void> {
  const incoming = join(folder, INCOMING)
  await onDisk(async () => {
    for (const shelf of [INCOMING, 'originals', 'cleaned', 'thumbs']) {
      await mkdir(join(folder, shelf), { recursive: true, mode: FOLDER_MODE })
    }
    await syncFolder(folder)
    for (const name of await readdir(incoming)) {
      const path = join(incoming, name)
      const found = await stat(path).catch(() => null)
      if (found !== null && name.endsWith(UNFINISHED) && found.mtimeMs < now_ms - UNFINISHED_KEPT_MS)
        await discard(path)
    }
  })
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/**
 * Runs disk work; what the operating system refuses becomes a refusal, what the program did wrong rises.
 * @throws Refusal `file.disk-full`, `file.disk-failed`
 */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error
    const reason = String(error.code)
    throw FULL.has(reason) ? new Refusal('file.disk-full') : new Refusal('file.disk-failed', { reason })
  }
}
