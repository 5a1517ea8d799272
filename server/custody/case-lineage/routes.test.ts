import { signed } from '../inbound/testing-signed.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { approvalRoutes } from '../../approvals/routes.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { asOfRoutes } from '../as-of/as-of-routes.ts'
import { custodyDeeds } from '../module.ts'
import type { CaseAccount, CaseAsOf, ItemCard } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'

const [ONE, TWO, THREE] = ['云纪立〔2026〕31号', '云纪立〔2026〕32号', '云纪立〔2026〕33号'] as const
const [OFFICER, SECOND, HEAD, LEADER] = ['zhang-wei', 'li-na', 'qian-lei', 'sun-bo'] as const

let server: TestServer
let items: string[] = []
let causes = 0

const url = (number: string): string => `/api/cases/${encodeURIComponent(number)}`
const does = async (person: string, command: { readonly type: string } & Readonly<Record<string, unknown>>) =>
  (await server.deps.act({ person }, command, { cause: `c${(causes += 1)}` })).result
const look = async (number: string): Promise<CaseAccount> =>
  (await server.as(OFFICER, { url: url(number) })).json<CaseAccount>()
const ask = (deed: object) =>
  server.as(OFFICER, {
    ...{ method: 'POST', url: '/api/approvals' },
    payload: { deed: { document: '云纪并〔2026〕1号', ...deed }, reason: '同一事实' },
  })
const held = ({ ledger }: CaseAccount) =>
  Object.fromEntries(ledger.accounts.map(({ account, pieces }) => [account, pieces]))

