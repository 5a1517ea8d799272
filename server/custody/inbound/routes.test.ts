import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { SYSTEM } from '../../module.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { paperSources } from '../../modules.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import type { CaseAccount, Found, ItemCard, ShownInbound } from '../protocol.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import { custodyRoutes } from '../routes.ts'
import { hintsInSight } from '../sight/hints.ts'
import { taking } from '../testing.ts'
import { NAME_WRITTEN } from '../signing/testing-strokes.ts'
import { signed } from './testing-signed.ts'

const CASE = '云监立〔2026〕35号'
const [OFFICER, SECOND, CUSTODIAN, STRANGER] = ['zhang-wei', 'li-na', 'chen-jing', 'wang-qiang'] as const
const bringer = { name: '刘洋', post: '经侦支队民警' }

let server: TestServer
let inbound = ''
let causes = 0

const url = `/api/cases/${encodeURIComponent(CASE)}`
const post = (person: string, path: string, payload: object) =>
  server.as(person, { method: 'POST', url: path, payload })
const read = async (person: string = OFFICER) => server.as(person, { url: `${url}/inbound` })
const shown = async (): Promise<ShownInbound | undefined> =>
  (await read()).json<{ inbound: ShownInbound[] }>().inbound[0]
const acceptWith = (items: readonly object[], more: object, person: string = OFFICER) =>
  post(person, `/api/inbound/${inbound}/acceptance`, { items, ...taking, checked: ['living-costs'], ...more })
const accept = (lines: readonly number[], person: string = OFFICER) =>
  acceptWith(
    lines.map((line) => ({ line, category: 'general' })),
    { signed },
    person,
  )
const settle = (line: number, how: string, signatures: readonly object[] = [], person: string = OFFICER) =>
  post(person, `/api/inbound/${inbound}/settlements`, { line, how, note: '双方当面清点', bringer, signatures })
const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code: string }).code

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(disposalRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
    },
  })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, SECOND] }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...open }, { cause: `c${(causes += 1)}` })
})
afterAll(() => server.close())

it('the list that came with the goods is entered as it was written, by an officer of the case', async () => {
  const list = {
    ...{ organ: '某市公安局', number: '移交〔2026〕9号', day: '2026-01-05', theirCase: '公刑〔2025〕77号', bringer },
    lines: [
      { name: '手机', quantity: '1', unit: '部', features: '黑色，屏幕完好' },
      { name: '账本', quantity: '3', unit: '册' },
      { name: '手表', quantity: '1', unit: '块', seal: 'GA-001', weight_mg: 90_000 },
    ],
  }
  expect(codeOf(await post(STRANGER, `${url}/inbound`, list))).toBe('custody.unknown-case')
  expect(codeOf(await post(OFFICER, `${url}/inbound`, { ...list, day: '2999-01-01' }))).toBe('custody.inbound-day')
  const answer = await post(OFFICER, `${url}/inbound`, list)
  expect(answer.statusCode, answer.body).toBe(201)
  inbound = answer.json<{ inbound: string }>().inbound
  expect(await shown()).toMatchObject({ organ: '某市公安局', bringer, unchecked: [1, 2, 3], acceptedAt: null })
  const rows = await server.deps.db
    .selectFrom('entries')
    .select('text')
    .where('subject', '=', `inbound/${inbound}`)
    .execute()
  for (const { text } of rows) for (const name of [bringer.name, '屏幕完好']) expect(String(text)).not.toContain(name)
})

const found = async (text: string, person: string = OFFICER) => {
  const answer = await server.as(person, { url: `/api/search?q=${encodeURIComponent(text)}` })
  const { cases, items } = answer.json<Found>()
  return { cases: cases.map(({ number }) => number), items: items.map(({ name }) => name) }
}

it.each(['移交〔2026〕9号', '公刑〔2025〕77号', '77号', 'ga-001'])(
  'its case is found by what the other organ wrote: %s',
  async (text) => {
    expect(await found(text)).toEqual({ cases: [CASE], items: [] })
    expect(await found(text, STRANGER)).toEqual({ cases: [], items: [] })
    expect(await found(`${text}X`)).toEqual({ cases: [], items: [] })
  },
)

