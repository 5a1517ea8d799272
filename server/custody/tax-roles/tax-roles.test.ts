import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ShownApproval } from '../../approvals/protocol.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import type { WorkPage } from '../../inbox/protocol.ts'
import { loadStates } from '../../ledger/project.ts'
import { SYSTEM } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { signatureOf } from '../../testing.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import { sale, sellingEarly } from '../disposal/testing.ts'
import { cases } from '../projections.ts'
import type { DisposalPage } from '../protocol.ts'
import { withLeave } from '../testing-leave.ts'
import { taxPartsIn } from './store.ts'

/** 检查、审理、执行分离 over a whole tax case (税收征管法实施细则 85, rules T-17), at the door and on what the screens are given. */

const START = '2026-03-02T01:00:00.000Z'
const DAY_MS = 86_400_000
const CASE = '云税稽〔2026〕31号'
const of = `/api/cases/${encodeURIComponent(CASE)}`
/** Signs for finance, and is made an approver of the reviewing office as well. */
const FINANCE = 'guo-tao'
const [REVIEWER, DEPUTY, HEAD] = ['shen-yi', 'he-fang', 'sun-bo'] as const
const EXECUTOR = 'tang-yue'
const RACES = 4

let office: ClockOffice
let things: string[]

beforeAll(async () => {
  office = await clockOffice(START, {
    extend: async (app, deps) => void (await app.register(disposalRoutes, deps)),
  })
  things = await office.take(CASE, 5 + 2 * RACES, START, 'TAX')
  await withLeave(office.server.deps, things)
  await office.checkIn(things)
  for (const [person, post, place] of [
    [FINANCE, 'approver', 'review'],
    [REVIEWER, 'officer', 'dept-1'],
  ] as const)
    await office.act(SYSTEM, { type: 'org.appoint', person, post, place })
})
afterAll(() => office.server.close())

/** Proposed by an officer; answers with the paper and the request. */
async function proposed(items: readonly string[], more: object = {}): Promise<{ paper: string; asked: string }> {
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.propose-disposal', items, suspectedCrime: false, opinion: '建议没收' },
    ...{ way: 'CONFISCATE', destination: 'treasury', reviewUnit: 'review', ...more },
  })
  return { paper: String(result['disposal']), asked: String(result['approval']) }
}
const decide = async (person: string, id: string, verdict = 'grant'): Promise<string> => {
  const answer = await office.post(person, `/api/approvals/${id}/${verdict}`, {})
  return answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code
}
const next = async (paper: string): Promise<string> =>
  (await office.get<DisposalPage>('zhang-wei', `/api/disposals/${paper}`)).waiting ?? ''
const agreed = async (items: readonly string[], reviewer: string, more: object = {}): Promise<string> => {
  const { paper, asked } = await proposed(items, more)
  expect(await decide(reviewer, asked)).toBe('done')
  expect(await decide(HEAD, await next(paper))).toBe('done')
  return paper
}
const read = (person: string, id: string) => office.get<ShownApproval>(person, `/api/approvals/${id}`)
const workOf = async (person: string): Promise<string[]> =>
  (await office.get<WorkPage>(person, '/api/work')).work.map(({ id }) => id)
const confiscates = (person: string, items: readonly string[], signers: readonly string[]) =>
  office.post(person, '/api/custody/dispose', {
    ...{ items, payment: { voucher: '缴款书 001' }, signatures: signers.map(signatureOf) },
  })

