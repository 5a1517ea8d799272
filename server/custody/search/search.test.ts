import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testServer, type TestServer } from '../../testing.ts'
import type { Found } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'

const CASE = '云纪立〔2026〕41号'
const OTHER = '云纪立〔2026〕42号'
const [OFFICER, STRANGER, CUSTODIAN] = ['zhang-wei', 'wang-qiang', 'chen-jing'] as const

let server: TestServer
let box = ''
let causes = 0

const does = async (person: string, command: { readonly type: string } & Readonly<Record<string, unknown>>) =>
  (await server.deps.act({ person }, command, { cause: `c${(causes += 1)}` })).result
const find = async (person: string, q: string): Promise<Found> =>
  (await server.as(person, { url: `/api/search?q=${encodeURIComponent(q)}` })).json<Found>()
const named = async (person: string, q: string): Promise<string[]> =>
  (await find(person, q)).items.map(({ name }) => name).toSorted()

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
    },
  })
  const open = (number: string) =>
    does(OFFICER, {
      ...{ type: 'custody.open-case', number, title: '某案', track: 'SUPERVISION' },
      ...{ unit: 'dept-1', officers: [OFFICER, 'li-na'] },
    })
  await open(CASE)
  await open(OTHER)
  const register = (number: string, ...names: readonly string[]) =>
    does(OFFICER, {
      ...{ type: 'custody.register', case: number, ...taking },
      items: names.map((name) => ({ ...general, name })),
    })
  await register(CASE, '荣耀手机', '手机壳', '100%纯棉衬衫', 'U盘')
  await register(OTHER, '苹果手机')
  const shelf = { store: 'store-1', storageClass: 'ordinary', capacity: 9 }
  const at = String((await does(CUSTODIAN, { type: 'custody.add-location', ...shelf, name: '三号架' }))['code'])
  box = String(
    (
      await does(CUSTODIAN, {
        ...{ type: 'custody.add-container', store: 'store-1', name: '证物箱', location: at, capacity: 5 },
      })
    )['code'],
  )
})
afterAll(() => server.close())

it('by part of a name, and by its initials in pinyin', async () => {
  for (const q of ['手机', 'sj', 'SJ']) expect(await named(OFFICER, q), q).toEqual(['手机壳', '苹果手机', '荣耀手机'])
  expect(await named(OFFICER, 'rysj')).toEqual(['荣耀手机'])
  expect(await named(OFFICER, 'xyz')).toEqual([])
})

it('in upper and lower case, and by part of a code', async () => {
  for (const q of ['U盘', 'u盘']) expect(await named(OFFICER, q), q).toEqual(['U盘'])
  const [{ code } = { code: '' }] = (await find(OFFICER, '荣耀手机')).items
  // The last figures and the check characters are one item's own.
  for (const q of [code.slice(4), code.slice(4).toLowerCase()]) expect(await named(OFFICER, q), q).toEqual(['荣耀手机'])
})

it('by several words: what has all of them', async () => {
  expect(await named(OFFICER, `sj ${OTHER}`)).toEqual(['苹果手机'])
  expect(await named(OFFICER, '  手机   荣耀 ')).toEqual(['荣耀手机'])
  expect(await named(OFFICER, '手机 金条')).toEqual([])
})

it('what a pattern would mean is taken as it is typed', async () => {
  expect(await named(OFFICER, '100%')).toEqual(['100%纯棉衬衫'])
  expect(await named(OFFICER, '手_')).toEqual([])
})

it('only what is in sight, by initials too', async () => {
  expect(await named(STRANGER, 'sj')).toEqual([])
  expect((await find(STRANGER, 'shj')).places).toEqual([])
  expect((await find(OFFICER, 'shj')).places).toEqual([])
})

it('by how the number of a recording begins, however many others begin so that one may not see', async () => {
  const { items } = await find(OFFICER, 'U盘')
  const video = { number: 'LX-0001', device: '执法仪', keptIn: '光盘柜', of: 'measure' } as const
  const endedAt = server.deps.now()
  const startedAt = new Date(Date.parse(endedAt) - 600_000).toISOString()
  await does(OFFICER, {
    type: 'custody.note-video',
    items: items.map(({ code }) => code),
    ...video,
    startedAt,
    endedAt,
  })
  await sql`
    insert into item_videos (item, number, started_at)
    select 'A' || nth, 'LX-0001', ${startedAt} from generate_series(1, 4000) as nth
  `.execute(server.database.ownerDb)
  expect(await named(OFFICER, 'lx-00')).toEqual(['U盘'])
  expect(await named(STRANGER, 'lx-00')).toEqual([])
})

it('a shelf by its initials, and by the box that stands on it, scanned or named', async () => {
  for (const q of ['shj', '三号', box, '证物箱'])
    expect(
      (await find(CUSTODIAN, q)).places.map(({ name }) => name),
      q,
    ).toEqual(['三号架'])
})
