import { readFile, stat } from 'node:fs/promises'
import { BackupRefused } from './refused.ts'

/** Far more than anybody writes; a file that is longer is another file. */
const FILE_BYTES_MAX = 4_096
/** Whoever gets hold of a backup can guess as long as he likes. */
const PASSPHRASE_CHARACTERS_MIN = 16

/**
 * The passphrase of backups, from the file that holds it: all of it but line ends behind it. Null where no file is named.
 * @throws BackupRefused `passphrase-unfit`
 */
export async function readPassphrase(file: string | null): Promise<Buffer | null> {
  if (file === null) return null
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw unfit(file, `无法读取（${error.code ?? error.message}）`, `cannot be read (${error.code ?? error.message})`)
  })
  if (!found.isFile() || found.size > FILE_BYTES_MAX)
    throw unfit(file, `不是 ${FILE_BYTES_MAX} 字节以内的文件`, `is no file of ${FILE_BYTES_MAX} bytes at most`)
  const text = (await readFile(file, 'utf8')).replace(/[\r\n]+$/, '')
  if ([...text].length < PASSPHRASE_CHARACTERS_MIN)
    throw unfit(
      file,
      `里的口令不足 ${PASSPHRASE_CHARACTERS_MIN} 个字符`,
      `holds fewer than ${PASSPHRASE_CHARACTERS_MIN} characters`,
    )
  return Buffer.from(text, 'utf8')
}

function unfit(file: string, zh: string, en: string): BackupRefused {
  return new BackupRefused('passphrase-unfit', {
    zh: `口令文件 ${file} ${zh}。可用 openssl rand -base64 32 生成。`,
    en: `The passphrase file ${file} ${en}. openssl rand -base64 32 makes one.`,
  })
}
