import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { custodyRoutes } from '../custody/routes.ts'
import { general, taking } from '../custody/testing.ts'
import { clientConfig } from '../database/connect.ts'
import { quietLog } from '../database/testing.ts'
import { demoPerson } from '../demo/organisation.ts'
import type { OwnDraft } from '../own/protocol.ts'
import { ownRoutes } from '../own/routes.ts'
import { testServer, type TestServer } from '../testing.ts'
import { ContentKeyMissing, contentKeyOf, openSealed, SealBroken, sealContent } from './content-key.ts'
import { openRow, type PersonalContent, readPersonal, type StoredPersonal } from './personal.ts'
import { checkpointFolderOf } from './places.ts'
import { sealClear } from './seal-clear.ts'
import { verifyStore } from './verify.ts'

/** What a database, a dump and a backup hold of people. */

const CASE = '云监立〔2026〕51号'
const HOLDER = '欧阳怀瑾'
const TITLE = '某某涉嫌私分国有资产案'
const WITNESS = '司徒见川'

let server: TestServer
/** With every right, and no trigger firing. */
let superuser: pg.Client

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(ownRoutes, deps)
    },
  })
  superuser = new pg.Client(clientConfig(server.database.superConfig, true))
  await superuser.connect()
  await superuser.query('set session_replication_role = replica')
  const opened = await server.as('zhang-wei', {
    method: 'POST',
    url: '/api/cases',
    payload: { number: CASE, title: TITLE, track: 'SUPERVISION', unit: 'dept-1', officers: ['zhang-wei', 'li-na'] },
  })
  expect(opened.statusCode, opened.body).toBe(201)
  const registered = await server.as('zhang-wei', {
    method: 'POST',
    url: `/api/cases/${encodeURIComponent(CASE)}/items`,
    payload: {
      items: [general],
      measure: taking.measure,
      holder: { attendance: 'SIGNED', name: HOLDER },
      witness: { attendance: 'SIGNED', name: WITNESS },
      relevance: '涉嫌违纪违法事实中的财物',
    },
  })
  expect(registered.statusCode, registered.body).toBe(201)
}, 180_000)

afterAll(async () => {
  await superuser.end()
  await server.close()
})

/** Every row of every table as text; with the bytes that text would be as `bytea`. */
async function tablesWith(word: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
  `.execute(server.database.ownerDb)
  const hex = Buffer.from(word, 'utf8').toString('hex')
  const holding: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(name)} r where r::text like ${`%${word}%`} or r::text like ${`%${hex}%`}
    `.execute(server.database.ownerDb)
    if (rows[0]?.n !== 0) holding.push(name)
  }
  return holding
}

async function rowOf(ref: string): Promise<StoredPersonal> {
  const { rows } = await sql<StoredPersonal>`
    select ref::text, salt, content, sealed from personal where ref = ${ref}::uuid
  `.execute(server.database.ownerDb)
  const [row] = rows
  if (row === undefined) throw new Error('it is not there')
  return row
}

async function refOf(whose: 'holder' | 'witness'): Promise<string> {
  const { rows } = await sql<{ ref: string }>`
    select state #>> ${sql.lit(`{${whose},person,ref}`)} as ref from items
  `.execute(server.database.ownerDb)
  return rows[0]?.ref ?? ''
}

async function faults(): Promise<string[]> {
  const { key, installation } = server.keys
  const folder = checkpointFolderOf(server.keys)
  const report = await verifyStore({ db: server.database.ownerDb, modules: server.modules, folder, key, installation })
  return report.faults.map(({ what }) => what.en)
}

/** As a program wrote it before there was a key for it. */
async function putInClear(those: readonly PersonalContent[]): Promise<void> {
  for (const { ref, salt, content } of those)
    await superuser.query('update personal set sealed = null, salt = $2, content = $3 where ref = $1', [
      ref,
      salt,
      content,
    ])
}

it('no table holds the name of a holder, a witness, an officer or a case in clear; who may read still reads them', async () => {
  for (const word of [HOLDER, WITNESS, TITLE, demoPerson('zhang-wei').name])
    expect(await tablesWith(word), word).toEqual([])
  const account = await server.as('zhang-wei', { url: `/api/cases/${encodeURIComponent(CASE)}` })
  expect(account.body).toContain(TITLE)
  expect((await readPersonal(server.deps.db, [await refOf('holder')])).get(await refOf('holder'))).toBe(HOLDER)
  expect(await faults()).toEqual([])
})

it('nor does what somebody has begun to type: a draft opens for its writer, about its own matter, alone', async () => {
  const content = JSON.stringify({ holder: HOLDER, witness: WITNESS })
  const url = '/api/session/draft'
  for (const about of ['register/1', 'register/2']) {
    const kept = await server.as('zhang-wei', { method: 'PUT', url, payload: { about, content } })
    expect(kept.statusCode, kept.body).toBe(204)
  }
  for (const word of [HOLDER, WITNESS]) expect(await tablesWith(word), word).toEqual([])
  const read = () => server.as('zhang-wei', { url: `${url}?about=register%2F1` })
  expect((await read()).json<OwnDraft>().draft?.content).toBe(content)
  await superuser.query(
    "update own_drafts set sealed = (select sealed from own_drafts where about = 'register/2') where about = 'register/1'",
  )
  expect((await read()).statusCode).toBe(500)
})

