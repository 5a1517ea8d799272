import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import type { ItemCard, ItemChain } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { gold, taking } from '../testing.ts'

const OFFICERS = ['zhang-wei', 'li-na']
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let codes: string[]

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const open = { number: '封条案', title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: OFFICERS }
  expect((await post('zhang-wei', '/api/cases', open)).statusCode).toBe(201)
  const items = [1, 2].map(() => ({ ...gold, seal: { number: 'S-1', signers: OFFICERS } }))
  const answer = await post('zhang-wei', `/api/cases/${encodeURIComponent('封条案')}/items`, { items, ...taking })
  codes = answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code)
})
afterAll(() => server.close())

async function post(person: string, url: string, payload: object) {
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  return server.as(person, { method: 'POST', url, payload })
}

async function codeOf(person: string, url: string, payload: object): Promise<string> {
  return (await post(person, url, payload)).json<RefusalNotice>().code
}

describe('seals over HTTP', () => {
  it('a second officer signs with badge and PIN; a bag is opened as a whole', async () => {
    const signatures = [signatureOf('li-na')]
    expect(await codeOf('zhang-wei', '/api/custody/unseal', { items: codes, reason: '辨认' })).toBe(
      'custody.seal-signers',
    )
    expect(
      await codeOf('zhang-wei', '/api/custody/unseal', { items: codes.slice(1), reason: '辨认', signatures }),
    ).toBe('custody.seal-shared')
    const answer = await post('zhang-wei', '/api/custody/unseal', { items: codes, reason: '辨认', signatures })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json()).toMatchObject({ facts: [{ type: 'custody.unsealed' }, { type: 'custody.unsealed' }] })
  })

  it('a number that was ever used is refused, over all cases; two items of one bag take one number', async () => {
    const signatures = [signatureOf('li-na')]
    const seal = (number: string) => ({ items: codes, number, signatures })
    expect(await codeOf('zhang-wei', '/api/custody/seal', seal('S-1'))).toBe('custody.seal-taken')
    const answer = await post('zhang-wei', '/api/custody/seal', seal('S-2'))
    expect(answer.statusCode, answer.body).toBe(200)
    const again = { items: [{ ...gold, seal: { number: 'S-1', signers: OFFICERS } }], ...taking }
    expect(await codeOf('zhang-wei', `/api/cases/${encodeURIComponent('封条案')}/items`, again)).toBe(
      'custody.seal-taken',
    )
  })

  it('the card and the chain tell it, the reason in words beside the register; verification finds everything in order', async () => {
    const [code = ''] = codes
    const card = (await server.as('zhang-wei', { method: 'GET', url: `/api/items/${code}` })).json<ItemCard>()
    expect(card).toMatchObject({
      sealStatus: { value: 'RESEALED' },
      seal: { number: 'S-2', signers: ['li-na', 'zhang-wei'] },
    })
    const chain = (await server.as('zhang-wei', { method: 'GET', url: `/api/items/${code}/chain` })).json<ItemChain>()
    expect(chain).toMatchObject({
      intact: true,
      entries: [
        {},
        { type: 'custody.unsealed', with: ['li-na'], said: { reason: '辨认' } },
        { type: 'custody.sealed' },
      ],
    })
    const { modules, keys } = server
    const { key, installation } = keys
    const db = server.database.ownerDb
    const folder = checkpointFolderOf(keys)
    const found = await verifyStore({ db, modules, folder, key, installation })
    expect(found.faults).toEqual([])
  })
})
