import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeLabelCode } from '../../labels/item-code.ts'
import type { RefusalNotice } from '../refusal.ts'
import { ASK_DAYS } from '../approvals/approvals.ts'
import { approvalRoutes } from '../approvals/routes.ts'
import type { ShownApproval } from '../approvals/protocol.ts'
import { verifyStore } from '../ledger/verify.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { signatureOf, testServer, type TestServer } from '../testing.ts'
import { labelFaultWords } from './papers/label-faults.ts'
import { custodyDeeds } from './module.ts'
import type {
  CaseAccount,
  CaseSummary,
  CustodyOptions,
  Found,
  ItemCard,
  ItemChain,
  ItemSummary,
  ListSummary,
  ShownIncident,
  ShownList,
  ShownLoan,
  ShownLocation,
  ShownNotice,
} from './protocol.ts'
import { custodyRoutes } from './routes.ts'
import type { Borrow, CheckIn } from './schemas.ts'
import { gold, PHOTO, taking } from './testing.ts'
import { onFilm } from './testing-film.ts'

let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
})
afterAll(() => server.close())

async function get<T>(person: string, url: string): Promise<T> {
  const answer = await server.as(person, { method: 'GET', url })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<T>()
}

/** A second later. */
async function post<T>(person: string, url: string, payload: object, status = 200): Promise<T> {
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  const answer = await server.as(person, { method: 'POST', url, payload })
  expect(answer.statusCode, answer.body).toBe(status)
  return answer.json<T>()
}

async function refused(
  person: string,
  method: 'GET' | 'POST',
  url: string,
  payload: object = {},
): Promise<RefusalNotice> {
  const answer = await server.as(person, { method, url, ...(method === 'POST' ? { payload } : {}) })
  expect(answer.headers['content-type']).toContain('application/problem+json')
  return answer.json<RefusalNotice>()
}

/** Nobody’s word replaces the borrower’s own signature, and nothing of it is kept. */
async function handsOutOnlyTo(borrower: string, body: Pick<Borrow, 'items' | 'approval'>): Promise<void> {
  const signed = (...signatures: { badge: string; pin: string }[]) =>
    refused('chen-jing', 'POST', '/api/custody/borrow', { ...body, signatures })
  const { badge } = signatureOf(borrower)
  expect((await refused('chen-jing', 'POST', '/api/custody/borrow', body)).code).toBe('custody.signature-missing')
  expect((await signed(signatureOf('liu-yang'), signatureOf('li-na'))).code).toBe('custody.signature-missing')
  expect((await signed({ badge, pin: '000001' })).code).toBe('access.wrong-secret')
  const counted = await sql<{ place: string }>`select place from sign_in_tries where wrong`.execute(server.database.db)
  expect(counted.rows).toEqual([{ place: 'address 127.0.0.1' }])
  expect((await signed(signatureOf('chen-jing'))).code).toBe('access.signature-same')
  expect((await signed(signatureOf(borrower), signatureOf(borrower))).code).toBe('access.signature-same')
  const { facts } = await post<{ facts: { register: string; seq: number }[] }>('chen-jing', '/api/custody/borrow', {
    ...body,
    signatures: [signatureOf(borrower)],
  })
  const { pin } = signatureOf(borrower)
  const { rows } = await sql<{ text: string }>`
    select text from entries where register = ${facts[0]?.register} and seq = ${facts[0]?.seq}
    union all select answer::text from causes where answer::text like ${`%${pin}%`}
  `.execute(server.database.db)
  expect(rows.map(({ text }) => (JSON.parse(text) as { with: string[] }).with)).toEqual([[borrower]])
  expect(rows[0]?.text).not.toContain(pin)
}

/** Nothing comes in that an officer of the department did not sign over; who has to sign is told by name. */
async function checksInOnlyWith(giver: string, items: CheckIn['items']): Promise<Acted> {
  const url = '/api/custody/check-in'
  for (const signatures of [undefined, [], [signatureOf('liu-yang')], [signatureOf('wang-qiang')]]) {
    const told = await refused('chen-jing', 'POST', url, { items, ...(signatures === undefined ? {} : { signatures }) })
    expect(told).toMatchObject({
      code: 'custody.giver-signature',
      values: { item: bar, unit: 'dept-1', person: 'zhang-wei' },
    })
    expect(JSON.stringify(told)).toMatch(/第一审查调查室.*张伟/)
  }
  return post<Acted>('chen-jing', url, { items, signatures: [signatureOf(giver)] })
}