/** Asks, and has it granted by whichever approver of the organ may. */
async function carriesOut(deed: object): Promise<void> {
  const asked = await ask(deed)
  expect([asked.statusCode, asked.body]).toMatchObject([201, expect.any(String)])
  const { id } = asked.json<{ id: string }>()
  const granted = await server.as(LEADER, { method: 'POST', url: `/api/approvals/${id}/grant`, payload: {} })
  expect([granted.statusCode, granted.body]).toMatchObject([200, expect.any(String)])
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(asOfRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  for (const number of [ONE, TWO, THREE])
    await does(OFFICER, {
      ...{ type: 'custody.open-case', number, title: '某案', track: 'SUPERVISION' },
      ...{ unit: 'dept-1', officers: [OFFICER, SECOND] },
    })
  const lines = ['手机', '笔记本', '手表'].map((name) => ({ ...general, name }))
  const done = await does(OFFICER, { type: 'custody.register', case: ONE, items: lines, ...taking })
  items = (done as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  await does(OFFICER, { type: 'custody.register', case: TWO, items: [general], ...taking })
})
afterAll(() => server.close())

it('a split takes what was chosen into the other case; both accounts tell it and balance', async () => {
  server.setNow('2026-03-02T01:05:00.000Z')
  await carriesOut({ command: 'split-case', case: ONE, into: THREE, items: [items[2]] })
  const [from, into] = [await look(ONE), await look(THREE)]
  expect(held(from)).toEqual({ taken: 3, 'with-department': 2, 'to-cases': 1 })
  expect(held(into)).toEqual({ 'from-cases': 1, 'with-department': 1 })
  expect([from.ledger.balances, into.ledger.balances]).toEqual([true, true])
  expect(from.passedOn).toMatchObject([{ how: 'split', case: THREE, items: [items[2]], document: '云纪并〔2026〕1号' }])
  expect(into.tookOver).toMatchObject([{ how: 'split', case: ONE, by: { who: `person/${LEADER}` } }])
  const card = (await server.as(OFFICER, { url: `/api/items/${items[2]}` })).json<ItemCard>()
  expect(card).toMatchObject({ case: THREE, ordinal: 1, casesBefore: [{ how: 'split', case: ONE, ordinal: 3 }] })
})

it('no case is merged away while what another organ handed in to it waits to be accepted', async () => {
  const listed = await does(OFFICER, {
    ...{ type: 'custody.list-inbound', case: ONE, organ: '某市公安局', number: '移1', day: '2026-03-01' },
    ...{ bringer: { name: '刘洋', post: '民警' }, lines: [{ name: '手机', quantity: '1', unit: '部' }] },
  })
  const inbound = String(listed['inbound'])
  const merging = { command: 'merge-cases', case: ONE, into: TWO }
  const refused = await ask(merging)
  expect([refused.statusCode, refused.json()]).toMatchObject([
    409,
    { code: 'custody.inbound-waits', values: { lists: '移1' } },
  ])
  const gone = { line: 1, verdict: 'SHORT', quantity: '0' }
  await does(OFFICER, { type: 'custody.check-inbound', inbound, lines: [gone] })
  await does(OFFICER, {
    ...{ type: 'custody.settle-inbound', inbound, line: 1, how: 'SENT_BACK', note: '未随案移交' },
    bringer: { name: '刘洋', post: '民警' },
  })
  await does(OFFICER, { type: 'custody.accept-inbound', inbound, items: [], signed })
})

it('a merger takes the rest; the merged case keeps its account, takes nothing new, and says where things are', async () => {
  server.setNow('2026-03-02T01:10:00.000Z')
  await carriesOut({ command: 'merge-cases', case: ONE, into: TWO })
  const [from, into] = [await look(ONE), await look(TWO)]
  expect(from).toMatchObject({ status: 'MERGED', items: [], passedOn: [{ how: 'split' }, { how: 'merge', case: TWO }] })
  expect(held(from)).toEqual({ taken: 3, 'to-cases': 3 })
  expect(into.items.map(({ code, ordinal }) => [code, ordinal])).toEqual([
    [expect.any(String), 1],
    [items[0], 2],
    [items[1], 3],
  ])
  const register = await server.as(OFFICER, {
    ...{ method: 'POST', url: `${url(ONE)}/items` },
    payload: { items: [general], ...taking },
  })
  expect(register.json()).toMatchObject({ code: 'custody.case-merged' })
  expect(register.json<{ detail: string }>().detail).toContain(TWO)
  const issue = {
    ...{ type: 'custody.issue-paper', paper: 'approach', of: ONE },
    said: { when: '上午，电话', who: '某甲', post: '某局科长', what: '打听案情' },
  }
  await expect(does(OFFICER, issue)).rejects.toMatchObject({ code: 'custody.case-merged' })
  await expect(does(OFFICER, { ...issue, of: TWO })).resolves.toMatchObject({ paper: expect.any(String) })
})

it('as it stood before, the items are where they were then', async () => {
  const { at } = (await look(ONE)).passedOn[0] ?? { at: '' }
  const earlier = new Date(Date.parse(at) - 1).toISOString()
  const answer = await server.as(OFFICER, { url: `${url(ONE)}/as-of?at=${encodeURIComponent(earlier)}` })
  const then = answer.json<CaseAsOf>()
  expect([then.items.map(({ code }) => code), then.ledger.balances]).toEqual([items, true])
  const now = (
    await server.as(OFFICER, { url: `${url(ONE)}/as-of?at=${encodeURIComponent('2027-01-01T00:00:00.000Z')}` })
  ).json<CaseAsOf>()
  expect([now.items, now.ledger.balances]).toEqual([[], true])
})

it('nobody of the department grants it, and every table equals a replay', async () => {
  const asked = (await ask({ command: 'merge-cases', case: THREE, into: TWO })).json<{ id: string }>()
  const granted = await server.as(HEAD, { method: 'POST', url: `/api/approvals/${asked.id}/grant`, payload: {} })
  expect(granted.statusCode).toBe(403)
  const { modules, keys, database } = server
  const { key, installation } = keys
  const found = await verifyStore({
    ...{ db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation },
  })
  expect(found.faults).toEqual([])
})
