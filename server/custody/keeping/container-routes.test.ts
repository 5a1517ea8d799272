import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { custodyDeeds } from '../module.ts'
import { containerRoutes } from './container-routes.ts'
import { drawCode } from '../papers/paper.ts'
import type { Found, ItemCard, ItemSummary, OpenedContainer, ShownContainer, ShownLocation } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '云纪立〔2026〕31号'
const [OFFICER, CUSTODIAN] = ['zhang-wei', 'chen-jing'] as const

let server: TestServer
let shelf = ''
let other = ''
let box = ''
let codes: string[] = []
let causes = 0

const does = (person: string, command: { type: string }, signers: readonly string[] = []) =>
  server.deps.act({ person, with: signers }, command, { cause: `c${(causes += 1)}` })
const post = (person: string, url: string, payload: object) => server.as(person, { method: 'POST', url, payload })
const refusal = async (person: string, url: string, payload: object): Promise<string> =>
  (await post(person, url, payload)).json<{ code: string }>().code
const opened = async (): Promise<OpenedContainer> =>
  (await server.as(CUSTODIAN, { url: `/api/containers/${box}` })).json<OpenedContainer>()

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(containerRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  await does(OFFICER, { type: 'custody.open-case', ...open } as { type: string })
  const { result } = await does(OFFICER, {
    ...{ type: 'custody.register', case: CASE, items: [general, general, general], ...taking },
  } as { type: string })
  codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  for (const item of codes)
    await does(OFFICER, { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] } as { type: string })
  const place = { store: 'store-1', storageClass: 'ordinary', capacity: 9 }
  const add = async (name: string): Promise<string> =>
    String((await does(CUSTODIAN, { type: 'custody.add-location', ...place, name } as { type: string })).result['code'])
  shelf = await add('一号架')
  other = await add('二号架')
  await onFilm(server.deps, codes)
  await does(OFFICER, { type: 'custody.hand-over', items: codes, store: 'store-1' } as { type: string })
})
afterAll(() => server.close())

