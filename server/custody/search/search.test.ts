import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plainNumber } from '../../ledger/marks.ts'
import { testServer, type TestServer } from '../../testing.ts'
import type { Found } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { cash, general, gold, taking } from '../testing.ts'
import { fillFound } from './fill.ts'

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
  const kind = { store: 'store-1', storageClass: 'ordinary', capacity: 9 }
  const shelf = String((await does(CUSTODIAN, { type: 'custody.add-location', ...kind, name: '三号架' }))['code'])
  box = String(
    (
      await does(CUSTODIAN, {
        ...{ type: 'custody.add-container', store: 'store-1', name: '证物箱', location: shelf, capacity: 5 },
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

it('by the number of a seal or of a notice, with or without what stands between its figures', async () => {
  const wax = { number: 'FT-2026/0091', signers: [OFFICER, 'li-na'] }
  await does(OFFICER, {
    ...{ type: 'custody.register', case: CASE, ...taking },
    measure: { ...taking.measure, noticeNumber: '云扣字〔2026〕77号' },
    items: [{ ...gold, name: '金条', seal: wax }],
  })
  for (const q of [
    'FT-2026/0091',
    'ft20260091',
    'FT-2026/00',
    '云扣字〔2026〕77号',
    '云扣字2026-77号',
    `${CASE} FT-2026`,
  ])
    expect(await named(OFFICER, q), q).toEqual(['金条'])
  for (const q of ['0091', '扣字〔2026〕77号', 'FT-2026/0092']) expect(await named(OFFICER, q), q).toEqual([])
  expect(await named(STRANGER, 'FT-2026/0091')).toEqual([])
})

const PLATE = '云A·J7K55'
const VIN = 'LSVAA49J132047371'

it('by a number that was sealed with the thing, as a whole, and by nobody who may not see it', async () => {
  const car = { category: 'vehicle', quantity: 1, unit: '辆', features: '黑色' }
  const disk = { category: 'digital-media', quantity: 1, unit: '块', features: '银色' }
  await does(OFFICER, {
    ...{ type: 'custody.register', case: CASE, ...taking },
    items: [
      { ...car, name: '轿车', details: { plate: PLATE, vin: VIN, keeping: 'STORE' } },
      {
        ...{
          ...disk,
          name: '硬盘',
          details: { model: 'ST2000', serialNumber: 'ZDH-1 KX 9', content: '备份', noHash: '损坏' },
        },
        seal: { number: 'FT-8', signers: [OFFICER, 'li-na'] },
      },
    ],
  })
  const numbers = { [PLATE]: '轿车', 云aj7k55: '轿车', [VIN]: '轿车', 'ZDH-1 KX 9': '硬盘', zdh1kx9: '硬盘' }
  for (const [q, name] of Object.entries(numbers)) {
    expect(await named(OFFICER, q), q).toEqual([name])
    expect(await named(STRANGER, q), q).toEqual([])
  }
  expect(await named(OFFICER, `轿 ${VIN}`)).toEqual(['轿车'])
  for (const q of ['J7K55', VIN.slice(0, -1), `手机 ${VIN}`]) expect(await named(OFFICER, q), q).toEqual([])
})

it('such a number stands nowhere in the database, neither as it was typed nor under a hash that anybody can reckon', async () => {
  const { rows } = await sql<{ text: string }>`
    select row_to_json(t)::text as text from item_words t union all select row_to_json(t)::text from item_numbers t
    union all select row_to_json(t)::text from item_sealed t union all select row_to_json(t)::text from personal_marks t
    union all select text from entries union all select row_to_json(t)::text from personal t
  `.execute(server.database.ownerDb)
  const all = rows.map(({ text }) => text).join('\n')
  const bare = createHash('sha256').update(VIN).digest('hex')
  for (const told of [VIN, PLATE, plainNumber(PLATE), bare]) expect(all).not.toContain(told)
  expect(all).toContain('mark')
})

it('by the number of a bank note once two people agree on it, and not before', async () => {
  await does(OFFICER, {
    ...{ type: 'custody.register', case: CASE, ...taking },
    items: [{ ...cash, seal: { number: 'FT-9', signers: [OFFICER, 'li-na'] } }],
  })
  const [{ code } = { code: '' }] = (await find(OFFICER, 'FT-9')).items
  const count = (person: string, serials: readonly string[]) =>
    does(person, {
      ...{ type: 'custody.count-cash', item: code, serials },
      lines: [{ face_minor: 10_000, bundles: 0, loose: 2 }],
    })
  await count(OFFICER, ['QX12345678', 'QX12345679'])
  for (const person of [OFFICER, 'li-na']) expect(await named(person, 'QX12345678')).toEqual([])
  await count('li-na', [])
  for (const q of ['QX12345678', 'qx 12345679']) expect(await named('li-na', q), q).toEqual(['现金'])
  expect(await named(STRANGER, 'QX12345678')).toEqual([])
})

it('what was registered before a search had tables of its own is put down at a start, and the tables are those of the register', async () => {
  const { ownerDb } = server.database
  for (const table of ['item_words', 'item_numbers', 'item_sealed', 'personal_marks'])
    await sql`delete from ${sql.table(table)}`.execute(ownerDb)
  expect(await named(OFFICER, '荣耀手机')).toEqual([])
  const { rows } = await sql<{ items: number }>`select count(*)::int as items from items`.execute(ownerDb)
  expect(await fillFound(server.deps.db, server.keys.content)).toBe(rows[0]?.items)
  expect(await fillFound(server.deps.db, server.keys.content)).toBe(0)
  const found = { 荣耀手机: '荣耀手机', rysj: '荣耀手机', [VIN]: '轿车', 'FT-2026/0091': '金条', QX12345678: '现金' }
  for (const [q, name] of Object.entries(found)) expect(await named(OFFICER, q), q).toEqual([name])
})
