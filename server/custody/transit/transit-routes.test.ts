import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { SYSTEM } from '../../module.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import type { ItemCard, ItemChain, OnTheRoad } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const [OFFICER, HERE, THERE] = ['zhang-wei', 'chen-jing', 'wu-xia'] as const
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let code = ''
let later = ''
let shelf = ''
let causes = 0

const does = (person: string, command: { type: string } & Record<string, unknown>, signers: readonly string[] = []) => {
  server.setNow(new Date((clock += 1_000)).toISOString())
  return server.deps.act({ person, with: signers }, command, { cause: `c${(causes += 1)}` })
}
const post = (person: string, url: string, payload: object) => {
  server.setNow(new Date((clock += 1_000)).toISOString())
  return server.as(person, { method: 'POST', url, payload })
}
const card = async (person: string) => (await server.as(person, { url: `/api/items/${code}` })).json<ItemCard>()

/** One of those on the road, and the cursor of those behind it. */
const roadAfter = async (after: string | null) => {
  const url = `/api/on-the-road?limit=1${after === null ? '' : `&after=${encodeURIComponent(after)}`}`
  return (await server.as(THERE, { url })).json<{ items: OnTheRoad[]; after: string | null }>()
}

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  await does(SYSTEM, { type: 'org.open-store', store: 'store-2', name: '二号库', unit: 'keeping' })
  await does(SYSTEM, { type: 'org.appoint', person: THERE, post: 'custodian', place: 'store-2' })
  const open = { number: '调拨案', title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  await does(OFFICER, { type: 'custody.open-case', ...open })
  const { result } = await does(OFFICER, {
    type: 'custody.register',
    case: '调拨案',
    items: [general, general],
    ...taking,
  })
  const codes = (result['items'] as unknown as { code: string }[]).map((made) => made.code)
  ;[code = '', later = ''] = codes
  await does(OFFICER, { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  const place = { type: 'custody.add-location', storageClass: 'ordinary', capacity: 9 }
  const first = String((await does(HERE, { ...place, store: 'store-1', name: '一号架' })).result['code'])
  shelf = String((await does(THERE, { ...place, store: 'store-2', name: '二库架' })).result['code'])
  await onFilm(server.deps, codes)
  await does(OFFICER, { type: 'custody.hand-over', items: codes, store: 'store-1' })
  await does(HERE, { type: 'custody.check-in', items: codes, location: first }, [OFFICER])
})
afterAll(() => server.close())

it('an item goes from one store to another by two signatures at each end, seen by whoever has to do with it', async () => {
  expect((await card(HERE)).transitAct).toBe('dispatch')
  const send = {
    ...{ items: [code], to: 'store-2', carrier: OFFICER, document: '调〔2026〕1号' },
    dueAt: new Date(clock + 86_400_000).toISOString(),
  }
  expect((await post(HERE, '/api/custody/dispatch', send)).json()).toMatchObject({ code: 'custody.carrier' })
  const sent = await post(HERE, '/api/custody/dispatch', { ...send, signatures: [signatureOf(OFFICER)] })
  expect(sent.statusCode, sent.body).toBe(200)
  expect(await card(THERE)).toMatchObject({
    ...{ custodyStatus: { value: 'IN_TRANSIT' }, holder: { who: `person/${OFFICER}` }, transitAct: 'arrive' },
    transit: { from: { who: 'store/store-1' }, to: { who: 'store/store-2' }, overdue: false },
  })
  const due = { dueAt: new Date(clock + 172_800_000).toISOString(), signatures: [signatureOf(OFFICER)] }
  expect((await post(HERE, '/api/custody/dispatch', { ...send, items: [later], ...due })).statusCode).toBe(200)
  const road = await roadAfter(null)
  expect(road.items).toMatchObject([
    { code, kind: 'transit', who: { who: `person/${OFFICER}` }, to: { who: 'store/store-2' }, overdue: false },
  ])
  const arrive = { items: [{ item: code, location: shelf, condition: 'same' }], signatures: [signatureOf(OFFICER)] }
  const arrived = await post(THERE, '/api/custody/arrive', arrive)
  expect(arrived.statusCode, arrived.body).toBe(200)
  expect(await card(THERE)).toMatchObject({
    ...{ custodyStatus: { value: 'IN_STORE' }, store: { id: 'store-2' }, location: { code: shelf }, transit: null },
  })
  // What came back meanwhile still says where the next page begins.
  expect(await roadAfter(road.after)).toMatchObject({ items: [{ code: later }] })
  const chain = (await server.as(THERE, { url: `/api/items/${code}/chain` })).json<ItemChain>()
  expect(chain).toMatchObject({
    intact: true,
    holders: [{}, {}, { who: `person/${OFFICER}` }, { who: 'store/store-2' }],
  })
  const { modules, keys } = server
  const { key, installation } = keys
  const folder = checkpointFolderOf(keys)
  const found = await verifyStore({ db: server.database.ownerDb, modules, folder, key, installation })
  expect(found.faults).toEqual([])
})
