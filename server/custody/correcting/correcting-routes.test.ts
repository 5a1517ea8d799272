import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import type { CaseAccount, ItemCard, ItemChain } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { gold, taking } from '../testing.ts'

const OFFICERS = ['zhang-wei', 'li-na']
const signatures = [signatureOf('li-na')]
const ACCOUNT = `/api/cases/${encodeURIComponent('更正案')}`
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let code: string

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const open = { number: '更正案', title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: OFFICERS }
  expect((await post('zhang-wei', '/api/cases', open)).statusCode).toBe(201)
  const items = [{ ...gold, seal: { number: 'S-1', signers: OFFICERS } }]
  const answer = await post('zhang-wei', `${ACCOUNT}/items`, { items, ...taking })
  code = answer.json<{ items: { code: string }[] }>().items[0]?.code ?? ''
})
afterAll(() => server.close())

async function post(person: string, url: string, payload: object) {
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  return server.as(person, { method: 'POST', url, payload })
}

async function get<T>(url: string): Promise<T> {
  return (await server.as('zhang-wei', { method: 'GET', url })).json<T>()
}

it('is asked for by who registered the item and signed by a second officer with badge and PIN', async () => {
  const wanted = { items: [{ item: code, name: '金块', features: '足金，无编号', weight_mg: 110_000 }], reason: '笔误' }
  const codeOf = async (person: string, payload: object): Promise<string> =>
    (await post(person, '/api/custody/correct', payload)).json<RefusalNotice>().code
  expect(await codeOf('zhang-wei', wanted)).toBe('custody.correction-signers')
  expect(await codeOf('li-na', { ...wanted, signatures: [signatureOf('zhang-wei')] })).toBe('custody.not-registrar')
  for (const name of [`${taking.holder.name}的金条`, '张伟的金条', '某案金条'])
    expect(await codeOf('zhang-wei', { ...wanted, items: [{ item: code, name }], signatures })).toBe(
      'custody.names-person',
    )
  await post('zhang-wei', '/api/labels', { codes: [code], template: 'item-card', station: 'bench-1' })
  const answer = await post('zhang-wei', '/api/custody/correct', { ...wanted, signatures })
  expect(answer.statusCode, answer.body).toBe(200)
  expect(answer.json()).toMatchObject({ facts: [1, 2, 3].map(() => ({ type: 'custody.corrected' })) })
})

it('the card tells what stood and what stands, and that it is to be printed anew until it was', async () => {
  const card = await get<ItemCard>(`/api/items/${code}`)
  expect(card).toMatchObject({
    name: '金块',
    features: '足金，无编号',
    cardStale: true,
    corrections: [
      { field: { value: 'name' }, was: '金条', is: '金块', reason: '笔误', by: { who: 'person/zhang-wei' } },
      { field: { value: 'features' }, was: gold.features, is: '足金，无编号' },
      { field: { value: 'weight_mg' }, was: 100_000, is: 110_000, with: [{ who: 'person/li-na' }] },
    ],
    acts: ['unseal', 'correct', 'incident'],
  })
  const reprint = { codes: [code], template: 'item-card', station: 'bench-1', reason: '更正' }
  expect((await post('zhang-wei', '/api/labels', reprint)).statusCode).toBe(202)
  expect((await get<ItemCard>(`/api/items/${code}`)).cardStale).toBe(false)
})

it('the chain says it in words, the account balances with the right figures, and verification finds everything in order', async () => {
  const chain = await get<ItemChain>(`/api/items/${code}/chain`)
  const [registered] = chain.entries
  expect(chain).toMatchObject({
    intact: true,
    entries: [
      { type: 'custody.registered' },
      { body: { was: '金条', is: '金块', wrong: { seq: registered?.seq, hash: registered?.hash } } },
      { body: { was: null, is: null }, said: { was: gold.features, is: '足金，无编号', reason: '笔误' } },
      { body: { was: 100_000, is: 110_000 } },
    ],
  })
  const { ledger } = await get<CaseAccount>(ACCOUNT)
  expect(ledger.balances).toBe(true)
  expect(ledger.accounts.find(({ account }) => account === 'with-department')).toMatchObject({ mg: 110_000 })
  const { modules, keys } = server
  const { key, installation } = keys
  const db = server.database.ownerDb
  const found = await verifyStore({ db, modules, folder: checkpointFolderOf(keys), key, installation })
  expect(found.faults).toEqual([])
})
