import { randomUUID } from 'node:crypto'
import { link, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a whole file so that after a power cut there is either the old one, none, or all of the new one. Mode 0600. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const unfinished = `${path}.new`
  await write(unfinished, 'w', text)
  await renameDurably(unfinished, path)
}

/**
 * As `writeDurably`, and never in the place of a file that is there.
 * @throws Error `EEXIST` where there is one
 */
export async function createDurably(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.new`
  await write(unfinished, 'wx', text)
  try {
    await link(unfinished, path)
  } finally {
    await rm(unfinished)
  }
  await syncFolder(dirname(path))
}

async function write(path: string, flags: 'w' | 'wx', text: string): Promise<void> {
  const file = await open(path, flags, 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Renames, and waits until the name itself is on the disk. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncFolder(dirname(to))
}

/** Waits until the names in a folder are on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders; its file systems journal names by themselves.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** False only where nothing has that name. Throws on everything else, as a folder that may not be looked into: not knowing is not absence. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
