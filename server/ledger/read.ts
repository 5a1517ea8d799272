import { sql } from 'kysely'
import type { Reader } from '../module.ts'
import type { Page } from '../schemas.ts'
import type { HashName, StoredEntry } from './entry.ts'

/** Entries are read in pages of this many. */
export const ENTRIES_A_PAGE = 5_000

export interface RegisterHead {
  readonly id: string
  readonly hash: HashName
  readonly size: number
}

/** An entry with the columns that repeat what its text says. */
export interface EntryRow extends StoredEntry {
  readonly type: string
  readonly subject: string
  readonly n: number
  readonly at: string
  readonly recorded_at: string
  readonly actor: string
  readonly cause: string
}

/** Every register, or a page of them, with its number of entries (the highest seq; gaps show in verification). */
export async function readRegisters(db: Reader, page: Page | null = null): Promise<RegisterHead[]> {
  const found = await sql<RegisterHead>`
    select r.id, r.hash, coalesce((select max(seq) from entries where register = r.id), 0) as size from registers r
    where r.id > ${page?.after ?? ''} order by r.id limit ${page?.limit ?? null}
  `.execute(db)
  return found.rows
}

/** @returns null when there is no such register. */
export async function readRegister(db: Reader, register: string): Promise<RegisterHead | null> {
  const found = await sql<RegisterHead>`
    select r.id, r.hash, coalesce((select max(seq) from entries where register = r.id), 0) as size from registers r where r.id = ${register}
  `.execute(db)
  return found.rows[0] ?? null
}

/** Up to `limit` entries after `after`, in order. */
export async function readEntries(db: Reader, register: string, after: number, limit: number): Promise<EntryRow[]> {
  const found = await sql<EntryRow>`
    select register, seq, type, subject, n, at, recorded_at, actor, cause, text, prev, hash
    from entries where register = ${register} and seq > ${after} order by seq limit ${limit}
  `.execute(db)
  return found.rows
}

/** What a screen is told of an entry. */
export type EntryOutline = Pick<EntryRow, 'register' | 'seq' | 'type' | 'subject' | 'at'>

/** Up to `limit` entries after `after`, in order, without their texts and hashes. */
export async function readOutlines(
  db: Reader,
  register: string,
  after: number,
  limit = ENTRIES_A_PAGE,
): Promise<EntryOutline[]> {
  const found = await sql<EntryOutline>`
    select register, seq, type, subject, at
    from entries where register = ${register} and seq > ${after} order by seq limit ${limit}
  `.execute(db)
  return found.rows
}

/** All entries of a register after `after`, page by page, so that memory stays flat whatever its length. */
export async function* entryPages(db: Reader, register: string, after = 0): AsyncGenerator<EntryRow[]> {
  for (let last = after; ;) {
    const page = await readEntries(db, register, last, ENTRIES_A_PAGE)
    if (page.length > 0) yield page
    // A page that is not full was the last one: what comes after it came later.
    if (page.length < ENTRIES_A_PAGE) return
    last = page.at(-1)?.seq ?? last
  }
}
