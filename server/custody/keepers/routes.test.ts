import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { signatureOf, testServer, type TestServer, TEST_START } from '../../testing.ts'
import { keeperRoutes } from './routes.ts'
import type { ShownKeeping } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { stocktakeRoutes } from '../stocktake/routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const [OFFICER, LEAVES, TAKES, HEAD, SUPERVISOR] = [
  'zhang-wei',
  'chen-jing',
  'liu-yang',
  'guo-tao',
  'zhou-ping',
] as const
const KEEPING = '/api/stores/store-1/keeping'
const DAY_MS = 86_400_000

let server: TestServer
let shelf = ''
let codes: string[] = []
let clock = Date.parse(TEST_START)
let causes = 0

const tick = (ms = 1_000): void => {
  clock += ms
  server.setNow(new Date(clock).toISOString())
}
const does = (person: string, command: { type: string } & Record<string, unknown>, signers: readonly string[] = []) => {
  tick()
  return server.deps.act({ person, with: signers }, command, { cause: `c${(causes += 1)}` })
}
const post = (person: string, url: string, payload: object = {}) => {
  tick()
  return server.as(person, { method: 'POST', url, payload })
}
const done = async (person: string, url: string, payload: object = {}): Promise<void> => {
  const answer = await post(person, url, payload)
  expect(answer.statusCode, answer.body).toBeLessThan(300)
}
const keeping = async (): Promise<ShownKeeping> => (await server.as(HEAD, { url: KEEPING })).json<ShownKeeping>()

/** A count of the whole store by these people, each of whom walks its shelf, found as it should be and closed by two. */
async function countedBy(...counters: string[]): Promise<string> {
  const order = {
    store: 'store-1',
    scope: { kind: 'store' },
    counters,
    dueAt: new Date(clock + 7 * DAY_MS).toISOString(),
  }
  const answer = await post(HEAD, '/api/counts', order)
  expect(answer.statusCode, answer.body).toBe(201)
  const { code } = answer.json<{ code: string }>()
  const sights = codes.map((item) => ({ item, how: 'scanned' }))
  for (const counter of counters) await done(counter, `/api/counts/${code}/seen`, { location: shelf, sights })
  await done(counters[0] ?? '', `/api/counts/${code}/conclude`)
  await done(HEAD, `/api/counts/${code}/conclude`, { signatures: [signatureOf(counters[0] ?? '')] })
  return code
}
const handing = (stocktake: string, more: object = {}) => ({
  ...{ to: TAKES, stocktake, statement: '账物相符，钥匙二把、印章一枚一并移交' },
  signatures: [signatureOf(TAKES), signatureOf(SUPERVISOR)],
  ...more,
})
const refusal = async (person: string, body: object): Promise<string> =>
  (await post(person, KEEPING, body)).json<{ code: string }>().code

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(stocktakeRoutes, deps)
      await app.register(keeperRoutes, deps)
    },
  })
  const open = { number: '交接案', title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  await does(OFFICER, { type: 'custody.open-case', ...open })
  const { result } = await does(OFFICER, {
    ...{ type: 'custody.register', case: '交接案', items: [general, general], ...taking },
  })
  codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  await does(OFFICER, { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  const place = {
    type: 'custody.add-location',
    store: 'store-1',
    name: '一号架',
    storageClass: 'ordinary',
    capacity: 9,
  }
  shelf = String((await does(LEAVES, place)).result['code'])
  await onFilm(server.deps, codes)
  await does(OFFICER, { type: 'custody.hand-over', items: codes, store: 'store-1' })
  await does(LEAVES, { type: 'custody.check-in', items: codes, location: shelf }, [OFFICER])
})
afterAll(() => server.close())

describe('the post of a custodian', () => {
  it('is nobody’s by name until it is handed over', async () => {
    expect(await keeping()).toEqual({ store: 'store-1', keeper: null, since: null, handOvers: [] })
    expect((await server.as('wang-qiang', { url: KEEPING })).statusCode).toBe(403)
  })

  it('passes by both signatures, before a witness, after a joint count, from an entry of the register on', async () => {
    const alone = await countedBy(LEAVES)
    expect(await refusal(LEAVES, handing(alone))).toBe('custody.post-counted-alone')
    const together = await countedBy(LEAVES, TAKES)
    expect(await refusal(OFFICER, handing(together))).toBe('custody.not-your-store')
    expect(await refusal(LEAVES, handing(together, { to: LEAVES }))).toBe('custody.same-person')
    expect(await refusal(LEAVES, handing(together, { signatures: [signatureOf(SUPERVISOR)] }))).toBe(
      'custody.post-taker',
    )
    expect(await refusal(LEAVES, handing(together, { signatures: [signatureOf(TAKES)] }))).toBe('custody.post-witness')
    expect(await refusal(LEAVES, handing('D01260000999ZZ'))).toBe('custody.post-count')
    await done(LEAVES, KEEPING, handing(together))
    expect(await keeping()).toMatchObject({
      keeper: { who: `person/${TAKES}` },
      handOvers: [
        {
          ...{ from: { who: `person/${LEAVES}` }, witness: { who: `person/${SUPERVISOR}` }, stocktake: together },
          ...{ kept: { inStore: 2, lent: 0, atAppraisal: 0, unlocated: [] }, position: { register: 'store.store-1' } },
          statement: '账物相符，钥匙二把、印章一枚一并移交',
        },
      ],
    })
  })

  it('is handed on by whoever has it; a count of long ago is no basis', async () => {
    const count = await countedBy(LEAVES, TAKES)
    const back = { to: LEAVES, signatures: [signatureOf(LEAVES), signatureOf(SUPERVISOR)] }
    expect(await refusal(LEAVES, handing(count))).toBe('custody.not-the-keeper')
    tick(4 * DAY_MS)
    expect(await refusal(TAKES, handing(count, back))).toBe('custody.post-count')
    await done(TAKES, KEEPING, handing(await countedBy(LEAVES, TAKES), back))
    expect((await keeping()).handOvers.map(({ from, to }) => [from.who, to.who])).toEqual([
      [`person/${TAKES}`, `person/${LEAVES}`],
      [`person/${LEAVES}`, `person/${TAKES}`],
    ])
  })

  it('is handed over by the head where its holder keeps the store no more', async () => {
    const count = await countedBy(TAKES)
    await does('system', { type: 'org.end-appointment', person: LEAVES, post: 'custodian', place: 'store-1' })
    await done(HEAD, KEEPING, handing(count))
    expect((await keeping()).keeper?.who).toBe(`person/${TAKES}`)
  })

  it('has one holder at every instant since it was first handed over, and every register and table holds', async () => {
    const { db } = server.database
    const { rows } = await sql<{ person: string; from: string; to: string | null }>`
      select person, from_at::text as from, to_at::text as to from store_keepers where store = 'store-1' order by ordinal
    `.execute(db)
    expect(rows.map(({ person }) => person)).toEqual([TAKES, LEAVES, TAKES])
    for (const [index, { to }] of rows.entries()) expect(to).toBe(rows[index + 1]?.from ?? null)
    const twice = sql`
      insert into store_keepers (store, ordinal, person, from_at) values ('store-1', 9, 'x', now())
    `.execute(db)
    await expect(twice).rejects.toThrow('store_keepers')
    const { modules, keys } = server
    const { key, installation } = keys
    const folder = checkpointFolderOf(keys)
    const found = await verifyStore({ db: server.database.ownerDb, modules, folder, key, installation })
    expect(found.faults).toEqual([])
  })
})
