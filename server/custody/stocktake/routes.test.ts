import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadActor } from '../../access/actor.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { signatureOf, testServer, type TestServer, TEST_START } from '../../testing.ts'
import type { ShownSearch, ShownStocktake, StocktakeOptions, StocktakeSummary } from '../protocol.ts'
import { hintsInSight } from '../sight/hints.ts'
import { custodyRoutes } from '../routes.ts'
import { stocktakeRoutes } from './routes.ts'
import { searchWork, stocktakeWork } from './work.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '云纪立〔2026〕41号'
const [OFFICER, COUNTER, OTHER, HEAD, SUPERVISOR] = [
  'zhang-wei',
  'chen-jing',
  'liu-yang',
  'guo-tao',
  'zhou-ping',
] as const

let server: TestServer
let shelves: string[] = []
let codes: string[] = []
let clock = Date.parse(TEST_START)
let causes = 0

/** A moment later: what is done one after the other happens one after the other. */
const tick = (): string => {
  clock += 1_000
  const at = new Date(clock).toISOString()
  server.setNow(at)
  return at
}
const does = (person: string, command: { type: string }, signers: readonly string[] = []) => {
  tick()
  return server.deps.act({ person, with: signers }, command, { cause: `c${(causes += 1)}` })
}
const post = (person: string, url: string, payload: object = {}) => {
  tick()
  return server.as(person, { method: 'POST', url, payload })
}
const refusal = async (person: string, url: string, payload: object = {}): Promise<string> =>
  (await post(person, url, payload)).json<{ code: string }>().code
const shown = async (person: string, code: string): Promise<ShownStocktake> =>
  (await server.as(person, { url: `/api/counts/${code}` })).json<ShownStocktake>()
const due = (): string => new Date(clock + 7 * 86_400_000).toISOString()
const order = async (body: object): Promise<string> => {
  const payload = { store: 'store-1', scope: { kind: 'store' }, counters: [COUNTER], dueAt: due(), ...body }
  const answer = await post(HEAD, '/api/counts', payload)
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ code: string }>().code
}
/** The text of its paper. */
const report = async (person: string, code: string): Promise<string> => {
  const { rawPayload } = await server.as(person, { url: `/api/counts/${code}/report.pdf` })
  return readPdf(rawPayload)
    .pages.map(({ text }) => text.replaceAll('\n', ''))
    .join('')
}
/** What stands on somebody's work list of it. */
const waiting = async (person: string): Promise<string[]> => {
  const { db, now } = server.deps
  const asked = { actor: await loadActor(db, person, now()), now: now(), after: null, limit: 50 }
  const found = [...(await stocktakeWork(db, asked)), ...(await searchWork(db, asked))]
  return found.map(({ what }) => what.zh)
}
const scanned = (item: string) => ({ item, how: 'scanned' })
const done = async (person: string, url: string, payload: object = {}): Promise<void> => {
  const answer = await post(person, url, payload)
  expect(answer.statusCode, answer.body).toBe(200)
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(stocktakeRoutes, deps)
    },
  })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  await does(OFFICER, { type: 'custody.open-case', ...open } as { type: string })
  const items = Array.from({ length: 6 }, () => general)
  const { result } = await does(OFFICER, { type: 'custody.register', case: CASE, items, ...taking } as { type: string })
  codes = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  for (const item of codes)
    await does(OFFICER, { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] } as { type: string })
  const place = { type: 'custody.add-location', store: 'store-1', storageClass: 'ordinary', capacity: 9 }
  for (const name of ['一号架', '二号架', '三号架'])
    shelves.push(String((await does(COUNTER, { ...place, name } as { type: string })).result['code']))
  await onFilm(server.deps, codes)
  await does(OFFICER, { type: 'custody.hand-over', items: codes, store: 'store-1' } as { type: string })
  const [first, second] = shelves
  const enter = (its: string[], location: string | undefined) =>
    does(COUNTER, { type: 'custody.check-in', items: its, location } as { type: string }, [OFFICER])
  await enter(codes.slice(0, 3), first)
  await enter(codes.slice(3), second)
})
afterAll(() => server.close())

