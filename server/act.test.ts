import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Door, openDoor } from './act.ts'
import { inTransaction } from './database/connect.ts'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import { canonicalText } from './ledger/entry.ts'
import { readRegister } from './ledger/read.ts'
import { SYSTEM } from './module.ts'
import { organisationModule } from './org/store.ts'

const AT = '2026-03-02T01:00:00.000Z'
const CAUSE_KEY = Buffer.from('kept outside the database')
const PATIENT = { timeout: 30_000 }
const who = { person: SYSTEM }

let database: TestDatabase
let door: Door

beforeAll(async () => {
  database = await testDatabase()
  door = openDoor({
    db: database.db,
    modules: [organisationModule],
    causeKey: CAUSE_KEY,
    hash: 'sha256',
    now: () => AT,
  })
})
afterAll(() => database.close())

const addUnit = (unit: string, parent: string | null = null) => ({
  type: 'org.add-unit',
  ...{ unit, name: unit, kind: 'department', parent },
})
const size = async (): Promise<number> => (await readRegister(database.db, 'org'))?.size ?? 0

/** How many transactions of this database wait for a lock. */
const waiters = async (): Promise<number> => {
  const waiting = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  return (await waiting.execute(database.db)).rows.length
}

it('a cause that was seen before gives the same bytes and no second effect, another command under it is refused', async () => {
  const first = await door.act(who, addUnit('unit-1'), { cause: 'once' })
  const after = await size()
  const again = await door.act(who, addUnit('unit-1'), { cause: 'once' })
  expect(JSON.stringify(again)).toBe(JSON.stringify({ ...first, repeated: true }))
  await expect(door.act(who, addUnit('unit-2'), { cause: 'once' })).rejects.toMatchObject({
    code: 'request.key-reused',
  })
  expect(await size()).toBe(after)
})

it('a cause that was signed by others is another request', async () => {
  const signed = (by: string) => door.act({ ...who, with: [by] }, addUnit('unit-6'), { cause: 'signed' })
  const first = await signed('liu-yang')
  expect(await signed('liu-yang')).toEqual({ ...first, repeated: true })
  await expect(signed('li-na')).rejects.toMatchObject({ code: 'request.key-reused' })
})

it('who loses his post while his act waits for a register has come too late', async () => {
  const post = { person: 'late', post: 'system-admin', place: 'unit-1' }
  const person = { type: 'org.add-person', person: 'late', login: 'late', name: '迟', unit: 'unit-1' }
  await door.act(who, person, { cause: 'late' })
  await door.act(who, { type: 'org.appoint', ...post }, { cause: 'appointed' })
  let waiting: Promise<unknown> = Promise.resolve()
  await inTransaction(database.db, async (trx) => {
    await door.actWithin(trx, who, { type: 'org.end-appointment', ...post }, { cause: 'ended' })
    waiting = door.act({ person: 'late' }, addUnit('unit-7'), { cause: 'too late' })
    waiting.catch(() => undefined)
    await expect.poll(waiters, PATIENT).toBe(1)
  })
  await expect(waiting).rejects.toMatchObject({ code: 'access.no-post' })
})

it('what was asked cannot be told from what is kept of it, without a key that stands outside the database', async () => {
  const person = { type: 'org.add-person', person: 'guessed', login: 'guessed', name: '猜得到', unit: 'unit-1' }
  await door.act(who, person, { cause: 'guessed' })
  const text = canonicalText({ command: person, with: [] })
  const bare = createHash('sha256').update(text).digest()
  const kept = await sql<{ fingerprint: Buffer }>`select fingerprint from causes where key = 'guessed'`.execute(
    database.db,
  )
  expect(kept.rows).toHaveLength(1)
  expect(kept.rows[0]?.fingerprint.equals(bare)).toBe(false)
  const other = openDoor({
    ...{ db: database.db, modules: [organisationModule], hash: 'sha256', now: () => AT },
    causeKey: Buffer.from('another key'),
  })
  await expect(other.act(who, person, { cause: 'guessed' })).rejects.toMatchObject({ code: 'request.key-reused' })
})

it('a cause of an earlier program, which kept a bare hash, is known again', async () => {
  const unit = addUnit('unit-old')
  const bare = createHash('sha256')
    .update(canonicalText({ command: unit, with: [] }))
    .digest()
  await sql`insert into causes (actor, key, fingerprint, answer)
    values (${SYSTEM}, 'of before', ${bare}, '{"facts": [], "result": {}}')`.execute(database.db)
  expect(await door.act(who, unit, { cause: 'of before' })).toEqual({ facts: [], result: {}, repeated: true })
  await expect(door.act(who, addUnit('unit-new'), { cause: 'of before' })).rejects.toMatchObject({
    code: 'request.key-reused',
  })
})
