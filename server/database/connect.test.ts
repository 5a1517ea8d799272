import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { connect, type Connection, type ConnectionConfig, inTransaction } from './connect.ts'
import { quietLog, type TestDatabase, testDatabase } from './testing.ts'

declare module './database.ts' {
  interface Database {
    test_seats: { id: number; taken: number }
  }
}

let database: TestDatabase
let connection: Connection

beforeAll(async () => {
  database = await testDatabase()
  await sql`create table test_seats (id bigint primary key, taken bigint not null)`.execute(database.ownerDb)
  await sql`grant select, insert, update on test_seats to public`.execute(database.ownerDb)
  await sql`insert into test_seats values (1, 0), (2, 0)`.execute(database.ownerDb)
  connection = connect(database.appConfig, { log: quietLog })
})

afterAll(async () => {
  await connection.close()
  await database.close()
})

function urlOf(config: ConnectionConfig): string {
  if ('connectionString' in config) return config.connectionString
  const { host, port, user, password, database: name } = config
  return `postgres://${user}:${password}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
}

describe('connect', () => {
  it('reads columns without surprises of time zone or precision', async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select 9007199254740991::int8 as big, array[1, null]::int8[] as bigs, '2026-11-21 11:14:27.123456+08'::timestamptz as at,
        array['2026-11-21 11:14:27+08']::timestamptz[] as ats, '2026-11-21'::date as day, '2026-11-21 11:14:27'::timestamp as local,
        '{"b":1,"a":[true,null]}'::jsonb as doc, '\\x00ff'::bytea as bytes, 1.10::numeric as amount, count(*) as n
      from test_seats`.execute(connection.db)
    expect(rows[0]).toEqual({
      big: Number.MAX_SAFE_INTEGER,
      bigs: [1, null],
      at: '2026-11-21T03:14:27.123Z',
      ats: ['2026-11-21T03:14:27.000Z'],
      day: '2026-11-21',
      local: '2026-11-21 11:14:27',
      doc: { a: [true, null], b: 1 },
      bytes: Buffer.from([0, 255]),
      amount: '1.10',
      n: 2,
    })
    await expect(sql`select 9007199254740992::int8 as big`.execute(connection.db)).rejects.toThrow(RangeError)
  })

  it('knows the tables that a module merges in', async () => {
    const row = await connection.db
      .selectFrom('test_seats')
      .select('taken')
      .where('id', '=', 1)
      .executeTakeFirstOrThrow()
    expectTypeOf(row).toEqualTypeOf<{ taken: number }>()
    expect(row).toEqual({ taken: 0 })
  })

  it.each(['parts', 'url'])('limits every session of the running server, entered by %s', async (form) => {
    const config = form === 'url' ? { connectionString: urlOf(database.appConfig) } : database.appConfig
    const { pool, close } = connect(config, { log: quietLog })
    const names = [
      'TimeZone',
      'statement_timeout',
      'lock_timeout',
      'idle_in_transaction_session_timeout',
      'search_path',
    ]
    const { rows } = await pool.query('select current_setting(unnest($1::text[])) as value', [names])
    expect(rows.map(({ value }) => value)).toEqual(['UTC', '15s', '5s', '15s', 'public'])
    await close()
  })

  it('refuses a URL that brings session options of its own', () => {
    const config = { connectionString: `${urlOf(database.appConfig)}&options=-c%20statement_timeout%3D0` }
    expect(() => connect(config, { log: quietLog })).toThrow(expect.objectContaining({ code: 'options-in-url' }))
  })
})

describe('inTransaction', () => {
  it('runs a deadlock victim again until both are done', async () => {
    const bothHoldOne = Promise.withResolvers<undefined>()
    let holding = 0
    const take = (first: number, second: number): Promise<void> =>
      inTransaction(connection.db, async (trx) => {
        await sql`update test_seats set taken = taken + 1 where id = ${first}`.execute(trx)
        holding += 1
        if (holding === 2) bothHoldOne.resolve(undefined)
        await bothHoldOne.promise
        await sql`update test_seats set taken = taken + 1 where id = ${second}`.execute(trx)
      })
    await Promise.all([take(1, 2), take(2, 1)])
    expect(holding).toBeGreaterThan(2)
    const rows = await connection.db.selectFrom('test_seats').select('taken').execute()
    expect(rows).toEqual([{ taken: 2 }, { taken: 2 }])
  })

  it('gives up after the fifth serialization failure, and at once on any other', async () => {
    const attempts = { '40001': 0, '23505': 0 }
    for (const code of ['40001', '23505'] as const) {
      const failing = inTransaction(connection.db, async (trx) => {
        attempts[code] += 1
        await sql`do ${sql.lit(`begin raise exception 'no' using errcode = '${code}'; end`)}`.execute(trx)
      })
      await expect(failing).rejects.toMatchObject({ code })
    }
    expect(attempts).toEqual({ '40001': 5, '23505': 1 })
  })

  it('rejects with what was thrown, and leaves nothing', async () => {
    class Refusal extends Error {}
    const refused = inTransaction(connection.db, async (trx) => {
      await trx.insertInto('test_seats').values({ id: 3, taken: 1 }).execute()
      throw new Refusal()
    })
    await expect(refused).rejects.toThrow(Refusal)
    expect(await connection.db.selectFrom('test_seats').select('id').where('id', '=', 3).execute()).toEqual([])
  })

  it('survives the loss of its connection between two statements', async () => {
    const warnings: string[] = []
    const lossy = connect(database.appConfig, { log: { ...quietLog, warn: (_, message) => warnings.push(message) } })
    const superuser = new pg.Client(database.superConfig)
    await superuser.connect()
    const losing = inTransaction(lossy.db, async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await superuser.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid])
      await expect.poll(() => warnings.length).toBeGreaterThan(0)
      await trx.insertInto('test_seats').values({ id: 4, taken: 1 }).execute()
    })
    await expect(losing).rejects.toThrow(/not queryable|terminat/i)
    const rows = await lossy.db.selectFrom('test_seats').select('id').where('id', '=', 4).execute()
    expect(rows).toEqual([])
    await superuser.end()
    await lossy.close()
  })
})
