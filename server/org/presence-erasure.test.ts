import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ItemCard } from '../custody/protocol.ts'
import { custodyRoutes } from '../custody/routes.ts'
import { general, taking } from '../custody/testing.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { openRow, type StoredPersonal } from '../ledger/personal.ts'
import { verifyStore } from '../ledger/verify.ts'
import { ERASED_NAME } from '../names.ts'
import { testServer, type TestServer } from '../testing.ts'

const CASE = '云监立〔2026〕91号'
const HOLDER = '欧阳持有'
const WITNESS = '司马见证'
const DOCUMENT = '云纪办〔2026〕33号'

let server: TestServer
let code = ''
let other = ''

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: ['zhang-wei', 'li-na'] }
  expect((await post('zhang-wei', '/api/cases', open)).status).toBe(201)
  const made = await post('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}/items`, {
    items: [general, general],
    measure: { noticeNumber: '扣〔2026〕9号', place: '办公室' },
    holder: { attendance: 'REFUSED', name: HOLDER, reason: `${HOLDER}拒绝签名` },
    witness: { attendance: 'SIGNED', name: WITNESS },
    relevance: '涉嫌违纪违法事实中的财物',
  })
  ;[code = '', other = ''] = (made.body as { items: { code: string }[] }).items.map((item) => item.code)
})
afterAll(() => server.close())

