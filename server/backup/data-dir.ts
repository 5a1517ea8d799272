import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exists } from '../database/files.ts'
import { type Lock, takeLock } from '../database/lock.ts'
import { openDataDir } from '../database/place.ts'
import { BackupRefused } from './refused.ts'

/** In DATA_DIR while a restore is under way: where its keys wait until everything else is verified. */
const RESTORING = 'restoring'

/** What an empty DATA_DIR may hold: the checkpoints kept apart tell whether a backup is older than what was signed after it. */
const MAY_STAY: ReadonlySet<string> = new Set(['checkpoints', 'lost+found'])

const README = '恢复尚未完成，本目录不可使用。\nA restore is not finished: this folder is not to be used.\n'

/**
 * Looks at the DATA_DIR of a restore without touching it. What an unfinished restore left there counts as nothing.
 * @throws BackupRefused `target-not-empty`
 */
export async function lookAtDataDir(dataDir: string): Promise<void> {
  const names = await namesIn(dataDir)
  if (isUnfinished(names)) return
  const there = names.filter((name) => !MAY_STAY.has(name))
  if (there.length === 0) return
  throw new BackupRefused('target-not-empty', {
    zh: `${dataDir} 不是空的（有 ${there.join('、')}），未作任何改动。请恢复到空的 DATA_DIR；其中只可保留 checkpoints。`,
    en: `${dataDir} is not empty (${there.join(', ')}); nothing was touched. Restore into an empty DATA_DIR; only checkpoints may stay in it.`,
  })
}

/**
 * For programs that would use the data.
 * @throws BackupRefused `restore-unfinished` while a restore is under way there, or after one that was cut off
 */
export async function refuseUnfinishedRestore(dataDir: string): Promise<void> {
  if (!isUnfinished(await namesIn(dataDir))) return
  throw new BackupRefused('restore-unfinished', {
    zh: `${dataDir} 里有一次没有完成的恢复，其中的数据未经校验，不能使用。请等它完成，或重新执行 npm run restore。`,
    en: `A restore into ${dataDir} is not finished; its data was not verified and cannot be used. Wait for it, or run npm run restore again.`,
  })
}

/** Room for what is not in its place yet. */
export interface Restoring {
  readonly folder: string
  /** Takes away everything that the restore put into the DATA_DIR, the mark last. What was there before stays. */
  clear(): Promise<void>
  /** Takes the mark away. */
  finish(): Promise<void>
}

/**
 * Marks a DATA_DIR before anything else is put there, after sweeping what an unfinished restore left. `sweep` takes its database away.
 * @throws BackupRefused `restore-running`
 */
export async function beginRestoring(dataDir: string, sweep: () => Promise<void>): Promise<Restoring> {
  const folder = join(dataDir, RESTORING)
  const lockFile = join(folder, 'lock')
  const made = !(await exists(dataDir))
  await openDataDir(dataDir)
  const fresh = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined
  let lock = take(dataDir, lockFile)
  if (!fresh) {
    await sweep()
    await clearAround(dataDir)
    lock.release()
    await rm(folder, { recursive: true })
    await mkdir(folder, { mode: 0o700 })
    lock = take(dataDir, lockFile)
  }
  await writeFile(join(folder, 'README'), README)
  const finish = async (): Promise<void> => {
    lock.release()
    await rm(folder, { recursive: true })
  }
  return {
    folder,
    finish,
    clear: async () => {
      await clearAround(dataDir)
      await finish()
      if (made) await rmdir(dataDir)
    },
  }
}

function take(dataDir: string, lockFile: string): Lock {
  const lock = takeLock(lockFile)
  if (lock !== undefined) return lock
  throw new BackupRefused('restore-running', {
    zh: `另一个恢复正在往 ${dataDir} 里写。请等它完成。`,
    en: `Another restore is writing into ${dataDir}. Wait for it.`,
  })
}

async function clearAround(dataDir: string): Promise<void> {
  for (const name of await namesIn(dataDir))
    if (!MAY_STAY.has(name) && name !== RESTORING) await rm(join(dataDir, name), { recursive: true })
}

/** With the keys in their place a restore was finished, whatever of its mark is left. */
function isUnfinished(names: readonly string[]): boolean {
  return names.includes(RESTORING) && !names.includes('keys')
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}