interface Acted {
  readonly facts: readonly { readonly register: string; readonly type: string }[]
}

const signers = ['zhang-wei', 'li-na']
const CASE = encodeURIComponent('云纪立〔2026〕1号')
let bar = ''
let phone = ''
let safe = ''
let shelf = ''
let list = ''
let approval = ''

describe('from the account of a case to a loan that comes back two grams short', () => {
  it('opens the account and registers items; the answer has their codes', async () => {
    const account = await post<CaseAccount>(
      'zhang-wei',
      '/api/cases',
      {
        number: decodeURIComponent(CASE),
        title: '张某某涉嫌受贿案',
        track: 'SUPERVISION',
        unit: 'dept-1',
        officers: ['zhang-wei', 'li-na'],
      },
      201,
    )
    expect(account).toMatchObject({
      title: '张某某涉嫌受贿案',
      items: [],
      balance: { taken: 0, balances: true },
      officers: [{ name: '张伟' }, { name: '李娜' }],
    })
    const { items } = await post<{ items: { code: string; epc: string; ordinal: number }[] }>(
      'zhang-wei',
      `/api/cases/${CASE}/items`,
      {
        items: [
          { ...gold, seal: { number: 'F-001', signers: ['zhang-wei', 'li-na'] } },
          { name: '手机', category: 'general', quantity: 1, unit: '部' },
        ],
        measure: { noticeNumber: '扣〔2026〕1号', place: '办公室' },
        holder: { attendance: 'REFUSED', name: '张某某', reason: '认为与案件无关' },
        witness: { attendance: 'SIGNED', name: '王某' },
        relevance: '涉嫌违纪违法事实中的财物',
      },
      201,
    )
    expect(items.map(({ ordinal }) => ordinal)).toEqual([1, 2])
    ;[bar, phone] = items.map(({ code }) => code) as [string, string]
    expect(bar).toMatch(/^W0226000000[1-9]/)
  })

  it('keeps names out of the register and shows them on the card', async () => {
    const rows = await server.database.db
      .selectFrom('personal' as never)
      .selectAll()
      .execute()
    expect(rows.length).toBeGreaterThan(0)
    const entries = await get<{ entries: { entry: string }[] }>('zhou-ping', '/api/registers/unit.dept-1/entries')
    for (const { entry } of entries.entries) expect(entry).not.toMatch(/张某某|王某|无关|办公室|足金/)
    const card = await get<ItemCard>('li-na', `/api/items/${bar}`)
    expect(card).toMatchObject({
      features: '足金，有编号',
      measure: { place: '办公室' },
      heldBefore: { attendance: 'REFUSED', name: '张某某', reason: '认为与案件无关' },
      measureStatus: { value: 'SEIZED', words: { zh: '扣押' } },
      sealStatus: { value: 'SEALED' },
      holder: { who: 'unit/dept-1', name: '第一审查调查室' },
      ordinal: 1,
      of: 2,
    })
  })

  it('hands over and checks in line by line', async () => {
    for (const item of [bar, phone]) {
      clock += 1_000
      await server.deps.act(
        { person: 'zhang-wei' },
        { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] } as never,
        {
          cause: `photo ${item}`,
          at: new Date(clock).toISOString(),
        },
      )
    }
    await onFilm(server.deps, [bar, phone])
    const made = await post<{ list: string }>('zhang-wei', '/api/custody/hand-over', {
      items: [bar, phone],
      store: 'store-1',
    })
    list = made.list
    const shelves = await Promise.all(
      [
        { name: '保险柜', storageClass: 'precious', capacity: 20 },
        { name: '一号架', storageClass: 'ordinary', capacity: 20 },
      ].map((body) => post<{ code: string }>('chen-jing', '/api/stores/store-1/locations', body, 201)),
    )
    ;[safe, shelf] = shelves.map(({ code }) => code) as [string, string]
    const waiting = await get<{ lists: ListSummary[] }>('chen-jing', '/api/lists?state=pending')
    expect(waiting.lists).toMatchObject([
      { code: list, cases: [decodeURIComponent(CASE)], items: 2, accepted: 0, refused: 0, pending: 2 },
    ])
    const before = await get<ShownList>('chen-jing', `/api/lists/${list}`)
    expect(before).toMatchObject({ pending: 2, submittedBy: { name: '张伟' } })
    const taken = await checksInOnlyWith('li-na', [
      { item: bar, location: safe, weight_mg: 100_010, sealNumber: 'F-001', photoMatches: true },
      { item: phone, location: shelf },
    ])
    expect(taken.facts.map(({ register, type }) => `${register} ${type}`)).toEqual([
      'unit.dept-1 custody.released-to-store',
      'store.store-1 custody.checked-in',
      'unit.dept-1 custody.released-to-store',
      'store.store-1 custody.checked-in',
      'unit.dept-1 custody.list-checked',
    ])
    expect(await get<ShownList>('zhang-wei', `/api/lists/${list}`)).toMatchObject({ pending: 0 })
    expect((await get<{ lists: ListSummary[] }>('chen-jing', '/api/lists?state=pending')).lists).toEqual([])
    expect((await get<{ lists: ListSummary[] }>('li-na', '/api/lists?state=done')).lists).toMatchObject([
      { code: list, submittedBy: { name: '张伟' }, items: 2, accepted: 2, refused: 0, pending: 0 },
    ])
    const { locations } = await get<{ locations: ShownLocation[] }>('chen-jing', '/api/stores/store-1/locations')
    expect(locations.map(({ occupied }) => occupied)).toEqual([1, 1])
  })

  it('lends only after another person granted it, and shows the request on one page', async () => {
    const ask = {
      deed: { command: 'borrow', items: [bar], dueAt: '2026-03-05T01:00:00.000Z', purpose: 'APPRAISAL' },
      reason: '送鉴定机构',
    }
    const made = await post<{ id: string; state: string }>('zhang-wei', '/api/approvals', ask, 201)
    expect(made.state).toBe('asked')
    approval = made.id
    expect((await refused('zhang-wei', 'POST', `/api/approvals/${approval}/grant`)).code).toBe('approvals.same-person')
    expect((await refused('he-fang', 'POST', `/api/approvals/${approval}/grant`)).code).toBe('approvals.not-approver')
    const page = await get<ShownApproval>('sun-bo', `/api/approvals/${approval}`)
    expect(page).toMatchObject({
      state: 'asked',
      reason: '送鉴定机构',
      requester: { person: 'zhang-wei', name: '张伟' },
      yours: true,
    })
    expect((await refused('chen-jing', 'POST', '/api/custody/borrow', { items: [bar], approval })).code).toBe(
      'custody.not-approved',
    )
    await post('sun-bo', `/api/approvals/${approval}/grant`, { opinion: '同意' })
    expect((await refused('sun-bo', 'POST', `/api/approvals/${approval}/grant`)).code).toBe('approvals.decided')
    const waiting = await get<{ approvals: ShownApproval[] }>('sun-bo', '/api/approvals?state=asked')
    expect(waiting.approvals).toEqual([])
    await handsOutOnlyTo('zhang-wei', { items: [{ item: bar, weight_mg: 100_010 }], approval })
    expect(await get<ItemCard>('chen-jing', `/api/items/${bar}`)).toMatchObject({
      holder: { who: 'person/zhang-wei', name: '张伟' },
      location: null,
      loan: { dueAt: '2026-03-05T01:00:00.000Z' },
    })
  })

  it('two grams missing stop the return: verdicts, an incident, a notice to both heads', async () => {
    clock = Date.parse('2026-03-06T01:00:00.000Z')
    server.setNow(new Date(clock).toISOString())
    const { loans } = await get<{ loans: ShownLoan[] }>('chen-jing', '/api/loans?overdue=true')
    expect(loans).toMatchObject([{ overdue: true, outstanding: [bar], frozen: [] }])
    const answer = await post<{ verdicts: { returned: boolean; points: { point: string; verdict: string }[] }[] }>(
      'chen-jing',
      '/api/custody/give-back',
      {
        items: [{ item: bar, location: safe, weight_mg: 98_010, seal: 'intact', condition: 'same' }],
        signatures: [signatureOf('zhang-wei')],
      },
    )
    expect(answer.verdicts).toMatchObject([
      {
        returned: false,
        points: [
          { point: 'weight', verdict: 'different' },
          { point: 'seal', verdict: 'same' },
          { point: 'condition', verdict: 'same' },
        ],
      },
    ])
    expect(await get<ItemCard>('zhang-wei', `/api/items/${bar}`)).toMatchObject({
      frozen: true,
      overdue: true,
      custodyStatus: { value: 'BORROWED' },
      incident: { kind: { value: 'shortage' } },
    })
    // Late all the same, and it says why.
    expect((await get<{ loans: ShownLoan[] }>('chen-jing', '/api/loans?overdue=true')).loans).toMatchObject([
      { outstanding: [bar], frozen: [bar] },
    ])
    for (const [person, yours] of [
      ['zhang-wei', false],
      ['chen-jing', false],
      ['qian-lei', true],
      ['guo-tao', false],
      ['zhou-ping', false],
    ] as const) {
      const { incidents } = await get<{ incidents: ShownIncident[] }>(person, '/api/incidents')
      expect(incidents).toMatchObject([
        {
          ...{ item: bar, name: '金条', case: decodeURIComponent(CASE), custody: { value: 'BORROWED' } },
          ...{ kind: { value: 'shortage' }, opener: { name: '陈静' }, openedAt: new Date(clock).toISOString() },
          points: [{ point: 'weight', verdict: 'different' }, { point: 'seal' }, { point: 'condition' }],
          signers: [{ name: '张伟' }],
          loan: { borrower: { name: '张伟' }, custodian: { name: '陈静' } },
          told: [
            { unit: { who: 'unit/dept-1' }, person: { who: 'person/qian-lei' } },
            { unit: { who: 'unit/keeping' }, person: { who: 'person/guo-tao' } },
          ],
          ...{ photos: { recorded: [PHOTO], seen: [] }, foundWeight_mg: 98_010, conclusion: null, yours },
        },
      ])
    }
    const { cases } = await get<{ cases: CaseSummary[] }>('li-na', '/api/cases')
    expect(cases).toMatchObject([
      { balance: { taken: 2, inStore: 1, borrowed: 1, balances: true }, overdue: 1, frozen: 1 },
    ])
    for (const head of ['qian-lei', 'guo-tao']) {
      const { notices } = await get<{ notices: ShownNotice[] }>(head, '/api/notices')
      expect(notices).toMatchObject([{ about: 'incident', items: [bar] }])
      expect(await get<ItemCard>(head, `/api/items/${bar}`)).toMatchObject({ frozen: true })
    }
    expect((await refused('chen-jing', 'POST', '/api/custody/give-back', { items: [bar] })).code).toBe(
      'custody.item-frozen',
    )
  })

  it('an approver concludes it and the item comes home; the chain holds', async () => {
    await post('qian-lei', '/api/custody/resolve', {
      items: [bar],
      conclusion: '鉴定取样 2 克，有记录',
      takeAsFound: true,
    })
    // What was filmed of it can still be noted.
    expect(await get<ItemCard>('chen-jing', `/api/items/${bar}`)).toMatchObject({ incident: null, hadIncident: true })
    await post('chen-jing', '/api/custody/give-back', {
      items: [{ item: bar, location: safe, weight_mg: 98_000, seal: 'intact', condition: 'same' }],
      signatures: [signatureOf('li-na')],
    })
    expect(await get('zhou-ping', '/api/incidents')).toEqual({ incidents: [], after: null })
    for (const person of ['zhang-wei', 'chen-jing', 'qian-lei']) {
      const { incidents } = await get<{ incidents: ShownIncident[] }>(person, '/api/incidents?state=concluded')
      expect(incidents).toMatchObject([
        {
          ...{ item: bar, custody: { value: 'IN_STORE' }, loan: null, yours: false },
          conclusion: { words: '鉴定取样 2 克，有记录', by: { name: '钱磊' }, takenAsFound: true },
        },
      ])
    }
    expect(await get('wang-qiang', '/api/incidents?state=concluded')).toEqual({ incidents: [], after: null })
    const chain = await get<ItemChain>('zhou-ping', `/api/items/${bar}/chain`)
    expect(chain.intact).toBe(true)
    expect(chain.holders.map(({ who }) => who)).toEqual([
      'unit/dept-1',
      'store/store-1',
      'person/zhang-wei',
      'store/store-1',
    ])
    for (const [index, { to }] of chain.holders.slice(0, -1).entries()) expect(to).toBe(chain.holders[index + 1]?.from)
    const ofType = (type: string) => chain.entries.find((entry) => entry.type === type)
    expect(ofType('custody.incident-opened')).toMatchObject({ body: { found: { weight_mg: 98_010 } } })
    expect(ofType('custody.incident-resolved')).toMatchObject({
      body: { weight_mg: 98_010 },
      said: { conclusion: '鉴定取样 2 克，有记录' },
    })
    const account = await get<CaseAccount>('li-na', `/api/cases/${CASE}`)
    expect(account.items.map(({ code }) => code)).toEqual([bar, phone])
    expect(account.balance).toMatchObject({ taken: 2, inStore: 2, balances: true })
    expect([...new Set(account.blocks.map(({ item }) => item))]).toEqual([bar, phone])
  })
})