describe('a count of the store', () => {
  let code = ''

  it('is ordered by the head of who keeps it or a supervisor, for custodians who count', async () => {
    const body = { store: 'store-1', scope: { kind: 'store' }, counters: [COUNTER], dueAt: due() }
    expect(await refusal(OFFICER, '/api/counts', body)).toBe('access.no-post')
    expect(await refusal('qian-lei', '/api/counts', body)).toBe('custody.stocktake-not-yours')
    expect(await refusal(HEAD, '/api/counts', { ...body, counters: [OFFICER] })).toBe('custody.stocktake-counter')
    expect(await refusal(HEAD, '/api/counts', { ...body, dueAt: TEST_START })).toBe('custody.stocktake-due')
    const { stores } = (await server.as(HEAD, { url: '/api/counts/options' })).json<StocktakeOptions>()
    expect(stores[0]).toMatchObject({
      id: 'store-1',
      locations: [{ name: '一号架' }, { name: '三号架' }, { name: '二号架' }],
    })
    code = await order({})
    expect(await shown(HEAD, code)).toMatchObject({ phase: { value: 'COUNTING' }, round: 1, isSample: false })
    expect((await server.as(OFFICER, { url: `/api/counts/${code}` })).statusCode).toBe(404)
  })

  it('waits on the lists of those whose turn it is', async () => {
    expect(await waiting(COUNTER)).toEqual([`盘点 ${code}：首盘`])
    for (const person of [OTHER, HEAD, OFFICER]) expect(await waiting(person)).toEqual([])
  })

  it('says nothing of what is expected to who counts', async () => {
    const { places, figures, differences, moved, lookFor, sample } = await shown(COUNTER, code)
    expect(places.map(({ state }) => state)).toEqual(['todo', 'todo', 'todo'])
    expect({ figures, differences, moved, lookFor, sample }).toEqual({
      ...{ figures: null, differences: null, moved: null, sample: null },
      lookFor: [],
    })
    const { body } = await server.as(COUNTER, { url: `/api/counts/${code}` })
    for (const item of codes) expect(body).not.toContain(item)
    const paper = await report(COUNTER, code)
    expect(paper).toContain('不列账面数')
    expect(paper).not.toContain('应盘')
    for (const item of codes) expect(paper).not.toContain(item)
  })

  it('is walked shelf by shelf by those who were named, and by nobody else', async () => {
    const [first = '', second = ''] = shelves
    const seen = `/api/counts/${code}/seen`
    expect(await refusal(OTHER, seen, { location: first, sights: [] })).toBe('custody.stocktake-not-counter')
    expect(await refusal(HEAD, seen, { location: first, sights: [] })).toBe('custody.stocktake-not-counter')
    expect(await refusal(OFFICER, seen, { location: first, sights: [] })).toBe('access.no-post')
    // The third item is not on its shelf; the last of the second shelf lies on the first; and something strange does.
    const sights = [...codes.slice(0, 2).map(scanned), scanned(codes[5] ?? ''), { text: 'ABC-99' }]
    await done(COUNTER, seen, { location: first, sights })
    expect(await refusal(COUNTER, `/api/counts/${code}/conclude`)).toBe('custody.stocktake-unwalked')
    // One goes out on loan before its shelf is walked: the register explains it.
    const deed = { command: 'borrow', items: [codes[4]], dueAt: new Date(clock + 86_400_000).toISOString() }
    const asked = { type: 'approvals.ask', deed: { ...deed, purpose: 'APPRAISAL' }, reason: '鉴定' }
    const approval = String((await does(OFFICER, asked as { type: string })).result['id'])
    await does('qian-lei', { type: 'approvals.grant', approval } as { type: string })
    await does(COUNTER, { type: 'custody.borrow', items: [codes[4]], approval } as { type: string }, [OFFICER])
    await done(COUNTER, seen, { location: second, sights: [scanned(codes[3] ?? '')] })
    await done(COUNTER, seen, { location: shelves[2] ?? '', sights: [] })
    await done(COUNTER, `/api/counts/${code}/conclude`)
  })

  it('comes to differences, of which the counter learns no more than before', async () => {
    const { differences, figures, moved } = await shown(HEAD, code)
    expect(differences?.map(({ item, verdict, name }) => [item ?? name, verdict.value])).toEqual([
      [codes[2], 'MISSING'],
      [codes[5], 'MISPLACED'],
      ['ABC-99', 'UNKNOWN'],
    ])
    expect(moved).toMatchObject([{ item: codes[4], type: 'custody.lent', register: 'store.store-1' }])
    expect(figures).toEqual({ expected: 6, found: 3, moved: 1, differences: 3, alsoSeen: 0 })
    expect(await shown(COUNTER, code)).toMatchObject({
      phase: { value: 'RECOUNTING' },
      figures: null,
      differences: null,
    })
  })

  it('is counted again by somebody else, by hand', async () => {
    const [first = '', second = ''] = shelves
    const recount = `/api/counts/${code}/recount`
    expect([await waiting(COUNTER), await waiting(OTHER)]).toEqual([[], [`盘点 ${code}：复盘差异`]])
    const empty = { location: first, sights: [] }
    expect(await refusal(COUNTER, recount, empty)).toBe('custody.recount-same')
    expect(await refusal(OTHER, recount, { ...empty, location: shelves[2] })).toBe('custody.stocktake-place')
    const heard = { item: codes[2], how: 'strong' }
    expect(await refusal(OTHER, recount, { location: first, sights: [heard] })).toBe('custody.recount-by-hand')
    expect((await shown(OTHER, code)).lookFor.map(({ item }) => item)).toEqual([codes[2], codes[5]])
    await done(OTHER, recount, { location: first, sights: [scanned(codes[5] ?? '')] })
    await done(OTHER, recount, { location: second, sights: [] })
    await done(OTHER, `/api/counts/${code}/conclude`)
    expect(await waiting(HEAD)).toEqual([`盘点 ${code}：认定原因、办结`])
    const { differences, figures } = await shown(HEAD, code)
    expect(differences?.map(({ second: again, settled }) => [again?.verdict.value, settled])).toEqual([
      ['MISSING', false],
      ['MISPLACED', false],
      ['GONE', true],
    ])
    expect(figures?.differences).toBe(2)
    // Where it was seen again is said by name, in whichever round.
    const named = differences?.[1]
    expect(Object.keys(named?.shelves ?? {})).toContain(named?.second?.seenAt)
    expect(Object.values(named?.shelves ?? {})).not.toContain(named?.second?.seenAt)
  })

  it('is closed with a cause for each difference, by two', async () => {
    const explain = `/api/counts/${code}/explain`
    const conclude = `/api/counts/${code}/conclude`
    const signatures = [signatureOf(COUNTER)]
    expect(await refusal(HEAD, conclude, { signatures })).toBe('custody.stocktake-unexplained')
    expect(await refusal(COUNTER, explain, { n: 1, cause: 'NOT_FOUND' })).toBe('access.no-post')
    await done(HEAD, explain, { n: 1, cause: 'NOT_FOUND', note: '继续查找' })
    expect(await refusal(HEAD, explain, { n: 2, cause: 'NOT_FOUND' })).toBe('custody.difference-found')
    await done(HEAD, explain, { n: 2, cause: 'PUT_WRONG' })
    expect(await refusal(HEAD, conclude)).toBe('custody.stocktake-signature')
    expect(await refusal(HEAD, conclude, { signatures: [signatureOf(SUPERVISOR)] })).toBe('custody.stocktake-signature')
    await done(HEAD, conclude, { signatures })
    const closed = await shown(COUNTER, code)
    expect(closed.phase.value).toBe('CLOSED')
    expect(closed.closed?.signers.map(({ who }) => who)).toEqual([`person/${COUNTER}`, `person/${HEAD}`])
    expect(closed.differences?.[0]).toMatchObject({ cause: { cause: { value: 'NOT_FOUND' }, note: '继续查找' } })
    const paper = await report(COUNTER, code)
    expect(paper).toContain('F-18')
    expect(paper).toContain(
      '应盘 6 件，相符 3 件，盘点期间已办移动 1 件，另见在位 0 件；首盘差异 3 项，复盘后尚余 2 项',
    )
    for (const said of ['未见', '放错库位', '陈静', '刘洋', '郭涛']) expect(paper).toContain(said)
    const { counts } = (await server.as(SUPERVISOR, { url: '/api/counts' })).json<{ counts: StocktakeSummary[] }>()
    expect(counts).toMatchObject([{ code, figures: { expected: 6, differences: 2 } }])
  })

  it('leaves what nobody found in the register of searches, until it is found', async () => {
    const listed = async (): Promise<ShownSearch[]> =>
      (await server.as(OTHER, { url: '/api/searches' })).json<{ searches: ShownSearch[] }>().searches
    const [search] = await listed()
    expect(await waiting(OTHER)).toEqual(['未找到物品：待查找'])
    expect(search).toMatchObject({ item: codes[2], stocktake: code, location: shelves[0], yours: true })
    const url = `/api/searches/${search?.id}/end`
    expect(await refusal('qian-lei', url, { outcome: 'found', location: shelves[0], note: '找到' })).toBe(
      'custody.unknown-search',
    )
    expect(await refusal(OTHER, url, { outcome: 'incident', note: '灭失' })).toBe('custody.search-no-incident')
    expect(await refusal(OTHER, url, { outcome: 'found', note: '找到' })).toBe('custody.search-location')
    await done(OTHER, url, { outcome: 'found', location: shelves[0], note: '夹在箱后' })
    expect(await listed()).toEqual([])
  })
})

