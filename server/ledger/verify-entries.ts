import { sql } from 'kysely'
import type { Fact, Reader } from '../module.ts'
import { ChainCheck } from './chain.ts'
import type { ClaimedRoot } from './checkpoint-claims.ts'
import { type EntryMembers, NOTHING_BEFORE } from './entry.ts'
import { lawfullyErased } from './erasures.ts'
import { fault, type LedgerFault } from './fault.ts'
import { SealBroken } from './content-key.ts'
import { ERASED, matchesCommitment, openRow, type PersonalContent, sealedIn, type StoredPersonal } from './personal.ts'
import { type EntryRow, readEntries, type RegisterHead } from './read.ts'
import { checkCausesOf } from './verify-causes.ts'
import type { Look } from './verify-look.ts'
import { checkReadings } from './verify-readings.ts'

/**
 * Every entry of one register up to its first fault: numbering, text, links, hashes and signed roots, the columns beside the text, pairs
 * with other registers, personal content against its commitments, weights against what the scale sent, and the cause each entry came from.
 */
export async function verifyEntries(
  look: Look,
  { id, hash }: RegisterHead,
  claims: readonly ClaimedRoot[],
): Promise<{ entries: number; fault: LedgerFault | null }> {
  const check = new ChainCheck(id, hash, NOTHING_BEFORE, claims)
  for (;;) {
    const piece = await look.see(async (db) => {
      const rows = await readEntries(db, id, check.head.seq, look.rowsAPiece)
      return { rows: rows.length, fault: rows.length === 0 ? null : await checkPage(db, check, rows) }
    })
    if (piece.fault !== null || piece.rows === 0) return { entries: check.head.seq, fault: piece.fault ?? check.end() }
  }
}

async function checkPage(db: Reader, check: ChainCheck, rows: readonly EntryRow[]): Promise<LedgerFault | null> {
  const members: EntryMembers[] = []
  let column: LedgerFault | null = null
  for (const row of rows) {
    const entry = check.take(row)
    if (entry === null) break
    column = differingColumn(row, entry)
    if (column !== null) break
    members.push(entry)
  }
  const [first, last] = [rows.at(0), rows.at(-1)]
  return earliest([
    column,
    check.fault,
    await checkPairs(db, check.register, members),
    await checkPersonal(db, check.register, members),
    await checkReadings(db, check.register, members),
    first === undefined || last === undefined
      ? null
      : await checkCausesOf(db, check.register, { from: first.seq, to: last.seq }),
  ])
}

function differingColumn(row: EntryRow, entry: EntryMembers): LedgerFault | null {
  const column = columnUnlike(row, entry, entry.body as Fact['body'])
  if (column === null) return null
  return fault(
    row.register,
    row.seq,
    `第 ${row.seq} 条的 ${column} 列与正文不符`,
    `entry ${row.seq}: column ${column} does not say what the text says`,
  )
}

function columnUnlike(row: EntryRow, entry: EntryMembers, body: Fact['body']): string | null {
  if (row.type !== entry.type) return 'type'
  if (row.subject !== body.subject) return 'subject'
  if (row.n !== body.n) return 'n'
  if (row.at !== entry.at) return 'at'
  if (row.recorded_at !== entry.recordedAt) return 'recorded_at'
  if (row.actor !== entry.actor) return 'actor'
  return row.cause === entry.cause ? null : 'cause'
}

interface Counterpart {
  readonly register: string
  readonly seq: number
  readonly hash?: string
}

