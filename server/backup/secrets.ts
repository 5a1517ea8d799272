import { createHmac } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { renameDurably, writeDurably } from '../database/files.ts'
import { type Keys, KeysMissing, loadKeys } from '../keys.ts'
import type { Header } from './format.ts'
import { BackupRefused } from './refused.ts'

/** Longer files are no keys of ours. */
const KEY_BYTES_MAX = 4_096

/** Recognises a pepper without saying anything about it: the pepper is 32 random bytes. */
export function pepperCheck(pepper: Buffer): string {
  return createHmac('sha256', pepper).update('clearhold-backup pepper', 'utf8').digest('hex')
}

/**
 * Contents of a keys folder by file name.
 * @throws BackupRefused `keys-needed` when there is no such folder or nothing in it
 */
export async function readKeyFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
  for (const name of names.sort()) {
    const path = join(folder, name)
    const found = await stat(path)
    if (found.isFile() && found.size <= KEY_BYTES_MAX) files.set(name, await readFile(path, 'utf8'))
  }
  if (files.size > 0) return files
  throw new BackupRefused('keys-needed', {
    zh: `${folder} 里没有密钥。请用 --keys 指明密钥文件夹的副本（备份里不含密钥）。`,
    en: `There are no keys in ${folder}. Name the copy of the keys folder with --keys (the backup does not hold them).`,
  })
}

/**
 * Writes keys to `folder`/keys and reads them as the server will.
 * @throws BackupRefused `keys-wrong` when they are incomplete or not those of this backup
 */
export async function stageKeys(folder: string, files: ReadonlyMap<string, string>, header: Header): Promise<Keys> {
  await mkdir(join(folder, 'keys'), { mode: 0o700 })
  await chmod(join(folder, 'keys'), 0o700)
  for (const [name, text] of files) await writeDurably(join(folder, 'keys', name), text)
  const keys = await loadKeys(folder, { hasRegisters: true }).catch((error: unknown) => {
    throw wrongKeys(error instanceof KeysMissing ? '缺少文件 / files are missing' : '内容不对 / malformed', error)
  })
  if (keys.installation !== header.installation) throw wrongKeys(`${keys.installation} ≠ ${header.installation}`)
  if (keys.publicKey !== header.publicKey) throw wrongKeys(`${keys.publicKey} ≠ ${header.publicKey}`)
  if (pepperCheck(keys.pepper) !== header.pepperCheck) throw wrongKeys('pepper')
  return keys
}

/** The last step of a restore: only with its keys in place does the server take the data. */
export async function settleKeys(folder: string, dataDir: string): Promise<void> {
  await renameDurably(join(folder, 'keys'), join(dataDir, 'keys'))
}

function wrongKeys(reason: string, cause?: unknown): BackupRefused {
  return new BackupRefused(
    'keys-wrong',
    {
      zh: `所给的密钥不是这份备份的（${reason}）。没有这套密钥，台账的签名和人员的密码都无法使用，因此不予恢复。`,
      en: `These are not the keys of this backup (${reason}). Without them neither signatures nor passwords would hold, so nothing was restored.`,
    },
    { cause },
  )
}
