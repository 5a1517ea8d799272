import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Reader } from '../module.ts'
import { fault, type LedgerFault } from '../ledger/fault.ts'
import { pathOf } from './disk.ts'
import './tables.ts'

const REGISTER = 'files'
const FIRST_DIGITS = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'))
const REST_DIGITS = 62

export interface VerifyFilesDependencies {
  readonly db: Reader
  /** The store's own folder. */
  readonly folder: string
}

/**
 * Hashes every sealed original again and names each that is missing, changed, unreadable, or of another size than the table says. An
 * original that the table does not name is sound as long as it is what its name says: a process may have ended between the two.
 * Reads one 256th of the store at a time.
 */
export async function verifyFiles({ db, folder }: VerifyFilesDependencies): Promise<readonly LedgerFault[]> {
  const faults: LedgerFault[] = []
  for (const digits of FIRST_DIGITS) {
    const rows = await db
      .selectFrom('files')
      .select(['sha256', 'bytes'])
      .where('sha256', '>=', digits.padEnd(2 + REST_DIGITS, '0'))
      .where('sha256', '<=', digits.padEnd(2 + REST_DIGITS, 'f'))
      .orderBy('sha256')
      .execute()
    const sealed = new Set(await namesIn(join(folder, 'originals', digits)))
    for (const { sha256, bytes } of rows) {
      const found = sealed.delete(sha256.slice(2))
        ? await checkOriginal(folder, sha256, bytes)
        : fault(REGISTER, null, `照片原件 ${sha256} 不见了`, `the original ${sha256} is missing`)
      if (found !== null) faults.push(found)
    }
    for (const rest of sealed) {
      const found = await checkOriginal(folder, digits + rest, null)
      if (found !== null) faults.push(found)
    }
  }
  return faults
}

async function checkOriginal(folder: string, sha256: string, bytes: number | null): Promise<LedgerFault | null> {
  try {
    const found = await hashOf(pathOf(folder, 'originals', sha256))
    if (found.sha256 !== sha256) {
      return fault(
        REGISTER,
        null,
        `照片原件 ${sha256} 已被改动（现为 ${found.sha256}）`,
        `the original ${sha256} was changed (it now hashes to ${found.sha256})`,
      )
    }
    if (bytes === null || bytes === found.bytes) return null
    return fault(
      REGISTER,
      null,
      `照片 ${sha256} 的大小与登记不符`,
      `photo ${sha256} has another size than the table says`,
    )
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error
    const reason = String(error.code)
    return fault(
      REGISTER,
      null,
      `照片原件 ${sha256} 无法读取（${reason}）`,
      `the original ${sha256} cannot be read (${reason})`,
    )
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}

async function hashOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      bytes += chunk.length
      hash.update(chunk)
    }
  })
  return { sha256: hash.digest('hex'), bytes }
}
