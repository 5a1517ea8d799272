import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { custodyDoor } from '../door/watch.ts'
import type { CaseAccount, ItemCard, ItemChain } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const OFFICERS = ['zhang-wei', 'li-na']
const CASE = '拆分案'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let whole: string

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: OFFICERS }
  expect((await post('zhang-wei', '/api/cases', open)).statusCode).toBe(201)
  const items = [{ ...general, quantity: 3 }]
  const answer = await post('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}/items`, { items, ...taking })
  whole = answer.json<{ items: { code: string }[] }>().items[0]?.code ?? ''
})
afterAll(() => server.close())

async function post(person: string, url: string, payload: object) {
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  return server.as(person, { method: 'POST', url, payload })
}
const cardOf = async (code: string) =>
  (await server.as('zhang-wei', { method: 'GET', url: `/api/items/${code}` })).json<ItemCard>()
const chainOf = async (code: string) =>
  (await server.as('zhang-wei', { method: 'GET', url: `/api/items/${code}/chain` })).json<ItemChain>()

describe('items that become several, and one again, over HTTP', () => {
  it('two officers sign; the parts and the whole name each other, and the account balances', async () => {
    const parts = [{ quantity: 1, name: '黑色手机' }, { quantity: 2 }]
    const split = { items: [{ item: whole, parts }], reason: '分别送检' }
    const alone = await post('zhang-wei', '/api/custody/split', split)
    expect(alone.json()).toMatchObject({ code: 'custody.regroup-signers' })
    expect((await cardOf(whole)).regroupActs).toEqual(['split', 'merge'])
    const answer = await post('zhang-wei', '/api/custody/split', { ...split, signatures: [signatureOf('li-na')] })
    expect(answer.statusCode, answer.body).toBe(200)
    const [first = '', second = ''] = answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code)
    const card = await cardOf(whole)
    expect(card).toMatchObject({
      ...{ dispositionStatus: { value: 'REPLACED' }, regroupActs: [], mergeable: [] },
      succeeded: {
        ...{
          how: 'split',
          reason: '分别送检',
          into: [
            { code: first, name: '黑色手机' },
            { code: second, quantity: '2' },
          ],
        },
        with: [{ who: 'person/li-na' }],
      },
    })
    expect(await cardOf(second)).toMatchObject({
      ...{ quantity: '2', heldBefore: { name: taking.holder.name }, mergeable: [{ code: first }] },
      origin: { how: 'split', from: [{ code: whole }] },
    })
    for (const code of [whole, first, second]) expect(await chainOf(code)).toMatchObject({ intact: true })
    const account = (
      await server.as('zhang-wei', { method: 'GET', url: `/api/cases/${encodeURIComponent(CASE)}` })
    ).json<CaseAccount>()
    expect(account.balance).toMatchObject({ taken: 2, withDepartment: 2, out: 0, balances: true })
    expect(account.ledger.accounts).toMatchObject([
      { account: 'taken', pieces: 1 },
      { account: 'regrouped', pieces: 1 },
      { account: 'with-department', pieces: 2 },
    ])
    expect([...new Set(account.blocks.map(({ item }) => item))]).toEqual([first, second])
  })

  it('they become one again; every register and table holds', async () => {
    const { succeeded } = await cardOf(whole)
    const codes = succeeded?.into.map(({ code }) => code) ?? []
    const merge = { items: codes, reason: '检毕一并保管', signatures: [signatureOf('li-na')] }
    const answer = await post('zhang-wei', '/api/custody/merge', merge)
    expect(answer.statusCode, answer.body).toBe(200)
    const [one = ''] = answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code)
    expect(await cardOf(one)).toMatchObject({
      quantity: '3',
      origin: { how: 'merge', from: codes.map((code) => ({ code })) },
    })
    const { modules, keys } = server
    const { key, installation } = keys
    const folder = checkpointFolderOf(keys)
    const found = await verifyStore({ db: server.database.ownerDb, modules, folder, key, installation })
    expect(found.faults).toEqual([])
  })

  it('the old tag stays on what came of it: a door that sees it alarms for that', async () => {
    const [former = ''] = (await cardOf(whole)).succeeded?.into.map(({ code }) => code) ?? []
    const now = (await cardOf(former)).succeeded?.into[0]?.code ?? ''
    const does = (person: string, command: { type: string } & Record<string, unknown>, signers: string[] = []) => {
      server.setNow(new Date((clock += 1_000)).toISOString())
      return server.deps.act({ person, with: signers }, command, { cause: command.type })
    }
    await does('zhang-wei', { type: 'custody.add-photo', items: [{ item: now, photos: [PHOTO] }] })
    await onFilm(server.deps, [now])
    await does('zhang-wei', { type: 'custody.hand-over', items: [now], store: 'store-1' })
    const shelf = { store: 'store-1', name: '一号架', storageClass: 'ordinary', capacity: 9 }
    const { result } = await does('chen-jing', { type: 'custody.add-location', ...shelf })
    const door = custodyDoor({ db: server.database.db, act: server.deps.act })
    const { epc } = await cardOf(whole)
    const passes = () =>
      door.seen({ id: 'door-1', place: 'store-1' }, { event: 'seen', epc, side: 'inner', at_ms: (clock += 1_000) })
    expect(await passes()).toBe(false)
    const location = String(result['code'])
    await does('chen-jing', { type: 'custody.check-in', items: [now], location }, ['zhang-wei'])
    expect(await passes()).toBe(true)
    expect(await door.open(server.database.db, 'store-1')).toMatchObject([{ item: now }])
  })
})