describe('a count of one shelf', () => {
  it('says on its paper where a thing from a shelf that nobody walked belongs, and gives that shelf no figures', async () => {
    const [, second = '', third = ''] = shelves
    const code = await order({ scope: { kind: 'locations', locations: [third] } })
    const strayed = { sights: [scanned(codes[3] ?? '')] }
    await done(COUNTER, `/api/counts/${code}/seen`, { location: third, ...strayed })
    await done(COUNTER, `/api/counts/${code}/conclude`)
    await done(OTHER, `/api/counts/${code}/recount`, { location: second, sights: [] })
    await done(OTHER, `/api/counts/${code}/recount`, { location: third, ...strayed })
    await done(OTHER, `/api/counts/${code}/conclude`)
    await done(HEAD, `/api/counts/${code}/explain`, { n: 1, cause: 'PUT_WRONG' })
    await done(HEAD, `/api/counts/${code}/conclude`, { signatures: [signatureOf(COUNTER)] })
    const { differences, places } = await shown(HEAD, code)
    expect(differences).toMatchObject([{ item: codes[3], expectedAt: second, seenAt: third }])
    expect(places).toMatchObject([{ code: third, name: '三号架' }])
    const paper = await report(COUNTER, code)
    expect(paper).toContain('账面库位 二号架')
    expect(paper).not.toContain(second)
  })
})