it('is not accepted while a line is unchecked or a difference is open', async () => {
  const closing = await post(OFFICER, `/api/cases/${encodeURIComponent(CASE)}/close`, {})
  expect(closing.json()).toMatchObject({ code: 'custody.inbound-waits' })
  const early = await accept([1, 2, 3])
  expect([early.statusCode, early.json()]).toMatchObject([
    409,
    { code: 'custody.inbound-open', values: { lines: '1、2、3' } },
  ])
  const checks = await post(SECOND, `/api/inbound/${inbound}/checks`, {
    lines: [
      { line: 1, verdict: 'MATCHED' },
      { line: 2, verdict: 'SHORT', quantity: '2' },
      { line: 3, verdict: 'DIFFERENT', seal: 'GA-007' },
    ],
    extra: [{ name: '充电器', quantity: '1', unit: '个' }],
  })
  expect(checks.statusCode, checks.body).toBe(201)
  const blocked = await accept([1])
  expect([codeOf(blocked), blocked.body]).toEqual(['custody.inbound-open', expect.stringContaining('2、3、4')])
  expect(blocked.body).toContain('逐笔核对')
})

it('a line is taken as found with a second signature, or goes back', async () => {
  expect(codeOf(await settle(2, 'AS_FOUND'))).toBe('custody.inbound-second')
  expect(codeOf(await settle(2, 'AS_FOUND', [signatureOf(STRANGER)]))).toBe('custody.inbound-second')
  expect(codeOf(await settle(2, 'AS_FOUND', [{ ...signatureOf(SECOND), pin: '000000' }], STRANGER))).toBe(
    'custody.unknown-inbound',
  )
  for (const answer of [
    await settle(2, 'AS_FOUND', [signatureOf(SECOND)]),
    await settle(3, 'AS_FOUND', [signatureOf(CUSTODIAN)]),
    await settle(4, 'SENT_BACK'),
  ])
    expect(answer.statusCode, answer.body).toBe(201)
  expect(await shown()).toMatchObject({ unchecked: [], unsettled: [], taken: [1, 2, 3] })
  expect(codeOf(await accept([1, 2]))).toBe('custody.inbound-lines')
  const all = [1, 2, 3].map((line) => ({ line, category: 'general' }))
  const silent = await acceptWith(all, { signed, relevance: undefined })
  expect(silent.json()).toMatchObject({ code: 'custody.relevance-missing', values: { line: 1 } })
})

it('nothing is accepted before both sides have signed, or it is said why one of them does not', async () => {
  const items = [1, 2, 3].map((line) => ({ line, category: 'general' }))
  expect(codeOf(await acceptWith(items, {}))).toBe('custody.inbound-unsigned')
  const dot = { on: 'screen', strokes: [[10, 10]] }
  expect(codeOf(await acceptWith(items, { signed: { ...signed, bringer: dot } }))).toBe('custody.signature-empty')
  const neither = await acceptWith(items, { signed: { bringer: signed.bringer } })
  expect(neither.statusCode).toBe(400)
})

it('what the list lacks is filled in as it is accepted; what it has is not said a second time', async () => {
  const lines = (given: object) => [{ line: 1, category: 'general' }, { line: 2, category: 'general' }, given]
  const weighed = await acceptWith(lines({ line: 3, category: 'general', weight_mg: 91_000 }), { signed })
  expect([weighed.statusCode, weighed.json()]).toMatchObject([
    422,
    { code: 'custody.inbound-said', values: { line: 3 } },
  ])
  const valued = { line: 3, category: 'valuables', cannotSealReason: '表链过长' }
  const lacking = await acceptWith(lines(valued), { signed })
  expect([lacking.statusCode, lacking.body]).toEqual([422, expect.stringContaining('features')])
})

it('two who accept at once accept it once; what is taken stands in the account with where it came from', async () => {
  const items = [
    { line: 1, category: 'general' },
    { line: 2, category: 'general' },
    { line: 3, category: 'valuables', cannotSealReason: '表链过长', features: '金色表盘' },
  ]
  const answers = await Promise.all([acceptWith(items, { signed }), acceptWith(items, { signed }, SECOND)])
  expect(answers.map(({ statusCode }) => statusCode).sort(), answers[0]?.body).toEqual([201, 409])
  const account = (await server.as(OFFICER, { url })).json<CaseAccount>()
  expect(account.items.map(({ name, quantity, ordinal }) => [name, quantity, ordinal])).toEqual([
    ['手机', '1', 1],
    ['账本', '2', 2],
    ['手表', '1', 3],
  ])
  const cards = await Promise.all(
    account.items.map(async ({ code }) => (await server.as(OFFICER, { url: `/api/items/${code}` })).json<ItemCard>()),
  )
  expect(cards.map(({ features, weights, source }) => [features, weights.at(-1)?.weight_mg, source])).toEqual([
    ['黑色，屏幕完好', undefined, { inbound, organ: '某市公安局', number: '移交〔2026〕9号', line: 1, seal: null }],
    ['', undefined, { inbound, organ: '某市公安局', number: '移交〔2026〕9号', line: 2, seal: null }],
    ['金色表盘', 90_000, { inbound, organ: '某市公安局', number: '移交〔2026〕9号', line: 3, seal: 'GA-007' }],
  ])
  expect((await shown())?.lines.map(({ item }) => item)).toEqual([...account.items.map(({ code }) => code), null])
  expect(codeOf(await settle(2, 'SENT_BACK'))).toBe('custody.inbound-done')
})