it('a request that nobody decided in time lapses', async () => {
  const deed = { command: 'borrow', items: [phone], dueAt: '2026-03-30T01:00:00.000Z', purpose: 'COURT' }
  const { id } = await post<{ id: string }>('li-na', '/api/approvals', { deed, reason: '庭审示证' }, 201)
  const waiting = (): Promise<{ approvals: ShownApproval[] }> => get('qian-lei', '/api/approvals?state=asked')
  expect((await waiting()).approvals.map((one) => one.id)).toEqual([id])
  expect((await get<{ approvals: ShownApproval[] }>('he-fang', '/api/approvals')).approvals).toEqual([])
  expect((await refused('he-fang', 'GET', `/api/approvals/${id}`)).code).toBe('access.not-yours')
  clock += (ASK_DAYS * 24 + 1) * 3_600_000
  server.setNow(new Date(clock).toISOString())
  expect((await waiting()).approvals).toEqual([])
  expect(await get<ShownApproval>('li-na', `/api/approvals/${id}`)).toMatchObject({ state: 'lapsed', yours: false })
  expect((await refused('qian-lei', 'POST', `/api/approvals/${id}/grant`)).code).toBe('approvals.lapsed')
})

describe('labels', () => {
  it('a reprint voids what is out there, and the void one is told when it is scanned', async () => {
    const body = { codes: [phone], template: 'item-card', station: 'bench-1' }
    const { jobs } = await post<{ jobs: { job: string; payload: string }[] }>('chen-jing', '/api/labels', body, 202)
    const first = jobs[0]
    const labelOf = async (code: string): Promise<ItemSummary['label'] | undefined> => {
      const { items } = await get<CaseAccount>('li-na', `/api/cases/${CASE}`)
      return items.find((item) => item.code === code)?.label
    }
    expect(await labelOf(bar)).toBeNull()
    expect(await labelOf(phone)).toEqual({
      ...{ job: first?.job, issue: 1, state: 'wanted', scannedBack: false, fault: null },
    })
    expect(first?.payload).toBe(phone)
    expect((await refused('chen-jing', 'POST', '/api/labels', body)).code).toBe('custody.label-exists')
    const again = await post<{ jobs: { job: string; payload: string }[] }>(
      'chen-jing',
      '/api/labels',
      { ...body, reason: '标签破损' },
      202,
    )
    expect(again.jobs[0]?.payload).toMatch(new RegExp(`^${phone}-2`))
    expect((await refused('chen-jing', 'POST', '/api/labels/scanned', { scan: phone })).code).toBe('custody.label-void')
    await post('chen-jing', '/api/labels/scanned', { scan: again.jobs[0]?.payload ?? '' })
    expect(await get('chen-jing', `/api/labels/${again.jobs[0]?.job}`)).toMatchObject({
      state: 'printed',
      scannedBack: true,
      reason: '标签破损',
    })
    expect(await labelOf(phone)).toMatchObject({ issue: 2, state: 'printed', scannedBack: true, fault: null })
    const clear = await sql`select seq from entries where text like '%标签破损%'`.execute(server.deps.db)
    expect(clear.rows).toEqual([])
    expect(await get('chen-jing', `/api/labels/${first?.job}`)).toMatchObject({ void: true })
  })

  it('a card of another case is refused on the page of a case, and only who may know is told whose it is', async () => {
    const number = '云监立〔2026〕8号'
    const { items } = await get<CaseAccount>('li-na', `/api/cases/${CASE}`)
    const label = items.find(({ code }) => code === phone)?.label
    const scan = makeLabelCode(phone, label?.issue ?? 0)
    const told = await refused('li-na', 'POST', '/api/labels/scanned', { scan, case: number })
    expect(told).toMatchObject({
      code: 'custody.label-other-case',
      values: { code: phone, case: decodeURIComponent(CASE) },
    })
    const untold = await refused('wang-qiang', 'POST', '/api/labels/scanned', { scan, case: number })
    expect(untold.code).toBe('custody.label-not-of-case')
    expect(JSON.stringify(untold)).not.toContain(decodeURIComponent(CASE))
    await post('li-na', '/api/labels/scanned', { scan, case: decodeURIComponent(CASE) })
  })

  it('one that did not print says why in codes, whoever says it; no text gets in', async () => {
    const body = { codes: [bar], template: 'item-card', station: 'bench-1' }
    const { jobs } = await post<{ jobs: { job: string }[] }>('chen-jing', '/api/labels', body, 202)
    const job = jobs[0]?.job ?? ''
    const typed = { outcome: 'failed', reason: '张某某来过' }
    expect((await refused('chen-jing', 'POST', `/api/labels/${job}/outcome`, typed)).code).toBe('request.invalid')
    await post('chen-jing', `/api/labels/${job}/outcome`, { outcome: 'failed' })
    const { zh } = labelFaultWords['nothing-seen']
    expect(await get('chen-jing', `/api/labels/${job}`)).toMatchObject({ state: 'failed', fault: { zh } })
  })
})