it('who carried out one disposal is offered no review of another of the case, and told by name why not', async () => {
  const first = await agreed(things.slice(0, 1), REVIEWER)
  expect((await confiscates('chen-jing', things.slice(0, 1), [FINANCE])).statusCode).toBe(200)
  const { asked } = await proposed(things.slice(1, 2))
  expect(await read(FINANCE, asked)).toMatchObject({
    yours: false,
    barred: {
      code: 'custody.tax-role',
      detail: {
        zh: expect.stringMatching(/^郭涛 自 2026-03-02 .*为执行人员，不得再作为审理人员经办$/),
        en: expect.stringContaining(`carried out a disposal ${first}`),
      },
    },
  })
  expect(await read(REVIEWER, asked)).toMatchObject({ yours: true, barred: null })
  expect([(await workOf(FINANCE)).includes(asked), (await workOf(REVIEWER)).includes(asked)]).toEqual([false, true])
  for (const verdict of ['grant', 'refuse']) {
    const answer = await office.post(FINANCE, `/api/approvals/${asked}/${verdict}`, {})
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'custody.tax-role' }])
    expect(answer.body).toContain(`执行处置 ${first}起，在税务案件 ${CASE} 中为执行人员，不得再作为审理人员经办`)
    expect(answer.body).toContain('郭涛 自 2026-03-02')
  }
})

it('who stands in decides for both of them: neither may have another role in the case', async () => {
  const asked = await next(
    (await office.get<{ disposals: { code: string; status: string }[] }>('zhang-wei', of)).disposals.find(
      ({ status }) => status === 'proposed',
    )?.code ?? '',
  )
  const time = { from: office.now, to: new Date(Date.parse(office.now) + DAY_MS).toISOString() }
  const lend = (principal: string) =>
    office.post(principal, '/api/delegations', { place: 'review', commands: null, deputy: DEPUTY, ...time })
  expect((await lend(FINANCE)).statusCode).toBe(201)
  for (const verdict of ['grant', 'refuse'])
    expect([verdict, await decide(DEPUTY, asked, verdict)]).toEqual([verdict, 'custody.tax-role'])
  expect(await read(DEPUTY, asked)).toMatchObject({
    ...{ yours: false, yoursFor: null },
    barred: { code: 'custody.tax-role', detail: { zh: expect.stringMatching(/^郭涛 自 /) } },
  })
  expect(await workOf(DEPUTY)).not.toContain(asked)
  const { delegations } = await office.get<{ delegations: { id: string }[] }>(FINANCE, '/api/delegations')
  await office.post(FINANCE, `/api/delegations/${delegations[0]?.id}/end`, {})
  // With both to stand in for, he decides for the one who may, in whichever order they come.
  expect([(await lend(FINANCE)).statusCode, (await lend(REVIEWER)).statusCode]).toEqual([201, 201])
  expect(await read(DEPUTY, asked)).toMatchObject({ yours: true, yoursFor: { person: REVIEWER }, barred: null })
  expect(await workOf(DEPUTY)).toContain(asked)
  expect(await decide(DEPUTY, asked)).toBe('done')
})

it('who reviewed, be it by a deputy, becomes no officer of the case', async () => {
  for (const person of [DEPUTY, REVIEWER]) {
    await office.act(SYSTEM, { type: 'org.appoint', person, post: 'officer', place: 'dept-1' }).catch(() => undefined)
    const answer = await office.post('qian-lei', `${of}/recusals`, {
      ...{ person: 'li-na', ground: 'RELATIVE', reason: '当事人的妻弟', successors: [person] },
    })
    expect([person, answer.statusCode, answer.json()]).toMatchObject([person, 403, { code: 'custody.tax-role' }])
  }
})

it('who took the place of one who stood aside handles the case since then, and not since it was opened', async () => {
  const [number, successor] = ['云税稽〔2026〕32号', EXECUTOR]
  await office.take(number, 1, office.now, 'TAX')
  const opened = office.now
  office.now = new Date(Date.parse(office.now) + DAY_MS).toISOString()
  const asked = { person: 'li-na', ground: 'RELATIVE', reason: '当事人的妻弟', successors: [successor] }
  const answer = await office.post('qian-lei', `/api/cases/${encodeURIComponent(number)}/recusals`, asked)
  expect(answer.statusCode, answer.body).toBe(201)
  const db = office.server.database.ownerDb
  const found = (await loadStates(db, cases, [number])).get(number)
  const parts = (await taxPartsIn(db, found ? [found] : [])).get(number) ?? []
  expect(parts.filter(({ person, act }) => person === successor && act === 'handles').map(({ at }) => at)).toEqual([
    office.now,
  ])
  expect(parts.find(({ person, act }) => person === 'zhang-wei' && act === 'handles')?.at.slice(0, 10)).toBe(
    opened.slice(0, 10),
  )
})