it('what came by it is found by its numbers, and by the seal that was on the list or on the thing', async () => {
  for (const text of ['移交〔2026〕9号', '公刑〔2025〕77号'])
    expect((await found(text)).items.toSorted()).toEqual(['手机', '手表', '账本'].toSorted())
  for (const text of ['GA-001', 'GA-007']) expect(await found(text)).toEqual({ cases: [CASE], items: ['手表'] })
  expect(await found('GA-007', STRANGER)).toEqual({ cases: [], items: [] })
})

it('both sides stand in the acceptance: what was drawn is sealed under its hash, and so is why one did not sign', async () => {
  const of = await shown()
  expect(of?.signed).toMatchObject({
    bringer: { on: 'screen', strokes: NAME_WRITTEN, notSigned: null },
    receiver: { on: null, strokes: null, notSigned: signed.receiver.notSigned },
  })
  const [fact] = await server.deps.db
    .selectFrom('entries')
    .select('text')
    .where('subject', '=', `inbound/${inbound}`)
    .where('type', '=', 'custody.inbound-accepted')
    .execute()
  for (const { commitment } of [of?.signed?.bringer, of?.signed?.receiver].flatMap((one) => one ?? []))
    expect(fact?.text).toContain(commitment)
  expect(fact?.text).not.toContain('捺印')
})

it('the check has a numbered paper', async () => {
  const issued = await post(OFFICER, '/api/papers', { paper: 'inbound-check', of: inbound })
  expect(issued.statusCode, issued.body).toBe(201)
  expect(issued.json<{ number: string }>().number).toMatch(/^收〔/)
})

const LATER = '移交〔2026〕10号'
const list = {
  organ: '某市公安局',
  number: LATER,
  day: '2026-01-06',
  bringer,
  lines: [{ name: '手机', quantity: '1', unit: '部' }],
}
const withdraw = (id: string, person: string = OFFICER) =>
  post(person, `/api/inbound/${id}/withdrawal`, { reason: '数量录错' })

it('a list that was typed wrongly is withdrawn as a whole, and a right one stands in its place; both are kept', async () => {
  const wrong = (await post(OFFICER, `${url}/inbound`, list)).json<{ inbound: string }>().inbound
  expect(codeOf(await withdraw(inbound))).toBe('custody.inbound-done')
  expect(codeOf(await withdraw(wrong, SECOND))).toBe('custody.inbound-typist')
  for (const person of [STRANGER, 'he-fang'])
    expect(codeOf(await withdraw(wrong, person))).toBe('custody.unknown-inbound')
  expect(codeOf(await post(OFFICER, `${url}/inbound`, { ...list, replaces: wrong }))).toBe('custody.inbound-known')
  const withdrawn = await withdraw(wrong)
  expect(withdrawn.statusCode, withdrawn.body).toBe(201)
  expect(codeOf(await withdraw(wrong))).toBe('custody.inbound-gone')
  const check = { lines: [{ line: 1, verdict: 'MATCHED' }] }
  expect(codeOf(await post(OFFICER, `/api/inbound/${wrong}/checks`, check))).toBe('custody.inbound-gone')
  expect(codeOf(await post(OFFICER, `${url}/inbound`, { ...list, replaces: inbound }))).toBe('custody.inbound-replaces')
  const right = await post(OFFICER, `${url}/inbound`, { ...list, replaces: wrong })
  expect(right.statusCode, right.body).toBe(201)
  expect(codeOf(await post(OFFICER, `${url}/inbound`, { ...list, number: '另一份', replaces: wrong }))).toBe(
    'custody.inbound-replaces',
  )
  const all = (await read()).json<{ inbound: ShownInbound[] }>().inbound
  const id = right.json<{ inbound: string }>().inbound
  expect(all.find((one) => one.id === wrong)).toMatchObject({
    ...{ mayWithdraw: false, replaces: null },
    withdrawn: { reason: '数量录错', by: { name: '张伟' } },
  })
  expect(all.find((one) => one.id === id)).toMatchObject({ mayWithdraw: true, withdrawn: null, replaces: wrong })
  const paper = await post(OFFICER, '/api/papers', { paper: 'inbound-check', of: wrong })
  expect(codeOf(paper)).toBe('custody.nothing-for-paper')
  expect((await post(OFFICER, `/api/inbound/${id}/checks`, check)).statusCode).toBe(201)
  expect((await post(OFFICER, '/api/papers', { paper: 'inbound-check', of: id })).statusCode).toBe(201)
})