describe('who sees what', () => {
  it('who has no part in the case, people of the same department and administrators included, reads no case data', async () => {
    for (const person of [
      'wang-qiang',
      'tang-yue',
      'he-fang',
      'guo-tao',
      'xu-system',
      'an-security',
      'ji-audit',
      'wu-xia',
    ]) {
      expect((await refused(person, 'GET', `/api/items/${bar}`)).code).toBe('custody.unknown-item')
      expect((await refused(person, 'GET', `/api/cases/${CASE}`)).code).toBe('custody.unknown-case')
      const found = await get<Found>(person, `/api/search?q=${encodeURIComponent('金条')}`)
      expect(found).toEqual({ items: [], cases: [], places: [] })
      expect(await get(person, '/api/lists')).toEqual({ lists: [], after: null })
    }
  })

  it('its officers, the head of their department, the custodian and the supervisor find it; the custodian without the title', async () => {
    for (const person of ['zhang-wei', 'li-na', 'qian-lei', 'chen-jing', 'zhou-ping']) {
      const found = await get<Found>(person, `/api/search?q=${bar.slice(0, 12).toLowerCase()}`)
      expect(found.items.map(({ code }) => code)).toContain(bar)
      const { epc } = await get<ItemCard>(person, `/api/items/${bar}`)
      for (const scanned of [bar, epc.toLowerCase()]) {
        const exact = await get<Found>(person, `/api/search?q=${scanned}`)
        expect(exact.items.map(({ code }) => code)).toEqual([bar])
      }
    }
    const { cases } = await get<{ cases: { title: string | null }[] }>('chen-jing', '/api/cases')
    expect(cases).toMatchObject([{ title: null, balance: { taken: 2, inStore: 2, balances: true } }])
    for (const person of ['li-na', 'qian-lei', 'zhou-ping'])
      expect((await get<{ cases: { title: string | null }[] }>(person, '/api/cases')).cases).toMatchObject([
        { title: '张某某涉嫌受贿案' },
      ])
  })
})