async function post(by: string, url: string, payload?: object) {
  const answer = await server.as(by, { method: 'POST', url, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, body: answer.json<{ code?: string; id?: string }>() }
}

const ERASE = {
  command: 'org.erase-presence',
  items: [] as string[],
  whose: ['holder'],
  ground: 'ordered',
  document: DOCUMENT,
}
const propose = (by: string, change: object) =>
  post(by, '/api/proposals', { change: { ...ERASE, items: [code], ...change } })

async function erase(change: object): Promise<void> {
  const { status, body } = await propose('an-security', change)
  expect(status, JSON.stringify(body)).toBe(201)
  expect((await post('xu-system', `/api/proposals/${body.id ?? ''}/confirm`)).status).toBe(200)
}

/** The tables that hold this text, what is sealed among it. */
async function holds(text: string): Promise<string[]> {
  const { ownerDb } = server.database
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'
  `.execute(ownerDb)
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await sql`select from ${sql.table(name)} t where t::text like ${`%${text}%`}`.execute(ownerDb)
      return rows.rows.length > 0 ? [name] : []
    }),
  )
  const { rows: sealed } = await sql<StoredPersonal>`select ref::text, salt, content, sealed from personal`.execute(
    ownerDb,
  )
  const isSealed = sealed.some((row) => openRow(row)?.content.includes(text))
  return isSealed ? [...found.flat(), 'personal'] : found.flat()
}

async function verify() {
  const { key, installation } = server.keys
  const db = server.database.ownerDb
  return verifyStore({ db, modules: server.modules, folder: checkpointFolderOf(server.keys), key, installation })
}

const partOf = (quantity: number) => ({ quantity })
const cardOf = async (item: string) => (await server.as('zhang-wei', { url: `/api/items/${item}` })).json<ItemCard>()

it('is proposed by the security administrator on a ground and a decision, for items that there are', async () => {
  expect(await propose('xu-system', {})).toMatchObject({ status: 403, body: { code: 'access.no-post' } })
  for (const wrong of [
    { ground: 'because' },
    { document: '同意' },
    { whose: [] },
    { whose: ['officer'] },
    { items: [] },
  ])
    expect(await propose('an-security', wrong), JSON.stringify(wrong)).toMatchObject({
      body: { code: 'request.invalid' },
    })
  const unknown = `W${code.slice(1, 10)}9999`
  expect(await propose('an-security', { items: [unknown] })).toMatchObject({
    ...{ status: 404, body: { code: 'org.nothing-to-erase' } },
  })
})

it('waits for the close of the case, unless the authority orders it', async () => {
  for (const ground of ['purpose-over', 'period-over'])
    expect(await propose('an-security', { ground })).toMatchObject({ status: 409, body: { code: 'org.case-open' } })
})

it('once the case is closed the purpose may be over', async () => {
  const number = '云监立〔2026〕92号'
  const does = async (person: string, command: { type: string } & Record<string, unknown>) =>
    (await server.deps.act({ person }, command, { cause: randomUUID() })).result
  const open = { type: 'custody.open-case', number, title: '某案', track: 'SUPERVISION', unit: 'dept-1' }
  await does('zhang-wei', { ...open, officers: ['zhang-wei', 'li-na'] })
  const { items } = await does('zhang-wei', { type: 'custody.register', case: number, items: [general], ...taking })
  const codes = (items as unknown as { code: string }[]).map((item) => item.code)
  const deed = { command: 'keep-open', items: codes, ground: 'other-procedure', document: '云监并〔2026〕1号' }
  const { id } = await does('zhang-wei', { type: 'approvals.ask', deed, reason: '另案并案处理' })
  await does('sun-bo', { type: 'approvals.grant', approval: id })
  const excuse = { command: 'allow-unfilmed', items: codes }
  const { id: excused } = await does('zhang-wei', { type: 'approvals.ask', deed: excuse, reason: '执法仪故障' })
  for (const approver of ['qian-lei', 'sun-bo']) await does(approver, { type: 'approvals.grant', approval: excused })
  await does('zhang-wei', { type: 'custody.close-case', case: number })
  expect(await propose('an-security', { items: codes, ground: 'purpose-over' })).toMatchObject({ status: 201 })
})

it('takes what was said of the holder out of everything; the witness, the other item and the commitments stay', async () => {
  const before = await sql<{ text: string }>`select text from entries where type = 'custody.registered'`.execute(
    server.deps.db,
  )
  await erase({ items: [code] })
  expect(await cardOf(code)).toMatchObject({
    heldBefore: { attendance: 'REFUSED', name: ERASED_NAME, reason: ERASED_NAME },
    witness: { attendance: 'SIGNED', name: WITNESS },
    relevance: '涉嫌违纪违法事实中的财物',
  })
  expect(await cardOf(other)).toMatchObject({ heldBefore: { name: HOLDER } })
  await erase({ items: [other], whose: ['holder', 'witness'] })
  expect(await holds(HOLDER)).toEqual([])
  expect(await holds(WITNESS)).toEqual(['personal'])
  const after = await sql<{ text: string }>`select text from entries where type = 'custody.registered'`.execute(
    server.deps.db,
  )
  expect(after.rows).toEqual(before.rows)
})

it('takes a signature that was drawn, for every item of its list', async () => {
  const strokes = [
    [12, 34, 900, 321],
    [34, 12, 901, 300],
  ]
  const sign = { items: [code, other], as: 'witness', on: 'screen', strokes }
  expect((await post('zhang-wei', '/api/custody/sign', sign)).status).toBe(200)
  expect(await holds('[12,34,900,321]')).toEqual(['personal'])
  await erase({ items: [other], whose: ['witness'] })
  expect(await holds('[12,34,900,321]')).toEqual([])
})

it('takes a signature that was drawn before the thing was split', async () => {
  const number = '云监立〔2026〕93号'
  const does = async (person: string, command: { type: string } & Record<string, unknown>, others: string[] = []) =>
    (await server.deps.act({ person, with: others }, command, { cause: randomUUID() })).result
  const open = { type: 'custody.open-case', number, title: '某案', track: 'SUPERVISION', unit: 'dept-1' }
  await does('zhang-wei', { ...open, officers: ['zhang-wei', 'li-na'] })
  const several = [{ ...general, quantity: 2 }]
  const { items } = await does('zhang-wei', { type: 'custody.register', case: number, items: several, ...taking })
  const [whole] = (items as unknown as { code: string }[]).map((item) => item.code)
  const strokes = [
    [56, 78, 900, 321],
    [78, 56, 901, 300],
  ]
  await does('zhang-wei', { type: 'custody.sign', items: [whole], as: 'witness', on: 'screen', strokes })
  const split = { type: 'custody.split', reason: '分别送检', items: [{ item: whole, parts: [1, 1].map(partOf) }] }
  const { items: parts } = await does('zhang-wei', split, ['li-na'])
  const codes = (parts as unknown as { code: string }[]).map((item) => item.code)
  expect(await holds('[56,78,900,321]')).toEqual(['personal'])
  await erase({ items: codes.slice(0, 1), whose: ['witness'] })
  expect(await holds('[56,78,900,321]')).toEqual([])
})

it('takes what the staff drew by hand, and leaves whose hand it was', async () => {
  const strokes = [
    [11, 22, 900, 321],
    [22, 11, 901, 300],
  ]
  const sign = { items: [other], as: 'officer', on: 'screen', strokes }
  expect((await post('zhang-wei', '/api/custody/sign', sign)).status).toBe(200)
  expect(await holds('[11,22,900,321]')).toEqual(['personal'])
  await erase({ items: [other], whose: ['staff'] })
  expect(await holds('[11,22,900,321]')).toEqual([])
  const signed = await sql<{ person: string }>`
    select text::jsonb #>> '{body,person}' as person from entries where type = 'custody.hand-signed' and subject = ${`item/${other}`}
  `.execute(server.deps.db)
  expect(signed.rows.map(({ person }) => person)).toContain('zhang-wei')
})

it('is shown by verification, which finds everything in order; the paper says that it was erased', async () => {
  const { faults, erasures } = await verify()
  expect(faults).toEqual([])
  expect(erasures).toMatchObject([
    { register: 'org', ground: 'ordered', document: DOCUMENT, refs: [expect.any(String), expect.any(String)] },
    { register: 'org', ground: 'ordered', document: DOCUMENT, refs: { length: 3 } },
    { register: 'org', ground: 'ordered', document: DOCUMENT, refs: { length: 1 } },
    { register: 'org', ground: 'ordered', document: DOCUMENT, refs: { length: 2 } },
    { register: 'org', ground: 'ordered', document: DOCUMENT, refs: { length: 1 } },
  ])
})

it('is not done twice', async () => {
  expect(await propose('an-security', {})).toMatchObject({ status: 404, body: { code: 'org.nothing-to-erase' } })
  await erase({ whose: ['witness'] })
  expect(await holds(WITNESS)).toEqual([])
})
