import { open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a whole file so that after a power cut there is either the old one, none, or all of the new one. Mode 0600. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const unfinished = `${path}.new`
  const file = await open(unfinished, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await renameDurably(unfinished, path)
}

/** Renames, and waits until the name itself is on the disk. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to)
  // Windows opens no folders; its file systems journal names by themselves.
  if (process.platform === 'win32') return
  const folder = await open(dirname(to), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}
