import { createHash } from 'node:crypto'
import { sql } from 'kysely'
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

/** Ids of those of these papers whose file was lawfully erased: what was signed on them by hand says the same, and goes with it. */
export async function erasedAmong(
  db: Reader,
  papers: readonly Pick<Paper, 'id' | 'document'>[],
): Promise<ReadonlySet<string>> {
  const refs = papers.map(({ document }) => document.ref)
  const found = await sql<{ ref: string }>`
    select ref::text from personal where ref = any(${refs}::uuid[]) and erased_at is not null
  `.execute(db)
  const gone = new Set(found.rows.map(({ ref }) => ref))
  return new Set(papers.flatMap(({ id, document }) => (gone.has(document.ref) ? [id] : [])))
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
