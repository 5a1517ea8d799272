import { afterAll, beforeAll, expect, it } from 'vitest'
import { approvalRoutes } from '../../approvals/routes.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { saidOfPresent } from '../../org/presences.ts'
import { SYSTEM } from '../../module.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { disposalRoutes } from './routes.ts'
import { custodyDeeds } from '../module.ts'
import type { CaseAccount, DisposalPage, ItemCard, ItemChain, ShownDisposal } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { sale, sellingEarly } from './testing.ts'
import { disposalTypes } from './types.ts'
import { onFilm } from '../testing-film.ts'
import { withLeave } from '../testing-leave.ts'

const CASE = '变卖案'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let code: string

async function answer<T>(person: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  const got = await server.as(person, { method, url, ...(payload === undefined ? {} : { payload }) })
  expect(got.statusCode, got.body).toBeLessThan(300)
  return got.json<T>()
}
const get = <T>(person: string, url: string): Promise<T> => answer<T>(person, 'GET', url)
const post = <T>(person: string, url: string, payload: object): Promise<T> => answer<T>(person, 'POST', url, payload)

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(disposalRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  const appointed = { type: 'org.appoint', person: 'wu-xia', post: 'officer', place: 'dept-1' }
  await server.deps.act({ person: SYSTEM }, appointed, { cause: 'officer', at: new Date(clock).toISOString() })
  const officers = ['zhang-wei', 'li-na', 'wu-xia']
  await post('zhang-wei', '/api/cases', {
    ...{ number: CASE, title: '某某案', track: 'SUPERVISION', unit: 'dept-1', officers },
  })
  const { items } = await post<{ items: { code: string }[] }>(
    'zhang-wei',
    `/api/cases/${encodeURIComponent(CASE)}/items`,
    { ...taking, items: [general] },
  )
  code = items[0]?.code ?? ''
  const photo = { type: 'custody.add-photo', items: [{ item: code, photos: [PHOTO] }] }
  await server.deps.act({ person: 'zhang-wei' }, photo, {
    cause: 'photo',
    at: new Date((clock += 1_000)).toISOString(),
  })
  const shelf = { name: '一号架', storageClass: 'ordinary', capacity: 9 }
  const { code: location } = await post<{ code: string }>('chen-jing', '/api/stores/store-1/locations', shelf)
  await onFilm(server.deps, [code])
  await withLeave(server.deps, [code])
  await post('zhang-wei', '/api/custody/hand-over', { items: [code], store: 'store-1' })
  await post('chen-jing', '/api/custody/check-in', {
    ...{ items: [code], location, signatures: [signatureOf('zhang-wei')] },
  })
})
afterAll(() => server.close())