describe('a box', () => {
  it('is added at a shelf by the custodian of its store, and by nobody else', async () => {
    const body = { name: '证物箱一', location: shelf, capacity: 2 }
    expect(await refusal(OFFICER, '/api/stores/store-1/containers', body)).toBe('access.no-post')
    const answer = await post(CUSTODIAN, '/api/stores/store-1/containers', body)
    expect(answer.statusCode).toBe(201)
    box = answer.json<{ code: string }>().code
    expect(await opened()).toMatchObject({ name: '证物箱一', holds: 0, location: { name: '一号架' }, items: [] })
  })

  it('takes items at their check-in and by a move, as many as it holds', async () => {
    const signatures = [signatureOf(OFFICER)]
    const taken = await post(CUSTODIAN, '/api/custody/check-in', {
      items: codes.slice(0, 2),
      location: box,
      signatures,
    })
    expect(taken.statusCode).toBe(200)
    const url = '/api/custody/check-in'
    expect(await refusal(CUSTODIAN, url, { items: codes.slice(2), location: box, signatures })).toBe(
      'custody.container-full',
    )
    expect((await post(CUSTODIAN, url, { items: codes.slice(2), location: shelf, signatures })).statusCode).toBe(200)
    expect((await opened()).items.map(({ code }) => code)).toEqual(codes.slice(0, 2).toSorted())
    const card = (await server.as(CUSTODIAN, { url: `/api/items/${codes[0]}` })).json<ItemCard>()
    expect(card).toMatchObject({ location: { name: '一号架' }, container: { code: box, name: '证物箱一' } })
  })

  it('is carried with what it holds in one act', async () => {
    const answer = await post(CUSTODIAN, `/api/containers/${box}/move`, { location: other })
    expect(answer.json<{ facts: { type: string }[] }>().facts.map(({ type }) => type)).toEqual([
      'custody.container-moved',
      'custody.moved',
      'custody.moved',
    ])
    const found = await server.deps.db.selectFrom('items').select(['location', 'container']).execute()
    expect(found.filter(({ container }) => container === box).map(({ location }) => location)).toEqual([other, other])
    expect((await opened()).location.name).toBe('二号架')
  })

  it('is sealed and opened with the badge and PIN of a second custodian', async () => {
    const url = `/api/containers/${box}`
    expect(await refusal(CUSTODIAN, `${url}/seal`, { number: 'X-31' })).toBe('custody.container-keepers')
    const second = server.deps.db.selectFrom('appointments').select('person').where('post', '=', 'custodian')
    const people = await second.where('place', '=', 'store-1').where('to_at', 'is', null).execute()
    const keeper = people.map(({ person }) => person).find((person) => person !== CUSTODIAN) ?? ''
    const signatures = [signatureOf(keeper)]
    expect((await post(CUSTODIAN, `${url}/seal`, { number: 'X-31', signatures })).statusCode).toBe(200)
    expect((await opened()).seal?.number).toBe('X-31')
    const move = { items: codes.slice(0, 1), location: shelf }
    expect(await refusal(CUSTODIAN, '/api/custody/move', move)).toBe('custody.container-sealed')
    // What seals an item is never a number that a box wears or wore.
    const item = { ...general, category: 'valuables', features: '足金', weight_mg: 1_000 }
    const seal = { number: 'X-31', signers: [OFFICER, 'li-na'] }
    expect(
      await refusal(OFFICER, `/api/cases/${encodeURIComponent(CASE)}/items`, { items: [{ ...item, seal }], ...taking }),
    ).toBe('custody.seal-taken')
    expect((await post(CUSTODIAN, `${url}/open`, { reason: '取件', signatures })).statusCode).toBe(200)
    expect((await post(CUSTODIAN, '/api/custody/move', move)).statusCode).toBe(200)
    expect((await opened()).holds).toBe(1)
  })

  it('is listed page by page, for the store alone', async () => {
    const more = { name: '证物箱二', location: shelf, capacity: 5 }
    await post(CUSTODIAN, '/api/stores/store-1/containers', more)
    const page = async (query: string) =>
      (await server.as(CUSTODIAN, { url: `/api/stores/store-1/containers?limit=1${query}` })).json<{
        containers: ShownContainer[]
        after: string | null
      }>()
    const first = await page('')
    const second = await page(`&after=${first.after}`)
    expect([...first.containers, ...second.containers].map(({ name }) => name).toSorted()).toEqual([
      '证物箱一',
      '证物箱二',
    ])
    expect((await server.as(OFFICER, { url: '/api/stores/store-1/containers' })).statusCode).toBe(403)
  })

  it('and its shelf show what lies there', async () => {
    const { locations } = (await server.as(CUSTODIAN, { url: '/api/stores/store-1/locations' })).json<{
      locations: ShownLocation[]
    }>()
    expect(locations.map(({ name, occupied, containers, frozen }) => [name, occupied, containers, frozen])).toEqual([
      ['一号架', 2, 1, 0],
      ['二号架', 1, 1, 0],
    ])
    const lying = async (location: string, query = '') =>
      (await server.as(CUSTODIAN, { url: `/api/locations/${location}/items${query}` })).json<{
        items: ItemSummary[]
        after: string | null
      }>()
    expect((await lying(other)).items).toMatchObject([{ container: box, location: other }])
    const found = (await server.as(CUSTODIAN, { url: `/api/search?q=${box}` })).json<Found>()
    expect(found).toMatchObject({ items: [{ container: box }], places: [{ code: other }] })
    const first = await lying(shelf, '?limit=1')
    const rest = await lying(shelf, `?limit=1&after=${first.after}`)
    expect([...first.items, ...rest.items].map(({ container }) => container)).toEqual([null, null])
  })

  it('tells page by page what lies in it, to each what he may know of', async () => {
    const [first = '', second = ''] = codes.slice(0, 2).toSorted()
    await post(CUSTODIAN, '/api/custody/move', { items: [codes[0]], location: box })
    const lying = async (person: string, query = '') =>
      (await server.as(person, { url: `/api/containers/${box}/items${query}` })).json<{
        items: ItemSummary[]
        after: string | null
      }>()
    const one = await lying(OFFICER, '?limit=1')
    expect(one).toMatchObject({ items: [{ code: first, container: box }], after: first })
    expect(await lying(OFFICER, `?limit=1&after=${one.after}`)).toMatchObject({ items: [{ code: second }] })
    expect((await lying(CUSTODIAN)).items).toHaveLength(2)
    expect(await lying('wu-xia')).toEqual({ items: [], after: null })
    await post(CUSTODIAN, '/api/custody/move', { items: [codes[0]], location: shelf })
  })

  it('is lent whole and comes back whole, and a stranger learns nothing of either', async () => {
    const url = `/api/containers/${box}`
    const [first = '', second = '', third = ''] = codes
    await post(CUSTODIAN, '/api/custody/move', { items: [first], location: box })
    const dueAt = new Date(Date.parse(server.deps.now()) + 86_400_000).toISOString()
    const wanted = { command: 'borrow', items: [first], container: box, dueAt, purpose: 'COURT' }
    const asking = { deed: wanted, reason: '庭审' }
    const odd = async (items: readonly string[]) =>
      refusal(OFFICER, '/api/approvals', { ...asking, deed: { ...wanted, items } })
    // What lies in it is `second` and what was moved into it.
    expect(await odd([first])).toBe('custody.container-content')
    expect(await odd([first, third])).toBe('custody.container-content')
    const whole = { ...asking, deed: { ...wanted, items: [first, second] } }
    const asked = await post(OFFICER, '/api/approvals', whole)
    expect(asked.statusCode, asked.body).toBe(201)
    const { id: approval } = asked.json<{ id: string }>()
    expect((await post('qian-lei', `/api/approvals/${approval}/grant`, {})).statusCode).toBe(200)
    const signatures = [signatureOf(OFFICER)]
    const out = { items: [first, second], approval, container: box, signatures }
    const alone = { ...out, items: [first], container: undefined }
    expect(await refusal(CUSTODIAN, '/api/custody/borrow', alone)).toBe('custody.container-granted')
    const lent = await post(CUSTODIAN, '/api/custody/borrow', out)
    expect(lent.json<{ facts: { type: string }[] }>().facts.map(({ type }) => type)).toContain('custody.container-lent')
    expect(await opened()).toMatchObject({ holds: 0, lent: { borrower: { who: `person/${OFFICER}` }, items: 2 } })
    const { locations } = (await server.as(CUSTODIAN, { url: '/api/stores/store-1/locations' })).json<{
      locations: ShownLocation[]
    }>()
    expect(locations.find(({ code }) => code === other)?.containers).toBe(0)
    expect(await refusal(CUSTODIAN, `${url}/move`, { location: shelf })).toBe('custody.container-lent')
    expect(await refusal(OFFICER, `${url}/return`, { location: shelf })).toBe('access.no-post')
    expect(await refusal(CUSTODIAN, `${url}/return`, { location: shelf })).toBe('custody.signature-missing')
    expect((await post(CUSTODIAN, `${url}/return`, { location: other, signatures })).statusCode).toBe(200)
    expect(await opened()).toMatchObject({ holds: 0, lent: null, location: { name: '二号架' } })
    const back = [first, second].map((item) => ({ item, location: item === second ? box : shelf, condition: 'same' }))
    expect((await post(CUSTODIAN, '/api/custody/give-back', { items: back, signatures })).statusCode).toBe(200)
    expect((await opened()).items.map(({ code }) => code)).toEqual([second])
  })

  it('has a label of its own', async () => {
    const wanted = { codes: [box], template: 'container-label', station: 'bench-1' }
    expect(await refusal(CUSTODIAN, '/api/labels', { ...wanted, template: 'location-label' })).toBe(
      'custody.template-kind',
    )
    expect((await post(CUSTODIAN, '/api/labels', wanted)).statusCode).toBe(202)
    for (const stock of ['100x60', '60x40'] as const)
      expect((await drawCode(server.deps.db, box, 1, stock)).title).toBe(`容器 ${box} 证物箱一`)
  })
})

it('a shelf says where it is, from the site to the slot, in one order whoever names it how', async () => {
  const url = '/api/stores/store-1/locations'
  const at = { slot: '2层', rack: '3架', room: '二室', site: '东院' }
  const shelfOf = { name: '东院 二室 3架 2层', storageClass: 'ordinary', capacity: 9, at }
  expect((await post(CUSTODIAN, url, shelfOf)).statusCode).toBe(201)
  const { locations } = (await server.as(CUSTODIAN, { url })).json<{ locations: ShownLocation[] }>()
  expect(locations.find(({ name }) => name === shelfOf.name)?.at).toEqual(at)
  expect(locations.find(({ code }) => code === shelf)?.at).toBeNull()
})

it('replaying the registers gives the same tables', async () => {
  const { key, installation } = server.keys
  const report = await verifyStore({
    db: server.database.ownerDb,
    modules: server.modules,
    folder: checkpointFolderOf(server.keys),
    ...{ key, installation },
  })
  expect(report.faults).toEqual([])
})