describe('hand-over lists of a case, page by page', () => {
  it('the newest first, each page after the last one of the page before; a returned item is counted as refused', async () => {
    const { items } = await post<{ items: { code: string }[] }>(
      'zhang-wei',
      `/api/cases/${CASE}/items`,
      {
        items: [1, 2, 3].map((n) => ({ name: `账册${n}`, category: 'general', quantity: 1, unit: '本' })),
        measure: { noticeNumber: '扣〔2026〕2号', place: '办公室' },
        holder: { attendance: 'SIGNED', name: '张某某' },
        witness: { attendance: 'SIGNED', name: '王某' },
        relevance: '涉嫌违纪违法事实中的财物',
      },
      201,
    )
    const made: string[] = []
    for (const { code: item } of items) {
      clock += 1_000
      const at = new Date(clock).toISOString()
      const photo = { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] } as never
      await server.deps.act({ person: 'zhang-wei' }, photo, { cause: `photo ${item}`, at })
      await onFilm(server.deps, [item])
      const body = { items: [item], store: 'store-1' }
      made.unshift((await post<{ list: string }>('zhang-wei', '/api/custody/hand-over', body)).list)
    }
    await post('chen-jing', '/api/custody/refuse-item', { items: [items[0]?.code], reason: '封装破损' })
    const seen: ListSummary[] = []
    let after: string | null = null
    do {
      const page: { lists: ListSummary[]; after: string | null } = await get(
        'zhang-wei',
        `/api/lists?case=${CASE}&limit=3${after === null ? '' : `&after=${after}`}`,
      )
      seen.push(...page.lists)
      after = page.after
    } while (after !== null)
    expect(seen.map(({ code }) => code)).toEqual([...made, list])
    expect(seen[2]).toMatchObject({ items: 1, accepted: 0, refused: 1, pending: 0 })
    expect(await get('zhang-wei', '/api/lists?case=none')).toEqual({ lists: [], after: null })
  })
})