describe('a random inspection', () => {
  let code = ''

  it('commits to a seed before anybody can know what is drawn', async () => {
    code = await order({ scope: { kind: 'case', case: CASE }, sample: { missing: 1, confidence_percent: 50 } })
    const { sample, phase, places } = await shown(HEAD, code)
    expect(phase.value).toBe('ORDERED')
    expect(places).toEqual([])
    expect(sample).toMatchObject({ population: 5, size: 3, reached_percent: 60, drawn: null })
    expect(await refusal(COUNTER, `/api/counts/${code}/seen`, { location: shelves[0], sights: [] })).toBe(
      'custody.stocktake-phase',
    )
    expect(await refusal(HEAD, `/api/counts/${code}/conclude`)).toBe('custody.stocktake-undrawn')
  })

  it('draws what anybody can draw again from the register alone', async () => {
    expect(await refusal(COUNTER, `/api/counts/${code}/draw`)).toBe('access.no-post')
    await done(SUPERVISOR, `/api/counts/${code}/draw`)
    expect(await refusal(SUPERVISOR, `/api/counts/${code}/draw`)).toBe('custody.stocktake-drawn')
    const url = '/api/registers/store.store-1/entries?limit=500'
    const { entries } = (await server.as(SUPERVISOR, { url })).json<{ entries: { entry: string; hash: string }[] }>()
    const told = entries.map(({ entry, hash }) => ({
      ...(JSON.parse(entry) as { type: string; body: Record<string, unknown> }),
      hash,
    }))
    const ordered = told.findLast(({ type }) => type === 'custody.stocktake-ordered')
    const drawn = told.findLast(({ type }) => type === 'custody.stocktake-drawn')
    const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
    const { expected, sample } = ordered?.body as {
      expected: { item: string }[]
      sample: { size: number; seedHash: string }
    }
    const seed = String(drawn?.body['seed'])
    expect(sha(seed)).toBe(sample.seedHash)
    const lots = expected
      .map(({ item }) => ({ item, lot: sha(`clearhold draw v1\n${seed}\n${ordered?.hash}\n${item}`) }))
      .toSorted((a, b) => a.lot.localeCompare(b.lot))
    expect(drawn?.body['items']).toEqual(lots.slice(0, sample.size).map(({ item }) => item))
  })

  it('looks from the list to the shelf and from the shelf to the list', async () => {
    const { lookFor, places } = await shown(COUNTER, code)
    expect(lookFor).toHaveLength(3)
    const drawn = new Set(lookFor.map(({ item }) => item))
    const lying = (await server.deps.db.selectFrom('items').select(['id', 'location']).execute()).filter(
      ({ location }) => location !== null,
    )
    const route = places.map((one) => one.code)
    const extra = lying.find(({ id }) => !drawn.has(id))
    const walked = [...new Set([...route, extra?.location ?? ''])]
    for (const location of walked)
      await done(COUNTER, `/api/counts/${code}/seen`, {
        location,
        sights: lying.filter((item) => item.location === location).map(({ id }) => scanned(id)),
      })
    await done(COUNTER, `/api/counts/${code}/conclude`)
    const { figures, phase } = await shown(HEAD, code)
    expect(phase.value).toBe('EXPLAINING')
    expect(figures).toMatchObject({ expected: 3, found: 3, differences: 0 })
    expect(figures?.alsoSeen).toBeGreaterThan(0)
    await done(SUPERVISOR, `/api/counts/${code}/conclude`, { signatures: [signatureOf(COUNTER)] })
  })

  it('can be given up for a reason, once', async () => {
    const other = await order({})
    await done(HEAD, `/api/counts/${other}/cancel`, { reason: '改期' })
    expect(await shown(COUNTER, other)).toMatchObject({ phase: { value: 'CANCELLED' }, cancelled: { reason: '改期' } })
    expect(await refusal(HEAD, `/api/counts/${other}/cancel`, { reason: '改期' })).toBe('custody.stocktake-over')
  })
})

