import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import type { Found, ItemCard, ListSignatures, PaperSignatures } from '../protocol.ts'
import { entrySlipOf } from '../papers/list-paper.ts'
import { seizureListOf } from '../papers/paper.ts'
import { readCase, readList } from '../reads.ts'
import { custodyRoutes } from '../routes.ts'
import { rules } from '../rules.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { NAME_WRITTEN } from './testing-strokes.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '签名案'
const OFFICERS = ['zhang-wei', 'li-na'] as const
const NUMBER = 'LX-2026-0815'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let codes: string[]

const post = (person: string, url: string, payload: object) => {
  server.setNow(new Date((clock += 1_000)).toISOString())
  return server.as(person, { method: 'POST', url, payload })
}
const read = async <T>(url: string) => (await server.as(OFFICERS[0], { url })).json<T>()
const list = async () => {
  const of = await readCase(server.deps.db, CASE)
  if (of === null) throw new Error('the case is not there')
  const copy = { number: 1, of: 1, recipient: '附卷' }
  return seizureListOf(server.deps.db, of, taking.measure.noticeNumber, 'evidence', copy)
}

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: OFFICERS }
  expect((await post(OFFICERS[0], '/api/cases', open)).statusCode).toBe(201)
  const url = `/api/cases/${encodeURIComponent(CASE)}/items`
  const answer = await post(OFFICERS[0], url, { items: [general, general], ...taking })
  codes = answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code)
})
afterAll(() => server.close())

it('a list that was registered in several acts is signed in one', async () => {
  const number = '长清单案'
  const open = { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: OFFICERS }
  expect((await post(OFFICERS[0], '/api/cases', open)).statusCode).toBe(201)
  const url = `/api/cases/${encodeURIComponent(number)}/items`
  const most = rules.items_per_act.value
  const all: string[] = []
  for (const many of [most, 1]) {
    const answer = await post(OFFICERS[0], url, { items: Array.from({ length: many }, () => general), ...taking })
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(201)
    all.push(...answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code))
  }
  const sign = { items: all, as: 'holder', on: 'screen', strokes: NAME_WRITTEN }
  const signed = await post(OFFICERS[0], '/api/custody/sign', sign)
  expect(signed.statusCode, signed.body.slice(0, 300)).toBe(200)
  const { list: lines } = await read<ListSignatures>(`/api/items/${all.at(-1) ?? ''}/signatures`)
  expect(lines.map(({ awaits }) => awaits.includes('holder'))).toEqual(all.map(() => false))
}, 60_000)

it('what was drawn on the screen stands on the item, on the form of the list, and in no register; everything verifies', async () => {
  const [code = '', other = ''] = codes
  const sign = { items: [code], as: 'holder', on: 'screen', strokes: NAME_WRITTEN }
  expect((await post(OFFICERS[0], '/api/custody/sign', sign)).statusCode).toBe(200)
  expect((await post(OFFICERS[0], '/api/custody/sign', { ...sign, items: codes })).json()).toMatchObject({
    code: 'custody.already-signed',
  })
  expect((await list()).holder.drawn).toBeUndefined()
  expect((await post(OFFICERS[0], '/api/custody/sign', { ...sign, items: [other] })).statusCode).toBe(200)
  expect((await list()).holder.drawn).toEqual({ strokes: NAME_WRITTEN, day: '2026-03-02' })
  const shown = await read<ListSignatures>(`/api/items/${code}/signatures`)
  expect(shown).toMatchObject({
    signatures: [{ as: 'holder', person: null, strokes: NAME_WRITTEN, by: { who: `person/${OFFICERS[0]}` } }],
    ...{ awaited: ['witness', 'officer'], list: [{ code }, { code: other }] },
  })
  const video = {
    ...{ items: codes, of: 'measure', number: NUMBER, device: '执法仪3号', keptIn: '案管室' },
    ...{ startedAt: '2026-03-02T01:00:00.000Z', endedAt: '2026-03-02T02:00:01.000Z' },
  }
  const noted = await post(OFFICERS[1], '/api/custody/note-video', video)
  expect(noted.statusCode, noted.body).toBe(200)
  expect(await read<ItemCard>(`/api/items/${code}`)).toMatchObject({
    ...{ signed: 1, mayNoteVideo: true },
    videos: [{ number: NUMBER, by: { who: `person/${OFFICERS[1]}` } }],
  })
  expect((await list()).videos).toHaveLength(1)
  const found = await read<Found>(`/api/search?q=${NUMBER.toLowerCase().slice(0, 9)}`)
  expect(found.items.map((item) => item.code).toSorted()).toEqual(codes.toSorted())
  const { rows } = await sql`select from entries where text like '%"strokes":[%'`.execute(server.deps.db)
  expect(rows).toEqual([])
  const { modules, keys } = server
  const { key, installation } = keys
  const folder = checkpointFolderOf(keys)
  const proof = await verifyStore({ db: server.database.ownerDb, modules, folder, key, installation })
  expect(proof.faults).toEqual([])
})

