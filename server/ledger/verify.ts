import { sql } from 'kysely'
import type { Db } from '../database/connect.ts'
import type { Fact, Module, Projection, Reader, Row } from '../module.ts'
import { ChainCheck, type ClaimedRoot } from './chain.ts'
import { type CheckpointFolder, originOf, readCheckpoints } from './checkpoint.ts'
import { canonicalText, type EntryMembers, NOTHING_BEFORE, parseEntry, toFact } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'
import { type NoteKey, openNote, parseCheckpoint } from './note.ts'
import { matchesCommitment, sealedIn } from './personal.ts'
import { expectedRows, type Kept, subjectId, subjectKind } from './project.ts'
import { ENTRIES_A_PAGE, entryPages, type EntryRow, readRegisters } from './read.ts'
import { verifyActivity } from './activity.ts'

export interface VerifyReport {
  readonly registers: readonly { readonly register: string; readonly entries: number }[]
  readonly subjects: number
  readonly faults: readonly LedgerFault[]
}

export interface VerifyDependencies {
  readonly db: Db
  readonly modules: readonly Module[]
  readonly folder: CheckpointFolder
  readonly key: NoteKey
  readonly installation: string
}

/** Subjects whose tables are compared in one statement. */
const SUBJECTS_A_GROUP = 1_000

/**
 * Checks everything a database administrator could have touched: every entry of every register, the pairs between registers, personal
 * content against its commitments, every checkpoint signature and root, the activity log, and every read table against a replay.
 * Each register is reported up to its first fault; read tables are compared once the registers hold.
 */
export async function verifyStore(deps: VerifyDependencies): Promise<VerifyReport> {
  // One snapshot for all of it: what is written meanwhile must not look like a difference.
  return deps.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((snapshot) => verifySnapshot({ ...deps, db: snapshot }))
}

interface Snapshot extends Omit<VerifyDependencies, 'db'> {
  readonly db: Reader
}

async function verifySnapshot(deps: Snapshot): Promise<VerifyReport> {
  const faults: LedgerFault[] = []
  const counted: { register: string; entries: number }[] = []
  const registers = await readRegisters(deps.db)
  for (const { id, hash } of registers) {
    const { claims, faults: bad } = await claimedRoots(deps, id)
    faults.push(...bad)
    const check = new ChainCheck(id, hash, NOTHING_BEFORE, claims)
    const found = await checkEntries(deps.db, check)
    if (found !== null) faults.push(found)
    counted.push({ register: id, entries: check.head.seq })
  }
  for (const register of await deps.folder.registers()) {
    if (!registers.some(({ id }) => id === register)) {
      faults.push(
        fault(
          register,
          1,
          '整本台账不见了，另存的检查点仍在',
          'the whole register is gone, its checkpoint kept apart is not',
        ),
      )
    }
  }
  const unclaimed = await sql<{ register: string; seq: number }>`
    select e.register, min(e.seq) as seq from entries e where not exists (select 1 from registers r where r.id = e.register) group by 1
  `.execute(deps.db)
  for (const { register, seq } of unclaimed.rows)
    faults.push(fault(register, seq, '台账未登记', 'the register itself is not listed'))
  const activityFault = await verifyActivity(deps.db)
  if (activityFault !== null) faults.push(activityFault)
  const subjects = faults.length === 0 ? await compareTables(deps, faults) : 0
  return { registers: counted, subjects, faults }
}

async function claimedRoots(
  { db, folder, key, installation }: Snapshot,
  register: string,
): Promise<{ claims: ClaimedRoot[]; faults: LedgerFault[] }> {
  const claims: ClaimedRoot[] = []
  const faults: LedgerFault[] = []
  const read = (note: string, by: ClaimedRoot['by']): void => {
    try {
      const checkpoint = parseCheckpoint(openNote(note, key))
      if (checkpoint.origin !== originOf(installation, register))
        throw new Error(`it is the checkpoint of ${checkpoint.origin}`)
      claims.push({ size: checkpoint.size, root: checkpoint.root, by })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      faults.push(fault(register, null, `检查点无效：${reason}`, `a checkpoint does not hold: ${reason}`))
    }
  }
  const apart = await folder.read(register)
  if (apart !== null) read(apart, 'file')
  for (const { note } of await readCheckpoints(db, register)) read(note, 'database')
  return { claims, faults }
}

async function checkEntries(db: Reader, check: ChainCheck): Promise<LedgerFault | null> {
  for await (const page of entryPages(db, check.register)) {
    const members: EntryMembers[] = []
    for (const row of page) {
      const entry = check.take(row)
      if (entry === null) break
      const column = differingColumn(row, entry)
      if (column !== null) {
        return fault(
          check.register,
          row.seq,
          `第 ${row.seq} 条的 ${column} 列与正文不符`,
          `entry ${row.seq}: column ${column} does not say what the text says`,
        )
      }
      members.push(entry)
    }
    const found = earliest([
      await checkPairs(db, check.register, members),
      await checkPersonal(db, check.register, members),
      check.fault,
    ])
    if (found !== null) return found
  }
  return check.end()
}

