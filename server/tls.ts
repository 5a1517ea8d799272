import { type FSWatcher, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { Server } from 'node:https'
import type { Log } from './database/log.ts'

export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

export interface TlsPair {
  readonly cert: Buffer
  readonly key: Buffer
}

/** Certificate and key are two files, and a renewal writes one after the other. */
const SETTLED_MS = 500
/** A file system that tells nobody of a change is looked at as often. */
const LOOK_EVERY_MS = 60_000

/** Reads both files as they are; whether they fit together shows when they are put to use. */
export async function readTls({ certFile, keyFile }: TlsFiles): Promise<TlsPair> {
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)])
  return { cert, key }
}

/**
 * Takes a renewed certificate while the server runs: new connections get it, open ones keep what they have. A pair that does not fit together
 * is said in the log and not taken.
 * @param now the pair that is served
 */
export function keepTls(
  server: Server,
  files: TlsFiles,
  now: TlsPair,
  log: Log,
  { settled_ms = SETTLED_MS, every_ms = LOOK_EVERY_MS }: { settled_ms?: number; every_ms?: number } = {},
): { close(): Promise<void> } {
  let served = now
  let refused: TlsPair | null = null
  let waiting: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  const look = async (): Promise<void> => {
    const pair = await readTls(files).catch((error: unknown) => {
      log.warn({ err: error }, '证书文件读不出，仍用原证书 / the certificate cannot be read; the old one is served')
      return served
    })
    if (isSame(pair, served) || (refused !== null && isSame(pair, refused))) return
    try {
      createSecureContext({ ...pair, minVersion: 'TLSv1.2' })
    } catch (error) {
      refused = pair
      log.warn(
        { err: error },
        '新证书与密钥不配套，仍用原证书 / the new certificate and key do not fit; the old is served',
      )
      return
    }
    server.setSecureContext({ ...pair, minVersion: 'TLSv1.2' })
    served = pair
    log.info({ certFile: files.certFile }, '已换用新证书 / the renewed certificate is served')
  }
  const soon = (): void => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      looking = looking.then(look)
    }, settled_ms)
  }
  /** One that cannot be watched, or not any longer, is looked at as often as files are that nobody tells of. */
  const watching = (folder: string): FSWatcher[] => {
    const untold = (error: unknown): void =>
      log.warn(
        { err: error, folder },
        '不能监视证书文件夹，改为定时查看 / the folder is not watched, and looked at instead',
      )
    try {
      const watcher = watch(folder, { persistent: false }, soon)
      watcher.on('error', (error) => {
        watcher.close()
        untold(error)
      })
      return [watcher]
    } catch (error) {
      untold(error)
      return []
    }
  }
  // The folder, not the file: a renewal puts another file under the same name.
  const watchers: FSWatcher[] = [...new Set([files.certFile, files.keyFile].map((file) => dirname(file)))].flatMap(
    (folder) => watching(folder),
  )
  const timer = setInterval(soon, every_ms)
  timer.unref()
  return {
    close: async () => {
      clearInterval(timer)
      clearTimeout(waiting)
      for (const watcher of watchers) watcher.close()
      await looking
    },
  }
}

function isSame(one: TlsPair, other: TlsPair): boolean {
  return one.cert.equals(other.cert) && one.key.equals(other.key)
}
