import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { createServer } from 'node:net'

/**
 * Holds a folder for this process: a second agent on one journal would tear it. The operating system lets go when the process ends, however it
 * ends. Resolves with the way to let go, or null when somebody has it.
 */
export async function holdAlone(folder: string): Promise<(() => Promise<void>) | null> {
  const name = `clearhold-agent-${createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32)}`
  const server = createServer((socket) => socket.destroy())
  const held = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      else reject(error)
    })
    // An abstract socket on Linux, a named pipe on Windows: neither leaves a file behind.
    server.listen(process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`, () => resolve(true))
  })
  if (!held) return null
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}