function differingColumn(row: EntryRow, entry: EntryMembers): string | null {
  const body = entry.body as Fact['body']
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
    const counterpart = entry.body['counterpart'] as Counterpart | undefined
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
    if (
      other === undefined ||
      back === undefined ||
      back.register !== register ||
      back.seq !== entry.seq ||
      !hashHolds
    ) {
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

function counterpartOf(text: string): Counterpart | undefined {
  try {
    return parseEntry(text).body['counterpart'] as Counterpart | undefined
  } catch {
    return undefined
  }
}

async function checkPersonal(
  db: Reader,
  register: string,
  entries: readonly EntryMembers[],
): Promise<LedgerFault | null> {
  const sealed = entries.flatMap((entry) => sealedIn(entry.body).map((one) => ({ seq: entry.seq, ...one })))
  if (sealed.length === 0) return null
  const found = await sql<{ ref: string; salt: Buffer | null; content: string | null }>`
    select ref::text, salt, content from personal where ref = any(${sealed.map((one) => one.ref)}::uuid[])
  `.execute(db)
  const contents = new Map(found.rows.map((row) => [row.ref, row]))
  for (const { seq, ref, commitment } of sealed) {
    const content = contents.get(ref)
    if (content === undefined || !isLawful(content, commitment)) {
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

/** Erased whole, or there and what was committed to. */
function isLawful({ salt, content }: { salt: Buffer | null; content: string | null }, commitment: string): boolean {
  if (salt === null || content === null) return salt === null && content === null
  return matchesCommitment(salt, content, commitment)
}

function earliest(faults: readonly (LedgerFault | null)[]): LedgerFault | null {
  const found = faults.filter((one) => one !== null)
  return found.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))[0] ?? null
}

interface Replayed extends Kept<unknown> {
  readonly register: string
  readonly seq: number
}

/** Folds every subject's facts again and compares with the tables; names the last entry of a subject whose rows differ. */
async function compareTables({ db, modules }: Snapshot, faults: LedgerFault[]): Promise<number> {
  const projections = new Map(modules.flatMap((module) => module.projections).map((one) => [one.kind, one]))
  let subjects = 0
  let group = new Map<string, Replayed>()
  const flush = async (): Promise<void> => {
    subjects += group.size
    for (const [kind, projection] of projections) {
      const mine = new Map(
        [...group]
          .filter(([subject]) => subjectKind(subject) === kind)
          .map(([subject, kept]) => [subjectId(subject), kept]),
      )
      if (mine.size > 0) faults.push(...(await compareGroup(db, projection, mine)))
    }
    group = new Map()
  }
  for await (const page of subjectPages(db)) {
    for (const row of page) {
      const known = group.get(row.subject)
      if (known === undefined && group.size >= SUBJECTS_A_GROUP) await flush()
      const projection = projections.get(subjectKind(row.subject))
      const before = known?.n ?? 0
      if (row.n !== before + 1) {
        faults.push(
          fault(
            row.register,
            row.seq,
            `${row.subject} 缺第 ${before + 1} 项记录`,
            `fact ${before + 1} of ${row.subject} is missing`,
          ),
        )
      }
      const state = known === undefined ? projection?.initial : known.state
      const next = projection?.evolve(state, toFact(parseEntry(row.text), row.hash))
      group.set(row.subject, { n: row.n, state: next, register: row.register, seq: row.seq })
    }
  }
  await flush()
  for (const projection of projections.values()) faults.push(...(await strangers(db, projection)))
  return subjects
}

interface SubjectRow {
  readonly subject: string
  readonly n: number
  readonly register: string
  readonly seq: number
  readonly text: string
  readonly hash: Buffer
}

async function* subjectPages(db: Reader): AsyncGenerator<SubjectRow[]> {
  let last: { subject: string; n: number } = { subject: '', n: 0 }
  for (;;) {
    const found = await sql<SubjectRow>`
      select subject, n, register, seq, text, hash from entries
      where (subject, n) > (${last.subject}, ${last.n}) order by subject, n limit ${ENTRIES_A_PAGE}
    `.execute(db)
    const final = found.rows.at(-1)
    if (final === undefined) return
    yield found.rows
    last = final
  }
}

async function compareGroup(
  db: Reader,
  projection: Projection,
  kept: ReadonlyMap<string, Replayed>,
): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = []
  const ids = [...kept.keys()]
  for (const { table, key, rows } of expectedRows(projection, kept)) {
    const owner = key[0] ?? 'id'
    const columns = rows[0] === undefined ? [owner] : Object.keys(rows[0])
    const names = sql.join(columns.map((column) => sql.ref(column)))
    const differing = await sql<{ owner: string }>`
      with expected as (select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${canonicalText([...rows] as Row[])}::jsonb)),
        actual as (select ${names} from ${sql.table(table)} where ${sql.ref(owner)} = any(${ids}::text[]))
      select distinct ${sql.ref(owner)} as owner from (
        (select * from expected except all select * from actual) union all (select * from actual except all select * from expected)
      ) as differing order by 1
    `.execute(db)
    for (const row of differing.rows) {
      const at = kept.get(row.owner)
      faults.push(
        fault(
          at?.register ?? '?',
          at?.seq ?? null,
          `查询表 ${table} 中 ${row.owner} 与台账不符`,
          `read table ${table}: the rows of ${row.owner} are not what the register gives`,
        ),
      )
    }
  }
  return faults
}

/** Rows whose subject no register knows. */
async function strangers(db: Reader, projection: Projection): Promise<LedgerFault[]> {
  const tables = [{ table: projection.table, owner: 'id' }].concat(
    (projection.parts ?? []).map((part) => ({ table: part.table, owner: part.key[0] ?? 'id' })),
  )
  const faults: LedgerFault[] = []
  for (const { table, owner } of tables) {
    const found = await sql<{ owner: string }>`
      select distinct t.${sql.ref(owner)} as owner from ${sql.table(table)} t
      where not exists (select 1 from entries e where e.subject = ${`${projection.kind}/`} || t.${sql.ref(owner)}) order by 1 limit 10
    `.execute(db)
    for (const row of found.rows) {
      faults.push(
        fault(
          '?',
          null,
          `查询表 ${table} 多出 ${row.owner}，台账无此记录`,
          `read table ${table}: no register knows ${row.owner}`,
        ),
      )
    }
  }
  return faults
}
