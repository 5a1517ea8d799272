import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { clientConfig } from '../database/connect.ts'
import { MIGRATIONS_FOLDER } from '../database/migrate.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { guardsOf, verifyGuards } from './verify-guards.ts'

let database: TestDatabase
let superuser: pg.Client
beforeEach(async () => {
  database = await testDatabase()
  superuser = new pg.Client(clientConfig(database.superConfig, true))
  await superuser.connect()
})
afterEach(async () => {
  await superuser.end()
  await database.close()
})

it('finds nothing in a database as the migrations made it, as the owner and as the running role', async () => {
  expect(await verifyGuards(database.ownerDb, MIGRATIONS_FOLDER)).toEqual([])
  expect(await verifyGuards(database.db, MIGRATIONS_FOLDER)).toEqual([])
})

it('reads from the migrations every trigger, trigger function and right there is', async () => {
  const landed = await sql<{ file: string }>`select file from migrations order by number`.execute(database.db)
  const guards = guardsOf(
    await Promise.all(landed.rows.map(({ file }) => readFile(join(MIGRATIONS_FOLDER, file), 'utf8'))),
  )
  const { rows: triggers } = await superuser.query<{ name: string }>(
    `select tgrelid::regclass || '.' || tgname as name from pg_trigger where not tgisinternal`,
  )
  expect([...guards.triggers.keys()].sort()).toEqual(triggers.map(({ name }) => name).sort())
  const { rows: functions } = await superuser.query<{ name: string }>(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prorettype = 'trigger'::regtype`,
  )
  expect([...guards.functions.keys()].sort()).toEqual(functions.map(({ name }) => name).sort())
  expect(guards.rights.get('entries')).toEqual(new Set(['select', 'insert']))
  expect(guards.triggers.get('entries.entries_kept')).toBe('before truncate each statement refuse_change')
})

it.each([
  ['a trigger dropped', 'drop trigger entries_fixed on entries', ['trigger entries.entries_fixed is gone']],
  [
    'a trigger switched off',
    'alter table entries disable trigger entries_continue',
    ['trigger entries.entries_continue is switched off'],
  ],
  [
    'a trigger that fires for less',
    `create or replace trigger causes_fixed before delete on causes for each row execute function refuse_change()`,
    ['trigger causes.causes_fixed was changed'],
  ],
  [
    'a trigger that fires never',
    `create or replace trigger causes_fixed before update or delete on causes for each row when (false) execute function refuse_change()`,
    ['trigger causes.causes_fixed was changed'],
  ],
  [
    'a trigger of somebody else',
    `create function swap() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger swap before insert on activity for each row execute function swap()`,
    ['trigger activity.swap was made by no migration'],
  ],
  [
    'a guard that refuses nothing any more',
    `create or replace function refuse_change() returns trigger language plpgsql as $$ begin return new; end $$`,
    ['trigger function refuse_change was changed'],
  ],
  [
    'more rights',
    'grant delete on entries to clearhold_app',
    ['role clearhold_app may delete on entries, which no migration granted'],
  ],
  [
    'more rights on one column',
    'grant update (text) on entries to clearhold_app',
    ['role clearhold_app may update on entries.text, which no migration granted'],
  ],
  [
    'rights of everybody',
    'grant truncate on causes to public',
    ['role PUBLIC may truncate on causes, which no migration granted'],
  ],
  [
    'the running role’s rights in other hands',
    'grant insert on entries to public',
    ['role PUBLIC may insert on entries, which no migration granted'],
  ],
  ['fewer rights', 'revoke insert on activity from clearhold_app', ['the running role has lost insert on activity']],
  [
    'a rule that swallows what is written',
    'create rule lost as on insert to activity do instead nothing',
    ['table activity has a rewrite rule'],
  ],
  [
    'rows hidden by a policy',
    'alter table entries enable row level security',
    ['table entries has row security switched on'],
  ],
])('names %s', async (_, statement, words) => {
  await superuser.query(statement)
  expect((await verifyGuards(database.ownerDb, MIGRATIONS_FOLDER)).map(({ what }) => what.en)).toEqual(words)
})

it('names a running role that was made an owner', async () => {
  await superuser.query(`create role upstart; grant select on entries to upstart`)
  try {
    expect(await verifyGuards(database.ownerDb, MIGRATIONS_FOLDER)).toEqual([])
    await superuser.query(
      `do $$ begin execute format('grant %I to upstart', (select tableowner from pg_tables where tablename = 'entries')); end $$`,
    )
    expect((await verifyGuards(database.ownerDb, MIGRATIONS_FOLDER)).map(({ what }) => what.en)).toEqual([
      "role upstart has an owner's power over the tables: neither triggers nor rights stop it",
    ])
  } finally {
    await superuser.query('drop owned by upstart; drop role upstart')
  }
})
