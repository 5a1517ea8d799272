import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientConfig } from '../database/connect.ts'
import { demoPerson } from '../demo/organisation.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { personalWith } from '../ledger/testing.ts'
import { verifyStore } from '../ledger/verify.ts'
import { ERASED_NAME } from '../names.ts'
import { testServer, type TestServer } from '../testing.ts'
import type { Account } from './protocol.ts'

const GONE = 'feng-yan'
const DOCUMENT = '云纪办〔2026〕12号'
const ERASE = { command: 'org.erase-name', person: GONE, ground: 'period-over', document: DOCUMENT }

let server: TestServer
let superuser: pg.Client

beforeAll(async () => {
  server = await testServer()
  superuser = new pg.Client(clientConfig(server.database.superConfig, true))
  await superuser.connect()
  await superuser.query('set session_replication_role = replica')
})
afterAll(async () => {
  await superuser.end()
  await server.close()
})

async function post(by: string, url: string, payload?: object): Promise<{ status: number; body: { code?: string } }> {
  const answer = await server.as(by, { method: 'POST', url, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, body: answer.json<{ code?: string; id?: string }>() }
}
const propose = (by: string, change: object) => post(by, '/api/proposals', { change })

async function verify() {
  const { key, installation } = server.keys
  const { ownerDb } = server.database
  const folder = checkpointFolderOf(server.keys)
  return verifyStore({ db: ownerDb, modules: server.modules, folder, key, installation })
}

const refOf = sql<string>`(select name_ref from people where id = ${GONE})`

it('is for who is inactive, proposed by the security administrator, on a ground and a decision that names nobody', async () => {
  expect(await propose('an-security', ERASE)).toMatchObject({ status: 409, body: { code: 'org.still-active' } })
  expect((await post('xu-system', '/api/people/deactivate', { person: GONE })).status).toBe(201)
  expect(await propose('xu-system', ERASE)).toMatchObject({ status: 403, body: { code: 'access.no-post' } })
  for (const wrong of [{ ground: 'because' }, { document: '冯岩同意' }, { document: '12' }, { document: 'a b 12 c' }])
    expect(await propose('an-security', { ...ERASE, ...wrong }), JSON.stringify(wrong)).toMatchObject({
      body: { code: 'request.invalid' },
    })
})

it('is refused by the database as long as no register says so, whoever asks', async () => {
  const blank = sql`update personal set salt = null, content = null, sealed = null, erased_at = now() where ref = ${refOf}`
  await expect(blank.execute(server.deps.db)).rejects.toThrow('only where a register says so')
  await expect(blank.execute(server.database.ownerDb)).rejects.toThrow('only where a register says so')
})

it('takes the name out of everything once another administrator confirms, and nothing else', async () => {
  const { name } = demoPerson(GONE)
  expect(await personalWith(server.database.ownerDb, name)).toBe(1)
  await sql`insert into personal_marks (ref, mark) values (${refOf}, sha256('0'))`.execute(server.database.ownerDb)
  const proposed = await propose('an-security', ERASE)
  expect(proposed.status).toBe(201)
  const { id } = proposed.body as { id: string }
  expect(await post('an-security', `/api/proposals/${id}/confirm`)).toMatchObject({ body: { code: 'org.same-role' } })
  expect((await post('xu-system', `/api/proposals/${id}/confirm`)).status).toBe(200)
  const { people } = (await server.as('zhou-ping', { url: '/api/people' })).json<{ people: Account[] }>()
  expect(people.find((one) => one.id === GONE)).toMatchObject({ name: ERASED_NAME, active: false })
  const { accounts } = (await server.as('ji-audit', { url: '/api/accounts' })).json<{ accounts: Account[] }>()
  expect(accounts.filter(({ erased }) => erased !== null)).toMatchObject([
    { id: GONE, erased: { ground: 'period-over', document: DOCUMENT } },
  ])
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
  `.execute(server.database.ownerDb)
  for (const { name: table } of tables.rows) {
    const found = await sql<{
      n: number
    }>`select count(*) as n from ${sql.table(table)} r where r::text like ${`%${name}%`}`.execute(
      server.database.ownerDb,
    )
    expect(found.rows, table).toEqual([{ n: 0 }])
  }
  expect(await personalWith(server.database.ownerDb, name)).toBe(0)
  const marks = await sql`select from personal_marks where ref = ${refOf}`.execute(server.database.ownerDb)
  expect(marks.rows).toEqual([])
})

it('cannot be done twice, nor undone', async () => {
  expect(await propose('an-security', ERASE)).toMatchObject({ status: 409, body: { code: 'org.erased' } })
  expect(await propose('xu-system', { command: 'org.reactivate', person: GONE })).toMatchObject({
    body: { code: 'org.erased' },
  })
  const back = sql`update personal set salt = decode('00', 'hex'), content = '"x"', erased_at = null where ref = ${refOf}`
  await expect(back.execute(server.database.ownerDb)).rejects.toThrow('only where a register says so')
})

it('is accepted and shown by verification; content that is put back or taken away beside it is not', async () => {
  const seq = await sql<{ seq: number }>`select seq from entries where type = 'org.personal-erased'`.execute(
    server.database.ownerDb,
  )
  const at = seq.rows[0]?.seq ?? 0
  expect(await verify()).toMatchObject({
    faults: [],
    erasures: [{ register: 'org', seq: at, refs: [expect.any(String)], ground: 'period-over', document: DOCUMENT }],
  })
  await superuser.query(
    `update personal set salt = '\\x00', content = '"别人"', erased_at = null where ref = (select name_ref from people where id = $1)`,
    [GONE],
  )
  const added = await sql<{ seq: number }>`
    select seq from entries where type = 'org.person-added' and subject = ${`person/${GONE}`}
  `.execute(server.database.ownerDb)
  expect((await verify()).faults).toMatchObject([{ register: 'org', seq: added.rows[0]?.seq }])
  await superuser.query(
    `update personal set salt = null, content = null, sealed = null, erased_at = now() where ref = (select name_ref from people where id = $1)`,
    [GONE],
  )
  expect((await verify()).faults).toEqual([])
  await superuser.query(`update personal set salt = null, content = null, sealed = null, erased_at = now()
    where ref = (select name_ref from people where id = 'li-na')`)
  expect((await verify()).faults).toMatchObject([
    { register: 'org', what: { en: expect.stringContaining('taken away') as string } },
  ])
})

it('rests on an entry that holds: one that is spoilt is named, and erases nothing any more', async () => {
  await superuser.query(`update entries set text = 'x' where type = 'org.personal-erased'`)
  const { faults, erasures } = await verify()
  expect(erasures).toEqual([])
  expect(faults[0]).toMatchObject({ register: 'org' })
})
