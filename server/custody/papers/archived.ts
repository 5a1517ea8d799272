import { createHash } from 'node:crypto'
import { SealBroken } from '../../ledger/content-key.ts'
import { readPersonal } from '../../ledger/personal.ts'
import type { Json, Reader } from '../../module.ts'
import type { Paper } from './papers.ts'

/** The file of a paper as it was archived; null where it was lawfully erased. Of one that was altered where it is sealed no byte is left, so it is not whole. */
export async function readArchived(db: Reader, { document }: Paper): Promise<Buffer | null> {
  const content = await contentOf(db, document.ref)
  if (content === null || typeof content !== 'object' || !('pdf' in content)) return null
  const { pdf } = content
  return typeof pdf === 'string' ? Buffer.from(pdf, 'base64') : null
}

async function contentOf(db: Reader, ref: string): Promise<Json | undefined> {
  try {
    return (await readPersonal(db, [ref])).get(ref)
  } catch (error) {
    if (error instanceof SealBroken) return { pdf: '' }
    throw error
  }
}

/** Whether these bytes are those of the register's hash. */
export function isWhole(pdf: Buffer, { sha256 }: Paper): boolean {
  return createHash('sha256').update(pdf).digest('hex') === sha256
}
