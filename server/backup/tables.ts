import { sql } from 'kysely'
import type { Trx } from '../database/connect.ts'
import type { Reader } from '../module.ts'
import { LINE_BYTES_MAX, lineOf, type Row } from './format.ts'
import { BackupRefused } from './refused.ts'

export interface Column {
  readonly name: string
  /** As PostgreSQL writes it down, without a length: a cast to a length would cut in silence. */
  readonly type: string
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** Columns of the primary key; empty when it has none. */
  readonly key: readonly string[]
}

/** What says which migrations landed: the header carries it, and migrating writes it anew. */
const MIGRATIONS = 'migrations'
/** Few enough that a page of them stays some megabytes where rows hold archived papers. */
const ROWS_A_FETCH = 200

const SESSION_SETTINGS: readonly (readonly [string, string])[] = [
  ['bytea_output', 'hex'],
  ['extra_float_digits', '3'],
  ['IntervalStyle', 'postgres'],
  ['statement_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
]

/** For one transaction, whatever server, database or role are set to: texts that every server reads back as they were, and time enough. */
export async function settleSession(trx: Trx): Promise<void> {
  for (const [name, value] of SESSION_SETTINGS) await sql`select set_config(${name}, ${value}, true)`.execute(trx)
}

/**
 * Every table of the schema `public`, as the catalogue has them, each after those that it refers to.
 * @throws BackupRefused `schema-unknown` when something there holds content in another way than a table does, or tables refer to one another
 * in a ring: a backup must not quietly leave it out
 */
export async function readTables(db: Reader): Promise<readonly Table[]> {
  const others = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('S', 'm', 'f')
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    union all select 'large object ' || oid from pg_largeobject_metadata
    order by 1
  `.execute(db)
  const found = await sql<Table & { readonly after: readonly string[] }>`
    select c.relname as name,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, -1)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select jsonb_agg(a.attname order by k.place)
        from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary), '[]') as key,
      coalesce((select jsonb_agg(distinct r.relname)
        from pg_constraint f join pg_class r on r.oid = f.confrelid where f.conrelid = c.oid and f.contype = 'f'), '[]') as after
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> ${MIGRATIONS}
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname collate "C"
  `.execute(db)
  const strange = others.rows[0]?.name
  if (strange !== undefined) throw unknownSchema(strange)
  const ordered: Table[] = []
  const waiting = [...found.rows]
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ after }) => after.every((name) => ordered.some((table) => table.name === name)))
    const [table] = next < 0 ? [] : waiting.splice(next, 1)
    if (table === undefined) throw unknownSchema(waiting.map(({ name }) => name).join(', '))
    const { name, columns, key } = table
    ordered.push({ name, columns, key })
  }
  return ordered
}

function unknownSchema(what: string): BackupRefused {
  return new BackupRefused('schema-unknown', {
    zh: `数据库中有备份程序不认识的内容：${what}。为免遗漏，不予备份。请报告给程序的维护者。`,
    en: `The database holds something that a backup does not know: ${what}. So that nothing is left out, none was made. Tell the program's maintainers.`,
  })
}

/** How many rows went by. */
export interface Counted {
  rows: number
}

/** The lines of one table, in the order of its key: a row after those that it continues. Memory stays flat whatever its length. */
export async function* tableLines(trx: Trx, table: Table, counted: Counted): AsyncGenerator<Buffer> {
  yield lineOf({ table: table.name, columns: table.columns.map(({ name }) => name) })
  const texts = sql.join(table.columns.map(({ name }) => sql`${sql.id(name)}::text`))
  const order = table.key.length === 0 ? sql`` : sql`order by ${sql.join(table.key.map((name) => sql.id(name)))}`
  await sql`
    declare backup_rows no scroll cursor for
    select array_to_json(array[${texts}]::text[])::text as line from ${sql.table(table.name)} ${order}
  `.execute(trx)
  let rows = 0
  for (;;) {
    const page = await sql<{ line: string }>`fetch forward ${sql.lit(ROWS_A_FETCH)} from backup_rows`.execute(trx)
    if (page.rows.length === 0) break
    const lines = Buffer.from(page.rows.map(({ line }) => `${line}\n`).join(''), 'utf8')
    if (lines.length > LINE_BYTES_MAX) checkLines(table, page.rows)
    rows += page.rows.length
    yield lines
  }
  await sql`close backup_rows`.execute(trx)
  yield lineOf({ rows })
  counted.rows += rows
}

function checkLines(table: Table, rows: readonly { readonly line: string }[]): void {
  if (rows.every(({ line }) => Buffer.byteLength(line) < LINE_BYTES_MAX)) return
  throw new BackupRefused('line-too-long', {
    zh: `表 ${table.name} 中有一行超过 ${LINE_BYTES_MAX} 字节，备份无法收入。`,
    en: `A row of table ${table.name} is longer than the ${LINE_BYTES_MAX} bytes that a backup takes.`,
  })
}

/**
 * Writes rows in their order, through every constraint and trigger there is. `lines` are rows as JSON text.
 * @throws what PostgreSQL says of a row that does not belong there
 */
export async function insertRows(trx: Trx, table: Table, lines: readonly string[]): Promise<void> {
  const columns = sql.join(table.columns.map(({ name }) => sql.id(name)))
  const values = sql.join(table.columns.map(({ type }, place) => sql`(line ->> ${sql.lit(place)})::${sql.raw(type)}`))
  await sql`
    insert into ${sql.table(table.name)} (${columns})
    select ${values} from jsonb_array_elements(${`[${lines.join(',')}]`}::jsonb) with ordinality as lines (line, place) order by place
  `.execute(trx)
}

/** Nobody writes to any of these until the transaction ends. */
export async function lockTables(trx: Trx, tables: readonly Table[]): Promise<void> {
  await sql`lock table ${sql.join(tables.map(({ name }) => sql.table(name)))} in exclusive mode`.execute(trx)
}

/** Names of the tables that hold anything. */
export async function filledTables(db: Reader, tables: readonly Table[]): Promise<readonly string[]> {
  const filled: string[] = []
  for (const { name } of tables) {
    const found = await sql<{ filled: boolean }>`select exists (select from ${sql.table(name)}) as filled`.execute(db)
    if (found.rows[0]?.filled === true) filled.push(name)
  }
  return filled
}

/** @throws SyntaxError when the line is no row of so many columns */
export function parseRow(line: string, columns: number): Row {
  const row: unknown = JSON.parse(line)
  const whole =
    Array.isArray(row) && row.length === columns && row.every((text) => text === null || typeof text === 'string')
  if (!whole) throw new SyntaxError('a row is malformed')
  return row as Row
}
