import { createHash } from 'node:crypto'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import type { Paper } from './papers.ts'

/** The file of a paper as it was archived; null where it was lawfully erased. */
export async function readArchived(db: Reader, { document }: Paper): Promise<Buffer | null> {
  const content = (await readPersonal(db, [document.ref])).get(document.ref)
  if (content === null || typeof content !== 'object' || !('pdf' in content)) return null
  const { pdf } = content
  return typeof pdf === 'string' ? Buffer.from(pdf, 'base64') : null
}

/** Whether these bytes are those of the register's hash. */
export function isWhole(pdf: Buffer, { sha256 }: Paper): boolean {
  return createHash('sha256').update(pdf).digest('hex') === sha256
}
