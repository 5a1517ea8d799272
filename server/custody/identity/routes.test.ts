import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import type { ItemCard, ItemChain } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'

const number = '云纪立〔2026〕79号'
const [OFFICER, OTHER, HEAD, STRANGER] = ['zhang-wei', 'li-na', 'qian-lei', 'wang-qiang'] as const
const ALIAS = '证人甲'
const REAL = '欧阳某某'

let server: TestServer
let [protectedItem, plainItem] = ['', '']

const look = (person: string, item: string, signer: string | null, whose = 'witness') =>
  server.as(person, {
    ...{ method: 'POST', url: `/api/items/${item}/identity` },
    payload: { whose, reason: '核实证人作证', ...(signer === null ? {} : { signatures: [signatureOf(signer)] }) },
  })
const said = async (person: string, item: string) =>
  (await server.as(person, { method: 'GET', url: `/api/items/${item}` })).json<ItemCard>()

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const of = { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, OTHER] }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...of }, { cause: 'open' })
  const witness = { attendance: 'SIGNED', name: REAL, alias: ALIAS }
  const items = [
    { ...general, witness },
    { ...general, name: '平板' },
  ]
  const url = `/api/cases/${encodeURIComponent(number)}/items`
  const answer = await server.as(OFFICER, { method: 'POST', url, payload: { ...taking, items } })
  ;[protectedItem = '', plainItem = ''] = answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code)
})
afterAll(() => server.close())

it('everybody reads the alias, and no answer but that of the looking up says the name', async () => {
  const card = await said(OFFICER, protectedItem)
  expect(card.witness).toEqual({ attendance: 'SIGNED', isAlias: true, name: ALIAS, reason: null })
  expect((await said(OFFICER, plainItem)).witness).toMatchObject({ isAlias: false })
  expect(JSON.stringify(card)).not.toContain(REAL)
  // The name is a name all the same: nothing that stands in clear may say it.
  const payload = { ...taking, items: [{ ...general, name: `${REAL}的手机` }] }
  const url = `/api/cases/${encodeURIComponent(number)}/items`
  expect((await server.as(OFFICER, { method: 'POST', url, payload })).statusCode).toBeGreaterThanOrEqual(400)
})

it('an officer of the case and a head of his department look it up together, and the register says that they did', async () => {
  for (const signer of [null, OTHER])
    expect((await look(OFFICER, protectedItem, signer)).json()).toMatchObject({ code: 'custody.identity-second' })
  expect((await look(STRANGER, protectedItem, HEAD)).statusCode).toBe(404)
  expect((await look(OFFICER, plainItem, HEAD)).json()).toMatchObject({ code: 'custody.identity-none' })
  expect((await look(OFFICER, protectedItem, HEAD, 'holder')).json()).toMatchObject({ code: 'custody.identity-none' })
  const seen = await look(OFFICER, protectedItem, HEAD)
  expect([seen.statusCode, seen.json()]).toMatchObject([200, { name: REAL }])
  const chain = (
    await server.as(OFFICER, { method: 'GET', url: `/api/items/${protectedItem}/chain` })
  ).json<ItemChain>()
  const last = chain.entries.at(-1)
  expect(last).toMatchObject({ type: 'custody.identity-opened', actor: OFFICER, body: { whose: 'witness' } })
  expect(JSON.stringify(last)).toContain(HEAD)
  expect(JSON.stringify(chain)).not.toContain(REAL)
  const { rows: kept } = await sql`select * from causes`.execute(server.deps.db)
  expect(JSON.stringify(kept)).not.toContain(REAL)
})

it('whoever goes by an alias does not sign on the screen', async () => {
  const url = `/api/items/${protectedItem}/signatures`
  const answer = (await server.as(OFFICER, { method: 'GET', url })).json<{ awaited: readonly string[] }>()
  expect(answer.awaited).not.toContain('witness')
})