it('a part that is formed while people count lies where the whole lay, and may be missing as well', async () => {
  const [, , third = ''] = shelves
  const register = { type: 'custody.register', case: CASE, items: [{ ...general, quantity: 3 }], ...taking }
  const { result } = await does(OFFICER, register as { type: string })
  const [whole = ''] = (result['items'] as unknown as { code: string }[]).map((one) => one.code)
  await does(OFFICER, { type: 'custody.add-photo', items: [{ item: whole, photos: [PHOTO] }] } as { type: string })
  await onFilm(server.deps, [whole])
  await does(OFFICER, { type: 'custody.hand-over', items: [whole], store: 'store-1' } as { type: string })
  await does(COUNTER, { type: 'custody.check-in', items: [whole], location: third } as { type: string }, [OFFICER])
  const code = await order({ scope: { kind: 'locations', locations: [third] } })
  const parts = [{ quantity: 1 }, { quantity: 2 }]
  const split = { type: 'custody.split', items: [{ item: whole, parts }], reason: '分别保管' }
  const into = (await does(COUNTER, split as { type: string }, [OFFICER])).result['items']
  const [seen = '', left = ''] = (into as unknown as { code: string }[]).map((one) => one.code)
  await done(COUNTER, `/api/counts/${code}/seen`, { location: third, sights: [scanned(seen)] })
  await done(COUNTER, `/api/counts/${code}/conclude`)
  const { differences, figures } = await shown(HEAD, code)
  expect(differences?.map(({ item, verdict }) => [item, verdict.value])).toEqual([[left, 'MISSING']])
  expect(figures).toEqual({ expected: 1, found: 0, moved: 1, differences: 1, alsoSeen: 1 })
})

it('whoever has to do with a store hears at once what happens in its counts, and nobody else', async () => {
  const { db, now } = server.deps
  const found = await db.selectFrom('entries').select(['register', 'seq', 'type', 'subject', 'at']).execute()
  const hints = found.filter(({ subject }) => /^(stocktake|sheet|search)\//.test(subject))
  expect(new Set(hints.map(({ subject }) => subject.replace(/\/.*/, '')))).toEqual(
    new Set(['stocktake', 'sheet', 'search']),
  )
  for (const person of [HEAD, COUNTER, OTHER, SUPERVISOR])
    expect(await hintsInSight(db, person, hints, now())).toHaveLength(hints.length)
  for (const person of [OFFICER, 'qian-lei']) expect(await hintsInSight(db, person, hints, now())).toEqual([])
})

it('what the registers say of it is what the tables say', async () => {
  const folder = checkpointFolderOf(server.keys)
  const { key, installation } = server.keys
  const db = server.database.ownerDb
  const report = await verifyStore({ db, modules: server.modules, folder, key, installation })
  expect(report.faults).toEqual([])
})