it('tells the forms what they may offer, with nothing that a registration then refuses', async () => {
  const options = await get<CustodyOptions>('wang-qiang', '/api/custody/options')
  const whose = [
    'ownership',
    'owner',
    'retentionOn',
    'mixedSource',
    'mixedShare',
    'estimateMethod',
    'unitPrice',
    'onlyThing',
  ]
  expect(
    options.categories
      .slice(0, 2)
      .map(({ value, required, sealed, asks }) => [value, required, sealed, asks.map(({ field }) => field)]),
  ).toEqual([
    ['general', [], false, ['model', 'serialNumber', ...whose, 'livingUse']],
    ['valuables', ['features', 'weight_mg'], true, ['model', 'serialNumber', ...whose]],
  ])
  const house = options.categories.find(({ value }) => value === 'immovable')
  expect(house?.asks.find(({ field }) => field === 'keeping')).toMatchObject({
    ...{ kind: 'choice', required: true, name: { zh: '保管方式', en: 'kept' } },
    choices: [{ value: 'IN_PLACE' }, { value: 'HOLDER_KEEPS' }, { value: 'THIRD_PARTY' }],
  })
  expect(options.categories.filter(({ book }) => book === 'effects').map(({ value }) => value)).toEqual([
    'personal-effects',
  ])
  expect(options.tracks.find(({ value }) => value === 'SUPERVISION')).toMatchObject({
    words: { zh: '监察调查' },
    measures: ['SEIZED', 'SEALED_UP', 'EXTRACTED', 'FROZEN', 'VOLUNTARY_RECEIVED'].map((value) => ({ value })),
  })
  expect(options.purposes).toContainEqual({ value: 'COURT', words: { zh: '庭审示证', en: 'Shown in court' } })
  expect(options.limits).toMatchObject({ officersPerMeasure: 2, loanDaysMax: 30, weightMax_mg: 100_000_000_000 })
  expect((await server.app.inject({ url: '/api/custody/options' })).statusCode).toBe(401)
})