it('who handled it from the beginning has done so since then, also when he is named in the place of a colleague', async () => {
  const number = '云税稽〔2026〕33号'
  await office.take(number, 1, office.now, 'TAX')
  const db = office.server.database.ownerDb
  const since = async (): Promise<readonly string[]> => {
    const found = (await loadStates(db, cases, [number])).get(number)
    const parts = (await taxPartsIn(db, found ? [found] : [])).get(number) ?? []
    return parts.flatMap(({ person, act, at }) => (person === 'zhang-wei' && act === 'handles' ? [at] : []))
  }
  const before = await since()
  office.now = new Date(Date.parse(office.now) + DAY_MS).toISOString()
  const asked = { person: 'li-na', ground: 'RELATIVE', reason: '当事人的妻弟', successors: ['zhang-wei', EXECUTOR] }
  const answer = await office.post('qian-lei', `/api/cases/${encodeURIComponent(number)}/recusals`, asked)
  expect(answer.statusCode, answer.body).toBe(201)
  expect(await since()).toEqual(before)
})

it('what no store keeps is executed by an officer of the department who does not inspect, and he alone is shown it', async () => {
  const item = things.slice(2, 3)
  const { reviewUnit: _, ...early } = { reviewUnit: '', ...sellingEarly }
  const sold = await proposed(item, { ...early, reviewUnit: undefined })
  expect(await decide('qian-lei', sold.asked)).toBe('done')
  expect(await decide(HEAD, await next(sold.paper))).toBe('done')
  expect((await office.server.as(EXECUTOR, { url: of })).statusCode).toBe(404)
  const signatures = [signatureOf(FINANCE)]
  const { proceeds } = (
    await office.post('chen-jing', '/api/custody/dispose', { items: item, sale, signatures })
  ).json<{
    proceeds: string
  }>()
  const paper = await agreed([proceeds], REVIEWER, { way: 'RECOVER' })
  const turn = async (person: string) => (await office.get<DisposalPage>(person, `/api/disposals/${paper}`)).yours
  expect([await turn('zhang-wei'), await turn('li-na'), await turn(EXECUTOR)]).toEqual([[], [], [proceeds]])
  const barred = async (person: string) => (await office.get<DisposalPage>(person, `/api/disposals/${paper}`)).barred
  expect((await barred('li-na'))?.detail.zh).toMatch(
    /^李娜 自 .*(?:承办本案|采取措施)起.*为检查人员，不得再作为执行人员经办$/,
  )
  expect(await barred(EXECUTOR)).toBeNull()
  const inspected = await confiscates('li-na', [proceeds], [FINANCE])
  expect([inspected.statusCode, inspected.json()]).toMatchObject([403, { code: 'custody.tax-role' }])
  expect((await confiscates(EXECUTOR, [proceeds], ['li-na', FINANCE])).json()).toMatchObject({
    code: 'custody.tax-role',
  })
  expect((await confiscates(EXECUTOR, [proceeds], [FINANCE])).statusCode).toBe(200)
  expect((await office.server.as(EXECUTOR, { url: `/api/disposals/${paper}` })).statusCode).toBe(200)
})

