import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { APP_ROLE } from './cluster.ts'
import { connect, type Connection } from './connect.ts'
import { migrate, type Migrated, SchemaNewer } from './migrate.ts'
import { checkRunningRole } from './roles.ts'
import { quietLog, type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let owner: Connection
let folder: string

beforeAll(async () => {
  database = await testDatabase()
  owner = connect(database.ownerConfig, { log: quietLog, unlimited: true })
})

beforeEach(async () => {
  await sql`drop schema public cascade`.execute(owner.db)
  await sql`create schema public`.execute(owner.db)
  await sql`grant usage on schema public to public`.execute(owner.db)
  folder = await mkdtemp(join(tmpdir(), 'clearhold-migrations-'))
  await write('0001-people.sql', 'create table people (id int primary key);\ngrant select on people to :app_role;')
  await write(
    '0002-more.sql',
    "insert into people select '7'::text::int;\nalter table people add note text default ':app_role';",
  )
  return () => rm(folder, { recursive: true })
})

afterAll(async () => {
  await owner.close()
  await database.close()
})

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
const run = (): Promise<Migrated> => migrate({ owner: database.ownerConfig, appRole: APP_ROLE, folder, log: quietLog })
const tables = async (): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(
    owner.db,
  )
  return rows.map(({ name }) => name)
}

describe('migrate', () => {
  it('applies what is new, in order, once, and grants to the running role', async () => {
    expect(await run()).toEqual({ schema: 2, applied: ['0001-people.sql', '0002-more.sql'] })
    expect(await run()).toEqual({ schema: 2, applied: [] })
    await write('0003-last.sql', 'create table last_one ();')
    expect(await run()).toEqual({ schema: 3, applied: ['0003-last.sql'] })

    const { rows } = await sql`select id from people`.execute(database.db)
    expect(rows).toEqual([{ id: 7 }])
    await expect(sql`insert into people values (8)`.execute(database.db)).rejects.toMatchObject({ code: '42501' })
    await expect(sql`delete from migrations`.execute(database.db)).rejects.toMatchObject({ code: '42501' })
  })

  it('takes a checkout with Windows line ends for the same', async () => {
    await run()
    const path = join(folder, '0001-people.sql')
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'))
    expect(await run()).toEqual({ schema: 2, applied: [] })
  })

  it('refuses a landed file that was changed, and applies nothing', async () => {
    await run()
    await write('0001-people.sql', 'create table people (id bigint primary key);')
    await write('0003-last.sql', 'create table last_one ();')
    await expect(run()).rejects.toMatchObject({ code: 'migration-changed', message: /0001-people\.sql/ })
    expect(await tables()).toEqual(['migrations', 'people'])
  })

  it('refuses a database that a later release has migrated', async () => {
    await write('0003-last.sql', 'create table last_one ();')
    await run()
    await rm(join(folder, '0003-last.sql'))
    const refused = run()
    await expect(refused).rejects.toBeInstanceOf(SchemaNewer)
    await expect(refused).rejects.toMatchObject({ code: 'schema-newer', message: /0003-last\.sql/ })
  })

  it('rolls a failing file back as a whole and keeps those before it', async () => {
    await write('0003-half.sql', 'create table half (); select 1 / 0;')
    await expect(run()).rejects.toMatchObject({ code: 'migration-failed', message: /0003-half\.sql/ })
    expect(await tables()).toEqual(['migrations', 'people'])
    await write('0003-half.sql', 'create table half ();')
    expect(await run()).toEqual({ schema: 3, applied: ['0003-half.sql'] })
  })

  it('refuses a file that ends its transaction', async () => {
    await write('0003-commits.sql', 'create table early (); commit; begin;')
    await expect(run()).rejects.toMatchObject({ code: 'migration-commits' })
  })

  it.each(['0004-gap.sql', '3-short.sql', '0002-twice.sql', '0003-Case.sql'])('refuses the name %s', async (name) => {
    await write(name, 'select 1;')
    await expect(run()).rejects.toMatchObject({ code: 'migrations-misnumbered' })
  })

  it('is done once when several servers start together', async () => {
    const runs = await Promise.all([run(), run(), run()])
    expect(runs.map(({ applied }) => applied.length).sort()).toEqual([0, 0, 2])
    expect(runs.map(({ schema }) => schema)).toEqual([2, 2, 2])
  })
})

describe('checkRunningRole', () => {
  it('passes the running role and refuses one that owns tables', async () => {
    const { schema } = await run()
    const app = connect(database.appConfig, { log: quietLog })
    const superuser = connect(database.superConfig, { log: quietLog })
    await checkRunningRole(app.pool, schema)
    for (const strong of [owner, superuser]) {
      await expect(checkRunningRole(strong.pool, schema)).rejects.toMatchObject({ code: 'role-too-strong' })
    }
    await expect(checkRunningRole(app.pool, schema + 1)).rejects.toMatchObject({ code: 'schema-elsewhere' })
    await sql`drop table migrations`.execute(owner.db)
    await expect(checkRunningRole(app.pool, schema)).rejects.toMatchObject({ code: 'schema-elsewhere' })
    await app.close()
    await superuser.close()
  })
})
