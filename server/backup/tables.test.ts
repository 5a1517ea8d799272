import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Db, inTransaction } from '../database/connect.ts'
import { quietLog, testDatabase, type TestDatabase } from '../database/testing.ts'
import { filledTables, insertRows, readTables, settleSession, type Table, tableLines } from './tables.ts'

/** More than one fetch. */
const ROWS = 2_500

let from: TestDatabase
let into: TestDatabase

const SCHEMA: readonly string[] = [
  `create table z_first (id int primary key)`,
  `create table m_second (id int primary key, first int not null references z_first, doubled int generated always as (first * 2) stored)`,
  `create table a_third (second int references m_second, first int references z_first)`,
  `create table values_of_all_kinds (
    place int primary key, doc jsonb, texts text[], bytes bytea, hashes bytea[], at timestamptz, day date, span tstzrange,
    amount numeric(12, 3), ratio double precision, yes boolean, id uuid, waited interval, short varchar(4), fixed char(4), flag "char")`,
]

const ROWS_OF_ALL_KINDS = `insert into values_of_all_kinds values
  (1, 'null', array['a', null, '', 'NULL', '{"x"}', E'\\\\ \\n \\t "'], decode('00ff0a5c22', 'hex'), array[decode('00', 'hex'), null],
    '2026-11-21 11:14:27.123456+08', '2026-11-21', tstzrange('2026-01-01', null), 1.100, 0.1::float8 + 0.2, true,
    gen_random_uuid(), '1 year 2 mons -3 days 04:05:06.789', '四个字呀', 'ab', 'x'),
  (2, '{"b": [1.50, null, "\\u2028"], "a": {}}', '{}', '', '{}', 'infinity', '-infinity', 'empty', 'NaN', 'Infinity', false,
    null, '0', '', '', ''),
  (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)`

beforeAll(async () => {
  ;[from, into] = await Promise.all([testDatabase(), testDatabase()])
  for (const { ownerDb } of [from, into]) for (const statement of SCHEMA) await sql.raw(statement).execute(ownerDb)
  await sql.raw(ROWS_OF_ALL_KINDS).execute(from.ownerDb)
  await sql`insert into z_first select generate_series(1, ${ROWS}::int)`.execute(from.ownerDb)
  await sql`insert into m_second select id, ${ROWS + 1} - id from z_first`.execute(from.ownerDb)
  await sql`insert into a_third select id, first from m_second`.execute(from.ownerDb)
})
afterAll(() => Promise.all([from.close(), into.close()]))

async function linesOf(db: Db, table: Table): Promise<string[]> {
  const counted = { rows: 0 }
  const text = await inTransaction(db, async (trx) => {
    await settleSession(trx)
    let all = ''
    for await (const lines of tableLines(trx, table, counted)) all += lines.toString()
    return all
  })
  const lines = text.trimEnd().split('\n')
  expect(lines.at(-1)).toBe(JSON.stringify({ rows: counted.rows }))
  return lines.slice(1, -1)
}

async function rowsOf(db: Db, name: string): Promise<readonly string[]> {
  const found = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by 1`.execute(db)
  return found.rows.map(({ row }) => row)
}

describe('tables', () => {
  it('stand after those that they refer to', async () => {
    const names = (await readTables(from.ownerDb)).map(({ name }) => name)
    const places = ['z_first', 'm_second', 'a_third'].map((name) => names.indexOf(name))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places[0]).toBeGreaterThanOrEqual(0)
    expect(names).not.toContain('migrations')
  })

  it('give back every value of every kind, whatever the database is set to', async () => {
    const name = await sql<{ name: string }>`select current_database() as name`.execute(from.ownerDb)
    for (const setting of ["bytea_output = 'escape'", 'extra_float_digits = -10', "intervalstyle = 'sql_standard'"])
      await sql.raw(`alter database ${name.rows[0]?.name ?? ''} set ${setting}`).execute(from.ownerDb)
    // Settings of a database act on new connections.
    const { db, close } = connect(from.ownerConfig, { log: quietLog })
    for (const table of await readTables(db)) {
      const lines = await linesOf(db, table)
      await inTransaction(into.ownerDb, (trx) => insertRows(trx, table, lines))
      expect(await rowsOf(into.ownerDb, table.name)).toEqual(await rowsOf(from.ownerDb, table.name))
    }
    await close()
    expect(await filledTables(into.ownerDb, await readTables(into.ownerDb))).toEqual([
      'values_of_all_kinds',
      'z_first',
      'm_second',
      'a_third',
    ])
  })

  it('come in the order of their key', async () => {
    const table = (await readTables(from.ownerDb)).find(({ name }) => name === 'm_second')
    if (table === undefined) throw new Error('the table is not there')
    const ids = (await linesOf(from.ownerDb, table)).map((line) => Number((JSON.parse(line) as string[])[0]))
    expect(ids).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1))
  })

  it('keep their constraints against a row that does not belong there', async () => {
    const table = (await readTables(into.ownerDb)).find(({ name }) => name === 'values_of_all_kinds')
    if (table === undefined) throw new Error('the table is not there')
    const row = Array<string | null>(table.columns.length).fill(null)
    const short = table.columns.findIndex(({ name }) => name === 'short')
    const tooLong = JSON.stringify(row.with(0, '9').with(short, '五个字太长'))
    await expect(inTransaction(into.ownerDb, (trx) => insertRows(trx, table, [tooLong]))).rejects.toThrow('too long')
  })

  it.each([
    ['a sequence', 'create sequence strange', 'drop sequence strange'],
    ['a stored view', 'create materialized view strange as select 1 as one', 'drop materialized view strange'],
    ['a large object', 'select lo_create(4711)', 'select lo_unlink(4711)'],
    [
      'tables in a ring',
      'create table ring_a (id int primary key); create table ring_b (id int primary key references ring_a); alter table ring_a add foreign key (id) references ring_b',
      'drop table ring_a, ring_b cascade',
    ],
  ])('are not taken for everything when there is %s', async (_, make, unmake) => {
    for (const statement of make.split(';')) await sql.raw(statement).execute(from.ownerDb)
    await expect(readTables(from.ownerDb)).rejects.toMatchObject({ code: 'schema-unknown' })
    await sql.raw(unmake).execute(from.ownerDb)
    await readTables(from.ownerDb)
  })
})
