import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { openDoor } from '../act.ts'
import { connect, inTransaction } from '../database/connect.ts'
import { quietLog, testDatabase, type TestDatabase } from '../database/testing.ts'
import { openHub } from '../hub.ts'
import { SYSTEM } from '../module.ts'
import { organisationModule } from '../org/store.ts'
import { append, lockRegisters } from './append.ts'
import { entryHash, NOTHING_BEFORE } from './entry.ts'
import { readEntries } from './read.ts'

const CAUSE_KEY = Buffer.from('kept outside the database')
const WRITERS = 20
const AT = '2026-03-02T01:00:00.000Z'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

it('twenty writers at once give seq 1..20 without a break, and every live listener gets each once', async () => {
  const { act } = openDoor({
    db: database.db,
    modules: [organisationModule],
    causeKey: CAUSE_KEY,
    hash: 'sha256',
    now: () => AT,
  })
  const hubs = await Promise.all(
    [1, 2, 3].map(() => openHub({ db: database.db, config: database.appConfig, log: quietLog })),
  )
  const heard = hubs.map((hub) => {
    const seqs: number[] = []
    const all = new Promise<void>((resolve) =>
      hub.subscribe(({ seq }) => {
        seqs.push(seq)
        if (seqs.length === WRITERS) resolve()
      }),
    )
    return { seqs, all }
  })

  await Promise.all(
    Array.from({ length: WRITERS }, (_, writer) =>
      act(
        { person: SYSTEM },
        { type: 'org.add-unit', unit: `unit-${writer}`, name: `第 ${writer} 室`, kind: 'department', parent: null },
        { cause: `writer ${writer}` },
      ),
    ),
  )

  const expected = Array.from({ length: WRITERS }, (_, index) => index + 1)
  const entries = await readEntries(database.db, 'org', 0, WRITERS + 1)
  expect(entries.map(({ seq }) => seq)).toEqual(expected)
  let prev = NOTHING_BEFORE
  for (const entry of entries) {
    expect(entry.prev.equals(prev)).toBe(true)
    expect(entryHash('sha256', prev, entry.text).equals(entry.hash)).toBe(true)
    prev = entry.hash
  }
  await Promise.all(heard.map(({ all }) => all))
  for (const { seqs } of heard) expect(seqs).toEqual(expected)
  await Promise.all(hubs.map((hub) => hub.close()))
})

it('an append that is rolled back leaves no gap and no trace', async () => {
  const before = (await readEntries(database.db, 'org', 0, 100)).length
  const failed = inTransaction(database.db, async (trx) => {
    await lockRegisters(trx, ['org'])
    await append(trx, [draft('org', 'unit/lost')], provenance('lost'), 'sha256')
    throw new Error('power cut')
  })
  await expect(failed).rejects.toThrow('power cut')
  expect(await readEntries(database.db, 'org', 0, 100)).toHaveLength(before)
})

it('a pair names each other, the receiver also the hash of the giver', async () => {
  const facts = await inTransaction(database.db, async (trx) => {
    await lockRegisters(trx, ['store.b', 'unit.a'])
    return append(
      trx,
      [draft('unit.a', 'item/W1'), { ...draft('store.b', 'item/W1'), pairedWith: 0 }],
      provenance('pair'),
      'sm3',
    )
  })
  expect(facts.map((fact) => fact.body['counterpart'])).toEqual([
    { register: 'store.b', seq: 1 },
    { register: 'unit.a', seq: 1, hash: facts[0]?.hash },
  ])
  expect(facts.map((fact) => fact.body.n)).toEqual([1, 2])
  const [received] = await readEntries(database.db, 'store.b', 0, 1)
  expect(received && entryHash('sm3', received.prev, received.text).equals(received.hash)).toBe(true)
})

it('the running server and the owner are refused UPDATE, DELETE and TRUNCATE on registers, and an entry that does not continue its chain', async () => {
  const owner = connect(database.ownerConfig, { log: quietLog, unlimited: true })
  for (const statement of [
    "update entries set actor = 'x'",
    'delete from entries',
    'truncate entries',
    "update registers set hash = 'sm3'",
    'delete from causes',
    'truncate activity',
  ]) {
    await expect(sql.raw(statement).execute(database.db), statement).rejects.toMatchObject({ code: '42501' })
    await expect(sql.raw(statement).execute(owner.db), statement).rejects.toThrow(/append-only|foreign key/)
  }
  const copy = sql`
    insert into entries (register, seq, type, subject, n, at, recorded_at, actor, cause, text, prev, hash)
    select register, 21, type, subject, n + 100, at, recorded_at, actor, cause, text || ' ', prev, hash from entries where register = 'org' and seq = 20`
  await expect(copy.execute(database.db)).rejects.toThrow(/does not continue the chain/)
  await owner.close()
})

function draft(register: string, subject: string) {
  return { register, subject, type: 'test.happened', body: { v: 1 } }
}

function provenance(cause: string) {
  return { actor: SYSTEM, with: [], station: null, cause, at: AT, recordedAt: AT }
}
