import { sql } from 'kysely'
import type { Module, Projection, Reader } from '../module.ts'
import { type EntryMembers, toFact } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'
import { expectedRows, type Kept, subjectId, subjectKind } from './project.ts'
import { ENTRIES_A_PAGE } from './read.ts'
import type { Look } from './verify-look.ts'

type Projections = ReadonlyMap<string, Projection>

/** A subject's facts folded again, and the last of them. */
interface Replayed extends Kept<unknown> {
  readonly register: string
  readonly seq: number
}

interface Compared {
  readonly subjects: number
  /** Subjects that were left out, since an entry of theirs stands in a broken register. */
  readonly unchecked: number
  readonly faults: LedgerFault[]
}

/**
 * Folds every subject's facts again and compares with the read tables; names the last entry of a subject whose rows differ, and, while no
 * register is broken, rows whose subject no register knows. A subject with an entry in a register of `broken` is left out and counted.
 */
export async function verifyTables(
  look: Look,
  modules: readonly Module[],
  broken: readonly string[],
): Promise<Compared> {
  const projections = new Map(modules.flatMap((module) => module.projections).map((one) => [one.kind, one]))
  const faults: LedgerFault[] = []
  let subjects = 0
  let unchecked = 0
  for (let last = ''; ;) {
    const piece = await look.see(async (db) => {
      const upTo = await subjectsAfter(db, last, look.subjectsAPiece)
      return upTo === null ? null : { upTo, ...(await replay(db, projections, broken, { after: last, upTo })) }
    })
    if (piece === null) break
    last = piece.upTo
    subjects += piece.subjects
    unchecked += piece.unchecked
    faults.push(...piece.faults)
  }
  // What a broken register has lost would look like a row too many.
  if (broken.length === 0)
    for (const projection of projections.values()) faults.push(...(await strangers(look, projection)))
  return { subjects, unchecked, faults }
}

/** The last of the next `limit` subjects. */
async function subjectsAfter(db: Reader, last: string, limit: number): Promise<string | null> {
  const found = await sql<{ subject: string | null }>`
    select max(subject) as subject from (select distinct subject from entries where subject > ${last} order by subject limit ${limit}) next
  `.execute(db)
  return found.rows[0]?.subject ?? null
}

async function replay(
  db: Reader,
  projections: Projections,
  broken: readonly string[],
  { after, upTo }: { readonly after: string; readonly upTo: string },
): Promise<Compared> {
  const faults: LedgerFault[] = []
  const left = await subjectsIn(db, broken, { after, upTo })
  const replayed = new Map<string, Replayed>()
  for await (const page of subjectPages(db, after, upTo)) {
    for (const row of page) {
      if (left.has(row.subject)) continue
      const known = replayed.get(row.subject)
      const expected = (known?.n ?? 0) + 1
      if (row.n !== expected) {
        faults.push(
          fault(
            row.register,
            row.seq,
            `${row.subject} 缺第 ${expected} 项记录`,
            `fact ${expected} of ${row.subject} is missing`,
          ),
        )
      }
      const projection = projections.get(subjectKind(row.subject))
      const state = known === undefined ? projection?.initial : known.state
      const next = projection?.evolve(state, toFact(JSON.parse(row.text) as EntryMembers, row.hash))
      replayed.set(row.subject, { n: row.n, state: next, register: row.register, seq: row.seq })
    }
  }
  for (const [kind, projection] of projections) {
    const mine = [...replayed].filter(([subject]) => subjectKind(subject) === kind)
    if (mine.length === 0) continue
    const kept = new Map(mine.map(([subject, one]) => [subjectId(subject), one]))
    faults.push(...(await compareRows(db, projection, kept)))
  }
  return { subjects: replayed.size, unchecked: left.size, faults }
}

/** Subjects of this stretch that have an entry in one of these registers. */
async function subjectsIn(
  db: Reader,
  registers: readonly string[],
  { after, upTo }: { readonly after: string; readonly upTo: string },
): Promise<ReadonlySet<string>> {
  if (registers.length === 0) return new Set()
  const found = await sql<{ subject: string }>`
    select distinct subject from entries
    where subject > ${after} and subject <= ${upTo} and register = any(${[...registers]}::text[])
  `.execute(db)
  return new Set(found.rows.map(({ subject }) => subject))
}