it('a head of the department withdraws it too, and nothing in the case waits for it any more', async () => {
  const open = async (): Promise<number> => (await server.as(OFFICER, { url })).json<CaseAccount>().inboundsOpen
  expect(await open()).toBe(1)
  const all = (await read()).json<{ inbound: ShownInbound[] }>().inbound
  const id = all.find((one) => one.mayWithdraw)?.id ?? ''
  const withdrawn = await withdraw(id, 'qian-lei')
  expect(withdrawn.statusCode, withdrawn.body).toBe(201)
  expect(await open()).toBe(0)
})

it('a stranger and who stands aside see nothing of it', async () => {
  expect(codeOf(await read(STRANGER))).toBe('custody.unknown-case')
  const recuse = await post(SECOND, `${url}/recusals`, {
    person: SECOND,
    ground: 'RELATIVE',
    reason: '近亲属',
    successors: ['tang-yue'],
  })
  expect(recuse.statusCode, recuse.body).toBe(201)
  expect(codeOf(await read(SECOND))).toBe('custody.unknown-case')
  expect(codeOf(await post(SECOND, `/api/inbound/${inbound}/checks`, { lines: [] }))).toBe('custody.unknown-inbound')
  const hint = { register: 'unit.dept-1', seq: 1, type: 'custody.inbound-checked', subject: `inbound/${inbound}` }
  for (const [person, hears] of [
    [OFFICER, 1],
    [SECOND, 0],
    [STRANGER, 0],
  ] as const)
    expect(
      await hintsInSight(server.deps.db, person, [{ ...hint, at: server.deps.now() }], server.deps.now()),
    ).toHaveLength(hears)
})

it('what of a list stays where it is comes in with its recording, or with why there is none yet', async () => {
  const lines = [{ name: '商铺', quantity: '1', unit: '处', features: '临街，一层' }]
  const before = inbound
  const entered = await post(OFFICER, `${url}/inbound`, { ...list, number: '移交〔2026〕19号', lines })
  inbound = entered.json<{ inbound: string }>().inbound
  const checked = await post(OFFICER, `/api/inbound/${inbound}/checks`, { lines: [{ line: 1, verdict: 'MATCHED' }] })
  expect(checked.statusCode, checked.body).toBe(201)
  const details = { address: '云州市城东区一号', keeping: 'IN_PLACE', registryNotice: '协〔2026〕1号' }
  const house = [{ line: 1, category: 'immovable', details }]
  expect(codeOf(await acceptWith(house, { signed }))).toBe('custody.film-unsaid')
  const accepted = await acceptWith(house, { signed, recordingLater: '录像在移交机关，正在调取' })
  expect(accepted.statusCode, accepted.body).toBe(201)
  const [code = ''] = accepted.json<{ items: { code: string }[] }>().items.map((one) => one.code)
  const { state } = await server.deps.db
    .selectFrom('items')
    .select('state')
    .where('id', '=', code)
    .executeTakeFirstOrThrow()
  expect(state).toMatchObject({ custodyStatus: 'IN_PLACE', recordingLater: '录像在移交机关，正在调取' })
  inbound = before
})

it('who accepted it stands on its paper as he signed, also once he handles the case no more', async () => {
  const all = (await read()).json<{ inbound: ShownInbound[] }>().inbound
  const accepted = all.find(({ id }) => id === inbound)?.acceptedBy?.name
  const appointed = { type: 'org.appoint', person: STRANGER, post: 'officer', place: 'dept-1' }
  await server.deps.act({ person: SYSTEM }, appointed, { cause: `c${(causes += 1)}` })
  const recuse = await post(OFFICER, `${url}/recusals`, {
    ...{ person: OFFICER, ground: 'RELATIVE', reason: '近亲属', successors: [STRANGER] },
  })
  expect(recuse.statusCode, recuse.body).toBe(201)
  const issued = await post('tang-yue', '/api/papers', { paper: 'inbound-check', of: inbound })
  expect(issued.statusCode, issued.body).toBe(201)
  const file = await server.as('tang-yue', { url: `/api/papers/${issued.json<{ paper: string }>().paper}/file.pdf` })
  const text = readPdf(file.rawPayload)
    .pages.map((page) => page.text)
    .join('')
  expect(text).toContain(`接收人（${accepted}）：`)
  expect(text).toContain(signed.receiver.notSigned)
})

it('every table equals a replay of the registers', async () => {
  const { deps, modules, keys } = server
  const { key, installation } = keys
  const found = await verifyStore({ db: deps.db, modules, folder: checkpointFolderOf(keys), key, installation })
  expect(found.faults).toEqual([])
})