it('goods are sold before the decision: two levels, finance, the money in the account of the case, its paper F-15', async () => {
  const proposal = { items: [code], suspectedCrime: true, ...sellingEarly }
  const { disposal, approval } = await post<{ disposal: string; approval: string }>(
    'zhang-wei',
    '/api/custody/propose-disposal',
    proposal,
  )
  await post('qian-lei', `/api/approvals/${approval}/grant`, {})
  const { waiting } = await get<ShownDisposal>('zhang-wei', `/api/disposals/${disposal}`)
  await post('sun-bo', `/api/approvals/${waiting}/grant`, {})
  const acted = await post<{ proceeds: string }>('chen-jing', '/api/custody/dispose', {
    ...{ items: [code], sale, signatures: [signatureOf('guo-tao')] },
  })
  const shown = await get<ShownDisposal>('zhang-wei', `/api/disposals/${disposal}`)
  expect(shown).toMatchObject({
    ...{ status: 'done', sale: { estimate_fen: 500_000, holderOpinion: '同意变卖' } },
    acts: [
      { document: sale.contract, sale: { price_fen: 480_000, proceeds: acted.proceeds, below: sale.belowReason } },
    ],
  })
  expect(await get<ItemCard>('zhang-wei', `/api/items/${acted.proceeds}`)).toMatchObject({
    ...{ custodyStatus: { value: 'DEPOSITED' }, cash: null, proceeds: { amount_fen: 480_000 } },
    origin: { how: 'sale', from: [{ code }] },
  })
  expect(await get<ItemCard>('zhang-wei', `/api/items/${code}`)).toMatchObject({
    ...{ dispositionStatus: { value: 'DONE_SOLD' }, soldFor: { code: acted.proceeds } },
  })
  const { entries } = await get<ItemChain>('zhang-wei', `/api/items/${code}/chain`)
  expect(entries.flatMap(({ done }) => done?.zh ?? [])).toEqual([disposalTypes.SELL.name.zh])
  // No measure took the money: it wants no film, and nobody says what it proves.
  const { unfilmed, withoutRelevance } = await get<CaseAccount>('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}`)
  expect([unfilmed.none, withoutRelevance]).toEqual([[], []])
  expect(await get<ItemChain>('zhang-wei', `/api/items/${acted.proceeds}/chain`)).toMatchObject({ intact: true })
  // The money names whoever the thing was taken from: what is to be erased is found by either.
  const said = await saidOfPresent(server.deps.db, [code, acted.proceeds], ['holder'])
  expect(said.get(code)?.sealed.length).toBeGreaterThan(0)
  expect(said.get(acted.proceeds)?.sealed).toEqual(said.get(code)?.sealed)
  const account = await get<CaseAccount>('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}`)
  expect(account.ledger.accounts).toMatchObject([
    { account: 'taken', pieces: 1, fen: 0 },
    { account: 'proceeds', pieces: 1, fen: 480_000 },
    { account: 'deposited', pieces: 1, fen: 480_000 },
    { account: 'sold', pieces: 1, fen: 0 },
  ])
  // Money in an account lies in no store.
  expect(account.balance).toMatchObject({ taken: 2, inStore: 0, deposited: 1, out: 1, balances: true })
  const paper = await server.as('zhang-wei', { method: 'GET', url: `/api/disposals/${disposal}/approval.pdf` })
  expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  const { modules, keys } = server
  const { key, installation } = keys
  const folder = checkpointFolderOf(keys)
  const found = await verifyStore({ db: server.database.ownerDb, modules, folder, key, installation })
  expect(found.faults).toEqual([])
})

it('what no store keeps is not carried out by who proposed it, whose page says why and who may; what is done is told as done', async () => {
  const { soldFor } = await get<ItemCard>('zhang-wei', `/api/items/${code}`)
  const items = [soldFor?.code ?? '']
  const { disposal, approval } = await post<{ disposal: string; approval: string }>(
    'zhang-wei',
    '/api/custody/propose-disposal',
    {
      ...{ items, way: 'TRANSFER', destination: 'procuratorate', reviewUnit: 'dept-2' },
      ...{ suspectedCrime: true, opinion: '查明' },
    },
  )
  await post('he-fang', `/api/approvals/${approval}/grant`, {})
  const { waiting } = await get<ShownDisposal>('zhang-wei', `/api/disposals/${disposal}`)
  await post('sun-bo', `/api/approvals/${waiting}/grant`, {})
  expect(await get<DisposalPage>('zhang-wei', `/api/disposals/${disposal}`)).toMatchObject({
    yours: [],
    barred: {
      code: 'custody.same-person',
      detail: { zh: '张伟 已作为申请人参与此事，不得再经办' },
      remedy: { zh: '由本案其他承办人员执行' },
    },
  })
  expect(await get<DisposalPage>('li-na', `/api/disposals/${disposal}`)).toMatchObject({ yours: items, barred: null })
  const receiver = { relation: 'organ', name: '接收人甲', identity: '工作证 1', authorisation: '证 7', signed: true }
  const transfer = {
    ...{ organ: '检察院', receipt: '回执 1', receiver, listOnly: false },
    attachments: ['list', 'photos', 'sealing', 'place'],
  }
  const act = { items, transfer, signatures: [signatureOf('wu-xia')] }
  await post('li-na', '/api/custody/dispose', act)
  server.setNow(new Date((clock += 1_000)).toISOString())
  const again = await server.as('li-na', { method: 'POST', url: '/api/custody/dispose', payload: act })
  expect([again.statusCode, again.json()]).toMatchObject([
    409,
    {
      code: 'custody.disposal-order',
      detail: expect.stringMatching(/^\S+ 的处置状态为“已随案移送”，已于 2026-03-02 \d\d:\d\d 按处置审批单 \S+ 执行$/),
      remedy: `无须再办；执行情况见处置审批单 ${disposal}`,
    },
  ])
  expect(await get<DisposalPage>('zhang-wei', `/api/disposals/${disposal}`)).toMatchObject({ barred: null })
})