it('what was transferred on paper alone is delivered by another executor as well, who sees it until then', async () => {
  const SECOND = 'luo-jia'
  await office.act(SYSTEM, { type: 'org.appoint', person: SECOND, post: 'officer', place: 'dept-1' })
  const kept = {
    ...{ keeping: 'THIRD_PARTY', address: '云州市城北停车场', keeper: '云州停车场' },
    ...{ undertaking: '保〔2026〕1号', registryNotice: '协〔2026〕1号' },
  }
  const vehicle = {
    ...{ name: '轿车', category: 'vehicle', quantity: 1, unit: '辆', features: '黑色' },
    details: { plate: '云A12345', vin: 'LSVAA2BR1CN000001', ...kept },
  }
  const officers = ['zhang-wei', 'li-na']
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, items: [vehicle], relevance: '应税货物的运输工具' },
    measure: { kind: 'SEALED_UP', noticeNumber: '封〔2026〕31号', place: '停车场', officers },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
  })
  const items = (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  await withLeave(office.server.deps, items)
  const paper = await agreed(items, REVIEWER, { way: 'TRANSFER', destination: 'procuratorate', suspectedCrime: true })
  const receiver = {
    ...{ name: '接收人丙', identity: '530100199001010013', relation: 'organ', authorisation: '工作证 7', signed: true },
  }
  const transfer = {
    ...{ organ: '云州市人民检察院', receipt: '回执1', receiver, listOnly: true },
    attachments: ['list', 'photos', 'sealing', 'place'],
  }
  const done = await office.post(EXECUTOR, '/api/custody/dispose', {
    ...{ items, transfer, signatures: [signatureOf(SECOND)] },
  })
  expect(done.statusCode, done.body).toBe(200)
  const turn = await office.server.as(SECOND, { url: `/api/disposals/${paper}` })
  expect([turn.statusCode, turn.json()]).toMatchObject([200, { toDeliver: items }])
  const given = { items, receipt: '回执2', receiver, signatures: [signatureOf(EXECUTOR)] }
  const delivered = await office.post(SECOND, '/api/custody/deliver', given)
  expect(delivered.statusCode, delivered.body).toBe(200)
})

it('of two acts at one moment that would give somebody two roles, one alone is done', async () => {
  for (let round = 0; round < RACES; round += 1) {
    const [one = '', other = ''] = things.slice(5 + 2 * round, 7 + 2 * round)
    const person = `both-${round}`
    await office.act(SYSTEM, { type: 'org.add-person', person, login: person, name: person, unit: 'review' })
    await office.act(SYSTEM, { type: 'org.appoint', person, post: 'approver', place: 'review' })
    await agreed([one], REVIEWER)
    const { asked } = await proposed([other])
    const at = office.now
    const acts = [
      office.server.deps.act(
        { person: 'chen-jing', with: [FINANCE, person] },
        { type: 'custody.dispose', items: [one], payment: { voucher: '缴款书' } } as never,
        { cause: `race ${round} out`, at },
      ),
      office.server.deps.act({ person }, { type: 'approvals.grant', approval: asked } as never, {
        ...{ cause: `race ${round} in`, at },
      }),
    ]
    const tries = await Promise.allSettled(round % 2 === 0 ? acts : acts.toReversed())
    const lost = tries.flatMap((tried) => (tried.status === 'rejected' ? [tried.reason as unknown] : []))
    expect(lost).toHaveLength(1)
    expect(lost[0]).toBeInstanceOf(Refusal)
    expect((lost[0] as Refusal).code).toBe('custody.tax-role')
    office.now = new Date(Date.parse(at) + 60_000).toISOString()
  }
})

it('a page of what a store has to carry out goes on behind what is not for who looks', async () => {
  const barred = await agreed(things.slice(3, 4), REVIEWER)
  const others = await office.take('云行〔2026〕31号', 1, office.now, 'ADMIN')
  await withLeave(office.server.deps, others)
  await office.checkIn(others)
  const theirs = await agreed(others, REVIEWER)
  // He has reviewed in the tax case.
  await office.act(SYSTEM, { type: 'org.appoint', person: DEPUTY, post: 'custodian', place: 'store-1' })
  const listed: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const asked = new URLSearchParams({ limit: '1', ...(after === '' ? {} : { after }) })
    const page: WorkPage = await office.get<WorkPage>(DEPUTY, `/api/work?${asked.toString()}`)
    listed.push(...page.work.map(({ id }) => id))
    after = page.after
  }
  expect(listed).toContain(theirs)
  expect(listed).not.toContain(barred)
})

it('holds against its registers', async () => {
  expect(await office.faults()).toEqual([])
})
