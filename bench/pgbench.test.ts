import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import { sql } from 'kysely'
import { clientConfig, connect, inTransaction } from '../server/database/connect.ts'
import { quietLog, testDatabase, type TestDatabase } from '../server/database/testing.ts'
import { latencyOf, literal, missingPgbench, replay, scriptOf } from './pgbench.ts'
import { type Run, tapStatements } from './statements.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

describe('literals', () => {
  const nasty = ['it\'s "so"', 'back\\slash', 'line\nend\r', 'a:b ::c :d', '{1,2}', '', 'NULL', '物品', '$1']

  test('mean the value that they were made of', async () => {
    const client = new pg.Client(clientConfig(database.appConfig, true))
    await client.connect()
    try {
      for (const text of nasty)
        expect((await client.query(`select ${literal(text)}::text as it`)).rows).toEqual([{ it: text }])
      const texts = [...nasty, null]
      expect((await client.query(`select ${literal(texts)}::text[] as it`)).rows).toEqual([{ it: texts }])
      const bytes = [Buffer.from([0, 39, 58, 92, 255]), Buffer.alloc(0)]
      expect((await client.query(`select ${literal(bytes)}::bytea[] as it`)).rows).toEqual([{ it: bytes }])
      expect((await client.query(`select ${literal(bytes[0])}::bytea as it`)).rows).toEqual([{ it: bytes[0] }])
      expect((await client.query(`select ${literal(null)}::text as it`)).rows).toEqual([{ it: null }])
      expect((await client.query(`select ${literal([1, 2])}::bigint[] as it`)).rows).toEqual([{ it: [1, 2] }])
    } finally {
      await client.end()
    }
  })
  test('hold no colon and no line end, which pgbench would read', () => {
    for (const text of nasty) expect(literal(text)).not.toMatch(/[:\n\r]/)
  })
  test('are made of what statements carry and nothing else', () => {
    expect(() => literal({ a: 1 })).toThrow(TypeError)
    expect(() => literal(new Date(0))).toThrow(TypeError)
  })
})

test('a named statement is prepared once, an unnamed one written out', () => {
  const named = { name: 'abc', text: 'select $1::int', values: [1] }
  const runs: Run[] = [
    [named, { name: null, text: 'select $1, $2, $1', values: ['a', 'b'] }],
    [{ ...named, values: [2] }],
  ]
  expect(scriptOf(runs).trim().split('\n')).toEqual([
    'prepare s0 as select $1::int;',
    "execute s0 (E'1');",
    "select E'a', E'b', E'a';",
    "execute s0 (E'2');",
  ])
})

test('pgbench says how long it took', () => {
  expect(latencyOf('number of clients: 1\nlatency average = 12.345 ms\ntps = 81.0\n')).toBe(12.345)
  expect(() => latencyOf('pgbench: error')).toThrow(/how long/)
})

test('what a transaction sent is heard whole, and pgbench plays it with the same effect', async (context) => {
  const tap = tapStatements()
  const heard: Run[] = []
  const { db, close } = connect(database.appConfig, { log: quietLog })
  const insert = (key: string) => sql`
    insert into causes (actor, key, fingerprint, answer) values ('a', ${key}, ${Buffer.alloc(32)}, ${'{"it": ":is"}'}::jsonb)
  `
  try {
    tap.onRun = (run) => heard.push(run)
    await inTransaction(db, (trx) => insert('kept').execute(trx))
    await inTransaction(db, async (trx) => {
      await insert('dropped').execute(trx)
      throw new Error('no')
    }).catch(() => undefined)
    tap.onRun = null
    await insert('unheard').execute(db)
  } finally {
    tap.remove()
    await close()
  }
  expect(heard.map((run) => run.map(({ text }) => text.trim().split(' ')[0]))).toEqual([['begin', 'insert', 'commit']])

  if ((await missingPgbench()) !== null) context.skip()
  const copy = await testDatabase()
  try {
    if (!('host' in copy.appConfig)) throw new Error('the tests run on a cluster of their own')
    const took = await replay([heard], copy.appConfig)
    expect(took).toHaveLength(1)
    const { rows } = await sql<{ key: string; answer: object }>`select key, answer from causes`.execute(copy.db)
    expect(rows).toEqual([{ key: 'kept', answer: { it: ':is' } }])
  } finally {
    await copy.close()
  }
})