describe('what no label or form can carry is refused at registration, in words, with its line and field', () => {
  const ROOM = '〔2026〕'
  const cases: readonly (readonly [string, object, string, RegExp])[] = [
    ['a name with a character that no font has', { name: '𠀀手机' }, 'name', /𠀀.*U\+20000/],
    ['a name beyond the largest label', { name: '长'.repeat(100) }, 'name', /名称太长（100 字）/],
    ['a unit beyond the largest label', { quantity: '999999999', unit: '超长的计量单位甚至是' }, 'unit', /数量太长/],
    ['a seal number beyond the largest label', { seal: { number: ROOM.repeat(6), signers } }, 'seal', /封条号太长/],
    ['features with a character that no font has', { features: '刻字𠀀' }, 'features', /特征.*𠀀/],
    ['features beyond a cell', { features: '长'.repeat(600) }, 'features', /特征太长/],
  ]
  it.each(cases)('%s', async (_, line, field, words) => {
    const items = [
      { name: '手机', category: 'general', quantity: 1, unit: '部' },
      { name: '手机', category: 'general', quantity: 1, unit: '部', ...line },
    ]
    const told = await refused('zhang-wei', 'POST', `/api/cases/${CASE}/items`, { items, ...taking })
    expect(told).toMatchObject({ code: 'custody.cannot-draw', values: { line: 2, field } })
    expect(String(told.values['zh'])).toMatch(words)
  })

  it('features of several lines are no matter', async () => {
    const items = [{ name: '手机', category: 'general', quantity: 1, unit: '部', features: '黑色\n屏幕有裂' }]
    await post('zhang-wei', `/api/cases/${CASE}/items`, { items, ...taking }, 201)
  })

  it('the number of a case that no card could carry opens no account', async () => {
    const open = { title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: ['zhang-wei', 'li-na'] }
    for (const number of ['案'.repeat(64), '𠀀案'])
      expect((await refused('zhang-wei', 'POST', '/api/cases', { number, ...open })).code).toBe('custody.cannot-draw')
  })
})

it('a code that was typed wrongly is told to be one, and nothing is looked for', async () => {
  const wrong = `${bar.slice(0, -1)}${bar.endsWith('0') ? '1' : '0'}`
  for (const url of [`/api/items/${wrong}`, `/api/items/${wrong}/chain`, `/api/search?q=${wrong}`])
    expect(await refused('chen-jing', 'GET', url)).toMatchObject({ status: 422, code: 'stations.wrong-check' })
})

