import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { testServer, type TestServer } from '../testing.ts'
import type { ListedUnit } from './protocol.ts'
import { specialAccountsOf } from './special-accounts.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

const post = (by: string, url: string, payload: object = {}) => server.as(by, { method: 'POST', url, payload })
const propose = (by: string, unit: string, account: string) =>
  post(by, '/api/proposals', { change: { command: 'org.name-account', unit, account } })
const accountsOf = async (unit: string) => {
  const { units } = (await server.as('zhang-wei', { url: '/api/units' })).json<{ units: ListedUnit[] }>()
  return units.find(({ id }) => id === unit)?.accounts
}

it('two administrators name a special account of the organ, one takes it away, and the register tells of both', async () => {
  expect(await accountsOf('organ')).toEqual([])
  const { id } = (await propose('xu-system', 'organ', '专户 6222 0001')).json<{ id: string }>()
  expect(await accountsOf('organ')).toEqual([])
  expect((await post('xu-system', `/api/proposals/${id}/confirm`)).json()).toMatchObject({ code: 'org.same-role' })
  const confirmed = await post('an-security', `/api/proposals/${id}/confirm`)
  expect(confirmed.statusCode, confirmed.body).toBe(200)
  expect(await accountsOf('organ')).toEqual(['专户 6222 0001'])
  const { db } = server.database
  expect([...(await specialAccountsOf(db, ['dept-1', 'organ']))]).toEqual(['专户 6222 0001'])
  expect([...(await specialAccountsOf(db, ['dept-1']))]).toEqual([])

  expect((await propose('xu-system', 'organ', '专户 6222 0001')).json()).toMatchObject({ code: 'org.already-there' })
  expect((await propose('xu-system', 'dept-1', '专户 1')).json()).toMatchObject({ code: 'org.account-of-organ' })
  expect((await propose('an-security', 'organ', '专户 1')).json()).toMatchObject({ code: 'access.no-post' })

  const end = { unit: 'organ', account: '专户 6222 0001' }
  expect((await post('zhang-wei', '/api/units/accounts/end', end)).json()).toMatchObject({ code: 'access.no-post' })
  // Without any, money would go into every account: the last one goes when another is named.
  expect((await post('an-security', '/api/units/accounts/end', end)).json()).toMatchObject({ code: 'org.last-account' })
  expect(await accountsOf('organ')).toEqual([end.account])
  const next = (await propose('xu-system', 'organ', '专户 6222 0002')).json<{ id: string }>()
  expect((await post('an-security', `/api/proposals/${next.id}/confirm`)).statusCode).toBe(200)
  const ended = await post('an-security', '/api/units/accounts/end', end)
  expect(ended.statusCode, ended.body).toBe(201)
  expect(await accountsOf('organ')).toEqual(['专户 6222 0002'])
  expect((await post('an-security', '/api/units/accounts/end', end)).json()).toMatchObject({ code: 'org.unknown' })

  const { modules, keys, database } = server
  const { key, installation } = keys
  const of = { db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation }
  expect((await verifyStore(of)).faults).toEqual([])
})