interface SubjectRow {
  readonly subject: string
  readonly n: number
  readonly register: string
  readonly seq: number
  readonly text: string
  readonly hash: Buffer
}

async function* subjectPages(db: Reader, after: string, upTo: string): AsyncGenerator<SubjectRow[]> {
  for (let last = { subject: after, n: Number.MAX_SAFE_INTEGER }; ;) {
    const found = await sql<SubjectRow>`
      select subject, n, register, seq, text, hash from entries
      where (subject, n) > (${last.subject}, ${last.n}) and subject <= ${upTo} order by subject, n limit ${ENTRIES_A_PAGE}
    `.execute(db)
    const final = found.rows.at(-1)
    if (final === undefined) return
    yield found.rows
    if (found.rows.length < ENTRIES_A_PAGE) return
    last = final
  }
}

async function compareRows(
  db: Reader,
  projection: Projection,
  kept: ReadonlyMap<string, Replayed>,
): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = []
  const ids = [...kept.keys()]
  for (const { table, key, rows } of expectedRows(projection, kept)) {
    const owner = key[0] ?? 'id'
    const columns = rows[0] === undefined ? [...key] : Object.keys(rows[0])
    const names = sql.join(columns.map((column) => sql.ref(column)))
    const sameKey = sql.join(
      key.map((column) => sql`e.${sql.ref(column)} = a.${sql.ref(column)}`),
      sql` and `,
    )
    // Counted too: where the primary key was dropped, a row may stand twice.
    const compared = await sql<{ rows: number; owners: string[] | null }>`
      with expected as (select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)),
        actual as (select ${names} from ${sql.table(table)} where ${sql.ref(owner)} = any(${ids}::text[]))
      select count(*) as rows,
        array_agg(distinct coalesce(e.${sql.ref(owner)}, a.${sql.ref(owner)})) filter (where e is distinct from a) as owners
      from expected e full join actual a on ${sameKey}
    `.execute(db)
    const [found] = compared.rows
    for (const id of found?.owners ?? []) {
      const at = kept.get(id)
      faults.push(
        fault(
          at?.register ?? '?',
          at?.seq ?? null,
          `查询表 ${table} 中 ${id} 与台账不符`,
          `read table ${table}: the rows of ${id} are not what the register gives`,
        ),
      )
    }
    if ((found?.owners ?? null) === null && found?.rows !== rows.length)
      faults.push(fault('?', null, `查询表 ${table} 有重复的行`, `read table ${table}: a row stands there twice`))
  }
  return faults
}

/** Rows whose subject no register knows. */
async function strangers(look: Look, projection: Projection): Promise<LedgerFault[]> {
  const tables = [{ table: projection.table, owner: 'id' }].concat(
    (projection.parts ?? []).map((part) => ({ table: part.table, owner: part.key[0] ?? 'id' })),
  )
  const faults: LedgerFault[] = []
  for (const { table, owner } of tables) {
    for (let last = ''; ;) {
      const page = await look.see(async (db) => {
        const found = await sql<{ owner: string; known: boolean }>`
          select owner, exists (select 1 from entries e where e.subject = ${`${projection.kind}/`} || owner) as known
          from (select distinct ${sql.ref(owner)} as owner from ${sql.table(table)} where ${sql.ref(owner)} > ${last}
            order by 1 limit ${look.rowsAPiece}) next
          order by owner
        `.execute(db)
        return found.rows
      })
      for (const row of page.filter(({ known }) => !known)) {
        faults.push(
          fault(
            '?',
            null,
            `查询表 ${table} 多出 ${row.owner}，台账无此记录`,
            `read table ${table}: no register knows ${row.owner}`,
          ),
        )
      }
      const final = page.at(-1)
      if (final === undefined) break
      last = final.owner
    }
  }
  return faults
}