it('both sides sign the hand-over: the officer himself, the custodian beside him with badge and PIN; the slip carries both', async () => {
  const keeper = 'chen-jing'
  for (const item of codes) {
    const photo = { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] }
    await server.deps.act({ person: OFFICERS[0] }, photo, { cause: `photo ${item}`, at: server.deps.now() })
  }
  const shelf = { name: '一号架', storageClass: 'ordinary', capacity: 9 }
  const { code: location } = (await post(keeper, '/api/stores/store-1/locations', shelf)).json<{ code: string }>()
  await onFilm(server.deps, codes)
  const handed = await post(OFFICERS[0], '/api/custody/hand-over', { items: codes, store: 'store-1' })
  const { list: paper } = handed.json<{ list: string }>()
  const of = `/api/lists/${paper}/signatures`
  expect((await read<PaperSignatures>(of)).places).toMatchObject([
    {
      as: 'giver',
      person: { who: `person/${OFFICERS[0]}` },
      signature: null,
      items: codes.map((code) => ({ code })),
      sign: 'here',
    },
  ])
  const signatures = [signatureOf(OFFICERS[0])]
  const taken = await post(keeper, '/api/custody/check-in', { items: codes, location, signatures })
  expect(taken.statusCode, taken.body).toBe(200)
  const drawn = { items: codes, on: 'screen', strokes: NAME_WRITTEN, paper }
  expect((await post(OFFICERS[1], '/api/custody/sign', { ...drawn, as: 'giver' })).json()).toMatchObject({
    code: 'custody.not-of-hand-over',
  })
  expect((await post(OFFICERS[0], '/api/custody/sign', { ...drawn, as: 'taker' })).json()).toMatchObject({
    code: 'custody.not-on-paper',
  })
  const asTaker = { ...drawn, as: 'taker', signatures: [signatureOf(keeper)] }
  const both = await post(OFFICERS[0], '/api/custody/sign', asTaker)
  expect(both.statusCode, both.body).toBe(200)
  // One item alone is not the whole of what passed.
  const one = { ...drawn, as: 'giver', items: codes.slice(0, 1) }
  expect((await post(OFFICERS[0], '/api/custody/sign', one)).statusCode).toBe(200)
  const slip = async () => {
    const found = await readList(server.deps.db, paper)
    if (found === null) throw new Error('the list is not there')
    return entrySlipOf(server.deps.db, found, { number: 1, of: 3, recipient: '附卷' })
  }
  expect((await slip()).givers[0]?.drawn).toBeUndefined()
  expect((await slip()).receivers[0]?.drawn).toEqual({ strokes: NAME_WRITTEN, day: '2026-03-02' })
  const rest = { ...one, items: codes.slice(1) }
  expect((await post(OFFICERS[0], '/api/custody/sign', rest)).statusCode).toBe(200)
  expect((await slip()).givers[0]?.drawn).toBeDefined()
  const shown = (await server.as(keeper, { url: of })).json<PaperSignatures>()
  expect(shown.places).toMatchObject([
    { as: 'giver', signature: { by: { who: `person/${OFFICERS[0]}` }, strokes: NAME_WRITTEN }, items: [], sign: null },
    { as: 'taker', signature: { person: { who: `person/${keeper}` } }, items: [], sign: null },
  ])
  // The list of what was taken is another paper, and shows none of it.
  const seized = await read<ListSignatures>(`/api/items/${codes[0] ?? ''}/signatures`)
  expect(seized.signatures.map(({ as }) => as)).toEqual(['holder'])
})
