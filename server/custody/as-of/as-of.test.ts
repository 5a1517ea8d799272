import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testServer, type TestServer } from '../../testing.ts'
import { asOfRoutes } from './as-of-routes.ts'
import type { CaseAsOf, ItemAsOf, ItemChain, StoreAsOf } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '历史案'
const OFFICER = 'zhang-wei'
const day = (of: number, hour = 2): string => `2026-03-${String(of).padStart(2, '0')}T0${hour}:00:00.000Z`

let server: TestServer
let codes: string[] = []
let shelf = ''
let causes = 0

/** One act, written down at `recorded`, of what happened at `at`. */
async function does(
  person: string,
  command: { type: string } & Record<string, unknown>,
  { at, recorded = at, with: signers = [] }: { at: string; recorded?: string; with?: readonly string[] },
) {
  server.setNow(recorded)
  return server.deps.act({ person, with: signers }, command, { cause: `c${(causes += 1)}`, at })
}
async function get<T>(person: string, url: string): Promise<T> {
  const answer = await server.as(person, { url })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<T>()
}
const ofCase = (at: string, by = 'event') =>
  get<CaseAsOf>(OFFICER, `/api/cases/${encodeURIComponent(CASE)}/as-of?at=${at}&by=${by}`)

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(asOfRoutes, deps)
    },
  })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  await does(OFFICER, { type: 'custody.open-case', ...open }, { at: day(2) })
  const register = { type: 'custody.register', case: CASE, items: [general, general], ...taking }
  const { result } = await does(OFFICER, register, { at: day(3) })
  codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  await does(
    OFFICER,
    { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) },
    { at: day(3, 3) },
  )
  const place = {
    type: 'custody.add-location',
    store: 'store-1',
    name: '一号架',
    storageClass: 'ordinary',
    capacity: 9,
  }
  shelf = String((await does('chen-jing', place, { at: day(3, 4) })).result['code'])
  await onFilm(server.deps, codes)
  await does(OFFICER, { type: 'custody.hand-over', items: codes, store: 'store-1' }, { at: day(4) })
  const enter = (item: string | undefined) => ({ type: 'custody.check-in', items: [item], location: shelf })
  await does('chen-jing', enter(codes[0]), { at: day(5), with: [OFFICER] })
  // Taken in while the line was down, and written down two days later.
  await does('chen-jing', enter(codes[1]), { at: day(6), recorded: day(8), with: [OFFICER] })
})
afterAll(() => server.close())

describe('as it stood at a moment', () => {
  it('a case has what was registered by then, where it was, and an account that balances', async () => {
    expect(await ofCase(day(2))).toMatchObject({ items: [], late: 0, ledger: { accounts: [], balances: true } })
    expect(await ofCase(day(3, 5))).toMatchObject({
      items: [
        { ordinal: 1, custody: { value: 'WITH_CASE_DEPT' }, holder: { who: 'unit/dept-1' }, location: null },
        { ordinal: 2, custody: { value: 'WITH_CASE_DEPT' } },
      ],
      ledger: {
        accounts: [
          { account: 'taken', pieces: 2 },
          { account: 'with-department', pieces: 2 },
        ],
        balances: true,
      },
    })
    expect(await ofCase(day(5))).toMatchObject({
      items: [
        { custody: { value: 'IN_STORE' }, holder: { who: 'store/store-1' }, location: { code: shelf, name: '一号架' } },
        { custody: { value: 'PENDING_HANDOVER' }, holder: { who: 'unit/dept-1' } },
      ],
      ledger: {
        accounts: [
          { account: 'taken', pieces: 2 },
          { account: 'pending', pieces: 1 },
          { account: 'in-store', pieces: 1 },
        ],
        balances: true,
      },
    })
  })

  it('what had happened and what had been written down are two things, and the difference is said', async () => {
    const happened = await ofCase(day(7))
    expect(happened.items.map(({ custody }) => custody.value)).toEqual(['IN_STORE', 'IN_STORE'])
    expect(happened.late).toBeGreaterThan(0)
    const known = await ofCase(day(7), 'recorded')
    expect(known.items.map(({ custody }) => custody.value)).toEqual(['IN_STORE', 'PENDING_HANDOVER'])
    expect((await ofCase(day(8), 'recorded')).items.map(({ custody }) => custody.value)).toEqual([
      'IN_STORE',
      'IN_STORE',
    ])
    expect((await ofCase(day(8))).late).toBe(0)
  })

  it('an item is nothing before it was registered', async () => {
    const of = (at: string) => get<ItemAsOf>(OFFICER, `/api/items/${codes[0]}/as-of?at=${at}`)
    expect(await of(day(2))).toMatchObject({ item: null })
    expect(await of(day(4))).toMatchObject({ item: { code: codes[0], custody: { value: 'PENDING_HANDOVER' } } })
  })

  it('says what stood about an item beside its states: a complaint, what it came of and what came of it', async () => {
    const three = { ...general, quantity: 3 }
    const { result } = await does(
      OFFICER,
      { type: 'custody.register', case: CASE, items: [three], ...taking },
      { at: day(9) },
    )
    const [whole = ''] = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
    const complains = { type: 'custody.complain', items: [codes[0]], ground: 'unrelated', note: '与案件无关' }
    await does('zhou-ping', complains, { at: day(10) })
    const parts = [{ quantity: 1 }, { quantity: 2 }]
    const splits = { type: 'custody.split', items: [{ item: whole, parts }], reason: '分别送检' }
    await does(OFFICER, splits, { at: day(11), with: ['li-na'] })
    const of = async (code: string | undefined, at: string) =>
      (await get<ItemAsOf>(OFFICER, `/api/items/${code}/as-of?at=${at}`)).item
    expect(await of(codes[0], day(9))).toMatchObject({ complaint: null, keptOpen: null })
    expect(await of(codes[0], day(10))).toMatchObject({ complaint: 'open' })
    const { entries } = await get<ItemChain>(OFFICER, `/api/items/${codes[0]}/chain`)
    expect(entries.at(-1)?.done?.zh).toBe('对无关财物采取措施')
    expect(await of(whole, day(10))).toMatchObject({ origin: null, succeeded: null })
    const split = await of(whole, day(11))
    expect(split).toMatchObject({ succeeded: { how: 'split' }, disposition: { value: 'REPLACED' } })
    const [part] = split?.succeeded?.into ?? []
    expect(await of(part, day(11))).toMatchObject({ origin: { how: 'split', from: [whole], at: day(11) } })
  })

  it('a store held what its intervals say, a page at a time', async () => {
    const of = (at: string, query = '') => get<StoreAsOf>('chen-jing', `/api/stores/store-1/as-of?at=${at}${query}`)
    expect(await of(day(4))).toMatchObject({ items: [], keeper: null, after: null })
    expect((await of(day(5))).items.map(({ code }) => code)).toEqual([codes[0]])
    const first = await of(day(7), '&limit=1')
    const second = await of(day(7), `&limit=1&after=${first.after}`)
    expect([...first.items, ...second.items].map(({ code }) => code)).toEqual([...codes].sort())
    expect((await server.as('wu-xia', { url: `/api/stores/store-1/as-of?at=${day(5)}` })).statusCode).toBe(403)
  })
})
