import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testServer, type TestServer } from '../../testing.ts'
import { asOfRoutes } from '../as-of/as-of-routes.ts'
import { paperRoutes } from '../papers/paper-routes.ts'
import type { ItemCard } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { cash, taking } from '../testing.ts'
import { filesFolder, openFiles } from '../../files/files.ts'

const CASE = '云监立〔2026〕88号'
/** Figures that nothing else in the store has: pieces, sum in fen and in yuan, a serial number. Hashes may hold any digits. */
const FIRST = { lines: [{ face_minor: 10_000, bundles: 73, loose: 91 }], serials: ['ZX98765432'] }
const TELLTALE = /(?<![0-9a-f-])(73910000|739100|739,100)(?![0-9a-f-])|"pieces":7391|ZX98765432|"(bundles|loose)"/
let server: TestServer
let code = ''

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(custodyRoutes, deps)
      await app.register(asOfRoutes, deps)
      await app.register(paperRoutes, { ...deps, files })
    },
  })
  const officers = ['zhang-wei', 'li-na']
  await write('zhang-wei', '/api/cases', {
    number: CASE,
    title: '某案',
    track: 'SUPERVISION',
    unit: 'dept-1',
    officers,
  })
  const made = await write('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}/items`, {
    ...{ items: [{ ...cash, seal: { number: 'F-100', signers: officers } }], ...taking },
  })
  code = (made as { items: { code: string }[] }).items[0]?.code ?? ''
})
afterAll(() => server.close())

async function write(person: string, url: string, payload: object): Promise<unknown> {
  const answer = await server.as(person, { method: 'POST', url, payload })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}

const counts = (person: string, figures: object) => write(person, `/api/items/${code}/cash-counts`, figures)
const card = async (person: string): Promise<ItemCard> =>
  (await server.as(person, { url: `/api/items/${code}` })).json<ItemCard>()

/** Every address that answers a `GET`, about this item, its case, its department and its registers. */
async function addresses(): Promise<string[]> {
  const { paths } = (await server.as('zhang-wei', { url: '/api/openapi.json' })).json<{
    paths: Record<string, { get?: unknown }>
  }>()
  const known: Readonly<Record<string, string>> = { number: encodeURIComponent(CASE), code, id: 'unit.dept-1' }
  return Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined ? [] : [path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? code)],
  )
}

it('while the second count is awaited nobody is answered what the first one was', async () => {
  expect(await counts('zhang-wei', FIRST)).toMatchObject({ outcome: 'open' })
  const urls = [
    ...(await addresses()),
    `/api/search?q=${code}`,
    `/api/cases/${encodeURIComponent(CASE)}/seizure-list.pdf?notice=${encodeURIComponent(taking.measure.noticeNumber)}`,
  ]
  expect(urls).toContain(`/api/items/${code}`)
  expect(urls).toContain(`/api/items/${code}/chain`)
  for (const person of ['li-na', 'zhang-wei']) {
    for (const url of urls) {
      const { body } = await server.as(person, { url })
      expect(url.includes('openapi') ? '' : body, `${person} ${url}`).not.toMatch(TELLTALE)
    }
  }
  expect((await card('li-na')).cash).toMatchObject({
    rounds: [{ outcome: 'open', counts: [{ by: { who: 'person/zhang-wei' }, figures: null }] }],
    ...{ agreed: null, awaited: true },
  })
})

it('what nobody has counted yet is no piece of anything, in lists, on the card and as things stood', async () => {
  const uncounted = { zh: '未清点', en: 'uncounted' }
  const read = async (url: string): Promise<object> => (await server.as('zhang-wei', { url })).json()
  const url = `/api/cases/${encodeURIComponent(CASE)}`
  expect(await read(url)).toMatchObject({ items: [{ code, quantityWords: uncounted }] })
  expect(await read(`${url}/as-of?at=2030-01-01T00:00:00.000Z`)).toMatchObject({
    items: [{ quantityWords: uncounted }],
  })
  expect(await card('li-na')).toMatchObject({ quantity: '1', quantityWords: uncounted })
})

it('no register, log or table tells of it but the sealed content itself', async () => {
  const { ownerDb } = server.database
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'personal'
  `.execute(ownerDb)
  expect(tables.length).toBeGreaterThan(10)
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(ownerDb)
    const telling = rows.filter(({ row }) => TELLTALE.test(row))
    expect(telling, name).toEqual([])
  }
})

it('the first counts once, and a second who finds otherwise is shown both', async () => {
  const again = await server.as('zhang-wei', { method: 'POST', url: `/api/items/${code}/cash-counts`, payload: FIRST })
  expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'custody.cash-same-counter'])
  expect(again.body).not.toMatch(TELLTALE)
  const second = { lines: [{ face_minor: 10_000, bundles: 73, loose: 90 }] }
  expect(await counts('li-na', second)).toMatchObject({ outcome: 'differs' })
  expect((await card('li-na')).cash?.rounds).toMatchObject([
    { outcome: 'differs', counts: [{ figures: { ...FIRST, amount_minor: 73_910_000 } }, { figures: second }] },
  ])
})