it('nor what a guess at a name could be tried against: the salt is sealed with it', async () => {
  const { salt, content, sealed } = await rowOf(await refOf('holder'))
  expect([salt, content]).toEqual([null, null])
  expect(sealed?.length).toBeGreaterThan(32)
})

it('opens in its own row alone: exchanged rows are found by verification and read as nobody', async () => {
  const [holder, witness] = [await rowOf(await refOf('holder')), await rowOf(await refOf('witness'))]
  const put = (ref: string, sealed: Buffer | null) =>
    superuser.query('update personal set sealed = $2 where ref = $1', [ref, sealed])
  await put(holder.ref, witness.sealed)
  await put(witness.ref, holder.sealed)
  try {
    await expect(readPersonal(server.deps.db, [holder.ref])).rejects.toThrow(SealBroken)
    expect(await faults()).toEqual([expect.stringContaining('personal content does not match its commitment')])
  } finally {
    await put(holder.ref, holder.sealed)
    await put(witness.ref, witness.sealed)
  }
  expect(await faults()).toEqual([])
})

it('what stands in clear from before is read, verifies, and is sealed once; where that was cut off, the next start goes on', async () => {
  const { rows } = await sql<StoredPersonal>`select ref::text, salt, content, sealed from personal`.execute(
    server.database.ownerDb,
  )
  const before = rows.flatMap((row) => openRow(row) ?? [])
  expect(before.length).toBeGreaterThan(20)
  // Half of them were sealed when the power went.
  await putInClear(before.filter((_, index) => index % 2 === 0))
  expect(await faults()).toEqual([])
  const read = () =>
    readPersonal(
      server.deps.db,
      before.map(({ ref }) => ref),
    )
  const inClear = await read()
  const start = () =>
    sealClear(server.deps.db, server.database.ownerConfig, { key: server.keys.content, log: quietLog })
  expect(await start()).toBe(Math.ceil(before.length / 2))
  expect(await read()).toEqual(inClear)
  for (const word of [HOLDER, WITNESS, TITLE]) expect(await tablesWith(word), word).toEqual([])
  expect(await faults()).toEqual([])
  expect(await start()).toBe(0)
})

it('the file is written anew at the next start where only that was cut off', { timeout: 60_000 }, async () => {
  const { rows } = await sql<StoredPersonal>`select ref::text, salt, content, sealed from personal limit 3`.execute(
    server.database.ownerDb,
  )
  const before = rows.flatMap((row) => openRow(row) ?? [])
  await putInClear(before)
  const start = () =>
    sealClear(server.deps.db, server.database.ownerConfig, { key: server.keys.content, log: quietLog })
  const file = async () =>
    (await superuser.query<{ file: string }>("select pg_relation_filenode('personal')::text as file")).rows[0]?.file
  const old = await file()
  // A reader keeps the table from being written anew; meanwhile the power goes.
  await superuser.query('begin')
  await superuser.query('lock table personal in access share mode')
  const cut = start().then(
    () => 'done',
    () => 'cut',
  )
  try {
    await vi.waitFor(
      async () => {
        const { rows: ended } = await sql`
          select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'vacuum full%' and wait_event_type = 'Lock'
            and datname = current_database()
        `.execute(server.database.ownerDb)
        expect(ended).toHaveLength(1)
      },
      { timeout: 20_000, interval: 50 },
    )
  } finally {
    await superuser.query('commit')
  }
  expect(await cut).toBe('cut')
  expect(await file()).toBe(old)
  expect(await start()).toBe(0)
  const fresh = await file()
  expect(fresh).not.toBe(old)
  // Once, and not at every start.
  await start()
  expect(await file()).toBe(fresh)
  expect(await faults()).toEqual([])
})

it('the running program may seal a row, and neither unseal it nor change what is sealed', async () => {
  const { ref, sealed } = await rowOf(await refOf('holder'))
  const altered = Buffer.from(sealed ?? [])
  altered.writeUInt8(altered.readUInt8(40) ^ 1, 40)
  for (const change of [
    sql`update personal set sealed = ${altered} where ref = ${ref}::uuid`,
    sql`update personal set sealed = null, salt = sha256('x'), content = '"x"' where ref = ${ref}::uuid`,
  ])
    await expect(change.execute(server.deps.db)).rejects.toThrow('only where a register says so')
})

it("is nothing to another installation's keys, and a start with them is refused", async () => {
  const foreign = sealContent(
    { ...contentKeyOf(Buffer.alloc(32, 1)), id: Buffer.alloc(8, 7) },
    'personal/x',
    Buffer.of(1),
  )
  expect(() => openSealed('personal/x', foreign)).toThrow(ContentKeyMissing)
  const { rows } = await sql<{ ref: string; sealed: Buffer }>`
    select ref::text, sealed from personal where sealed is not null
  `.execute(server.database.ownerDb)
  await superuser.query(
    "update personal set sealed = overlay(sealed placing decode(repeat('07', 8), 'hex') from 2 for 8) where sealed is not null",
  )
  try {
    await expect(
      sealClear(server.deps.db, server.database.ownerConfig, { key: server.keys.content, log: quietLog }),
    ).rejects.toThrow(ContentKeyMissing)
  } finally {
    for (const row of rows)
      await superuser.query('update personal set sealed = $2 where ref = $1', [row.ref, row.sealed])
  }
  expect(await faults()).toEqual([])
})