describe('bad input', () => {
  it('a list that is none', async () => {
    expect((await refused('chen-jing', 'GET', '/api/lists/D0226000999900')).code).toBe('custody.unknown-list')
  })

  const cases: [name: string, person: string, url: string, body: object, code: string][] = [
    [
      'a template that is none',
      'chen-jing',
      '/api/labels',
      { codes: ['W0126000999900'], template: 'item-100x60', station: 'bench-1' },
      'request.invalid',
    ],
    [
      'an unknown code',
      'chen-jing',
      '/api/custody/move',
      { items: ['W0126000999900'], location: 'L0126000000100' },
      'custody.unknown-item',
    ],
    ['an unknown field', 'chen-jing', '/api/custody/move', { items: [], force: true }, 'request.invalid'],
    [
      'a wrong type',
      'chen-jing',
      '/api/custody/check-in',
      { items: [{ item: 'W0126000999900', weight_mg: '5' }] },
      'request.invalid',
    ],
    [
      'an unknown case',
      'zhang-wei',
      '/api/cases/none/items',
      { items: [{ name: 'x', category: 'general', quantity: 1, unit: '个' }] },
      'custody.unknown-case',
    ],
    ['no post', 'wu-xia', '/api/custody/check-in', { items: ['W0126000999900'] }, 'access.no-post'],
    [
      'a unit that is not mine',
      'wang-qiang',
      '/api/cases',
      { number: 'x1', title: 'x', track: 'TAX', unit: 'dept-1', officers: ['zhang-wei'] },
      'custody.not-your-unit',
    ],
    [
      'an officer who is none',
      'zhang-wei',
      '/api/cases',
      { number: 'x1', title: 'x', track: 'TAX', unit: 'dept-1', officers: ['chen-jing'] },
      'custody.officer-unknown',
    ],
    [
      'a unit that is none',
      'zhang-wei',
      '/api/cases',
      { number: 'x1', title: 'x', track: 'TAX', unit: 'dept-9', officers: ['zhang-wei'] },
      'custody.unknown-unit',
    ],
    [
      'a store that is none',
      'zhang-wei',
      '/api/custody/hand-over',
      { items: ['W0126000999900'], store: 'store-9' },
      'custody.unknown-store',
    ],
    [
      'a case that is there',
      'zhang-wei',
      '/api/cases',
      { number: '云纪立〔2026〕1号', title: 'x', track: 'TAX', unit: 'dept-1', officers: ['zhang-wei'] },
      'custody.case-exists',
    ],
  ]
  for (const [name, person, url, body, code] of cases) {
    it(`${name}: ${code}`, async () => {
      const entries = (
        await server.database.db
          .selectFrom('entries' as never)
          .selectAll()
          .execute()
      ).length
      const notice = await refused(person, 'POST', url, body)
      expect(notice.code).toBe(code)
      expect(
        (
          await server.database.db
            .selectFrom('entries' as never)
            .selectAll()
            .execute()
        ).length,
      ).toBe(entries)
    })
  }
})

it('every read of a case or an item is recorded once, without what was typed', async () => {
  const records = async (): Promise<string[]> => {
    const rows = await server.deps.db
      .selectFrom('activity' as never)
      .select('text' as never)
      .orderBy('seq' as never)
      .execute()
    return rows.map(({ text }) => text).filter((text) => text.includes('"kind":"read"'))
  }
  const reads: [person: string, url: string, about: string][] = [
    ['zhang-wei', '/api/cases', 'cases'],
    ['zhang-wei', `/api/cases/${CASE}`, `case/${decodeURIComponent(CASE)}`],
    ['zhang-wei', `/api/items/${bar}`, `item/${bar}`],
    ['zhang-wei', `/api/items/${bar}/chain`, `item/${bar}/chain`],
    ['chen-jing', `/api/lists/${list}`, `list/${list}`],
    ['chen-jing', '/api/lists', 'lists'],
    ['chen-jing', '/api/loans', 'loans'],
    ['zhou-ping', '/api/incidents', 'incidents'],
    ['qian-lei', '/api/notices', 'notices'],
    ['zhou-ping', `/api/search?q=${encodeURIComponent('某人')}`, 'search'],
    ['sun-bo', '/api/approvals', 'approvals'],
    ['sun-bo', `/api/approvals/${approval}`, `approval/${approval}`],
  ]
  for (const [person, url, about] of reads) {
    const before = await records()
    await get(person, url)
    const added = (await records()).slice(before.length).map((text) => JSON.parse(text) as { kind: string })
    const read = added.filter(({ kind }) => kind === 'read')
    expect(read, url).toMatchObject([{ person, about }])
    expect(JSON.stringify(read)).not.toContain('某人')
  }
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
  expect(report.subjects).toBeGreaterThan(20)
})