/** What passed between two registers stands in both: each half must name the other, and the receiver the giver's hash. */
async function checkPairs(db: Reader, register: string, entries: readonly EntryMembers[]): Promise<LedgerFault | null> {
  const halves = entries.flatMap((entry) => {
    const counterpart = counterpartIn(entry)
    return counterpart === undefined ? [] : [{ entry, counterpart }]
  })
  if (halves.length === 0) return null
  const found = await sql<{ register: string; seq: number; hash: Buffer; text: string }>`
    select e.register, e.seq, e.hash, e.text
    from unnest(${halves.map((half) => half.counterpart.register)}::text[], ${halves.map((half) => half.counterpart.seq)}::bigint[]) as w (register, seq)
    join entries e on e.register = w.register and e.seq = w.seq
  `.execute(db)
  const others = new Map(found.rows.map((row) => [`${row.register} ${row.seq}`, row]))
  for (const { entry, counterpart } of halves) {
    const other = others.get(`${counterpart.register} ${counterpart.seq}`)
    const back = other === undefined ? undefined : counterpartOf(other.text)
    const hashHolds = counterpart.hash === undefined || other?.hash.toString('hex') === counterpart.hash
    if (other === undefined || back?.register !== register || back.seq !== entry.seq || !hashHolds) {
      return fault(
        register,
        entry.seq,
        `第 ${entry.seq} 条与 ${counterpart.register} 第 ${counterpart.seq} 条对不上`,
        `entry ${entry.seq} and its counterpart ${counterpart.register} ${counterpart.seq} do not name each other`,
      )
    }
  }
  return null
}

function counterpartIn(entry: EntryMembers): Counterpart | undefined {
  return entry.body['counterpart'] as Counterpart | undefined
}

/** The other text may be spoilt: whether it is an entry at all is told where its own register is checked. */
function counterpartOf(text: string): Counterpart | undefined {
  try {
    return counterpartIn(JSON.parse(text) as EntryMembers)
  } catch {
    return undefined
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Content that is there must match its commitment. Content that is not there must have been erased by an entry of a register, and what such
 * an entry erased must be gone.
 */
async function checkPersonal(
  db: Reader,
  register: string,
  entries: readonly EntryMembers[],
): Promise<LedgerFault | null> {
  const sealed = entries.flatMap(({ seq, type, body }) =>
    sealedIn(body).map((one) => ({ seq, erases: type === ERASED, ...one })),
  )
  if (sealed.length === 0) return null
  const found = await sql<StoredPersonal>`
    select ref::text, salt, content, sealed from personal where ref = any(${sealed.map((one) => one.ref).filter((ref) => UUID.test(ref))}::uuid[])
  `.execute(db)
  const contents = new Map(found.rows.map((row) => [row.ref, opened(row)]))
  const blank = [...contents].filter(([, content]) => content === null).map(([ref]) => ref)
  const lawful = await lawfullyErased(db, blank)
  for (const { seq, ref, commitment, erases } of sealed) {
    if (lawful.has(ref)) continue
    const content = contents.get(ref) ?? null
    if (content === null) {
      return fault(
        register,
        seq,
        `第 ${seq} 条所载个人信息被抹去，台账里没有准许删除的记录`,
        `entry ${seq}: its personal content was taken away, and no register says that it was to be erased`,
      )
    }
    if (erases) {
      return fault(
        register,
        seq,
        `第 ${seq} 条载明已依法删除的个人信息仍在`,
        `entry ${seq}: the personal content that it erased is still there`,
      )
    }
    if (content === BROKEN || !matchesCommitment(content.salt, content.content, commitment)) {
      return fault(
        register,
        seq,
        `第 ${seq} 条所载个人信息与承诺值不符`,
        `entry ${seq}: personal content does not match its commitment`,
      )
    }
  }
  return null
}

/** Sealed bytes that were altered, or brought here from another row. */
const BROKEN = 'broken'

function opened(row: StoredPersonal): PersonalContent | typeof BROKEN | null {
  try {
    return openRow(row)
  } catch (error) {
    if (error instanceof SealBroken) return BROKEN
    throw error
  }
}

/** The one with the lowest `seq`; one that names none (a root that does not hold) only when there is no other. */
function earliest(faults: readonly (LedgerFault | null)[]): LedgerFault | null {
  const found = faults.filter((one) => one !== null)
  return found.sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity))[0] ?? null
}
