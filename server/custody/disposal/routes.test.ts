import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadActor } from '../../access/actor.ts'
import { ASK_DAYS } from '../../approvals/approvals.ts'
import type { ShownApproval } from '../../approvals/protocol.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { personalWith } from '../../ledger/testing.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { accountWork, checkAccounts } from '../account/account-check.ts'
import { issuedWhole } from '../account-number/on-papers.ts'
import { disposalWork, proposingWork } from './work.ts'
import { disposalRoutes } from './routes.ts'
import { custodyDeeds } from '../module.ts'
import type { Block, CaseAccount, DisposalPage, ItemCard, PaperSignatures, ShownDisposal } from '../protocol.ts'
import { readItems } from '../reads.ts'
import { custodyRoutes } from '../routes.ts'
import { NAME_WRITTEN } from '../signing/testing-strokes.ts'
import { general, PHOTO, recordingOf, taking } from '../testing.ts'
import { withLeave } from '../testing-leave.ts'
import { disposalPaperOf } from './paper.ts'
import { readDisposal } from './reads.ts'

let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
const number = '监立〔2026〕3号'
const ofCase = `/api/cases/${encodeURIComponent(number)}`

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(disposalRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
})
afterAll(() => server.close())

async function answer<T>(
  person: string,
  method: 'GET' | 'POST',
  url: string,
  payload: object | null,
  status: number,
): Promise<T> {
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  const got = await server.as(person, { method, url, ...(payload === null ? {} : { payload }) })
  expect(got.statusCode, got.body).toBe(status)
  return got.json<T>()
}
const get = <T>(person: string, url: string): Promise<T> => answer<T>(person, 'GET', url, null, 200)
const post = <T>(person: string, url: string, payload: object, status = 200): Promise<T> =>
  answer<T>(person, 'POST', url, payload, status)

/** Who has a place on its papers, and what stands there, as an officer of the case sees it. */
async function signed(disposal: string): Promise<PaperSignatures['places']> {
  return (await get<PaperSignatures>('zhang-wei', `/api/disposals/${disposal}/signatures`)).places
}

async function returnList(code: string) {
  const { db } = server.deps
  const found = await readDisposal(db, code)
  if (found === null) throw new Error('there is no such paper')
  const seen = await readItems(db, found.items)
  const copy = { number: 1, of: 3, recipient: '附卷' }
  return disposalPaperOf(db, found, 'return-list', { nth: 1, items: null, copy, seen, isWhole: issuedWhole })
}

it('a case from its first item to its close: proposed, reviewed, approved, returned, paid, written off', async () => {
  await post(
    'zhang-wei',
    '/api/cases',
    { number, title: '某某案', track: 'SUPERVISION', unit: 'dept-1', officers: ['zhang-wei', 'li-na'] },
    201,
  )
  const { items } = await post<{ items: { code: string }[] }>(
    'zhang-wei',
    `${ofCase}/items`,
    { ...taking, items: [general, general] },
    201,
  )
  const codes = items.map(({ code }) => code)
  await withLeave(server.deps, codes)
  for (const item of codes)
    await server.deps.act(
      { person: 'zhang-wei' },
      { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] },
      { cause: `photo ${item}`, at: new Date((clock += 1_000)).toISOString() },
    )
  const shelf = await post<{ code: string }>(
    'chen-jing',
    '/api/stores/store-1/locations',
    { name: '一号架', storageClass: 'ordinary', capacity: 9 },
    201,
  )
  const [shown = '', notShown = ''] = codes
  const handOver = { items: codes, store: 'store-1' }
  expect((await post<{ code: string }>('zhang-wei', '/api/custody/hand-over', handOver, 409)).code).toBe(
    'custody.film-first',
  )
  const unfilmed = await get<CaseAccount>('zhang-wei', ofCase)
  expect(unfilmed.unfilmed).toEqual({ none: codes, unhashed: [], gap: [] })
  const taken = await get<ItemCard>('zhang-wei', `/api/items/${shown}`)
  const { type: _, ...recording } = recordingOf([shown], taken.measure.takenAt)
  await post('zhang-wei', '/api/custody/note-video', recording)
  const excuse = { deed: { command: 'allow-unfilmed', items: [notShown] }, reason: '执法仪故障，有情况说明' }
  const { id } = await post<{ id: string }>('zhang-wei', '/api/approvals', excuse, 201)
  for (const approver of ['qian-lei', 'sun-bo']) await post(approver, `/api/approvals/${id}/grant`, {})
  await post('zhang-wei', '/api/custody/hand-over', handOver)
  const given = { signatures: [signatureOf('zhang-wei')] }
  await post('chen-jing', '/api/custody/check-in', { items: codes, location: shelf.code, ...given })

  const { blocks } = await post<{ code: string; blocks: Block[] }>('zhang-wei', `${ofCase}/close`, {}, 409)
  expect(blocks.map(({ item, what, holder }) => [item, what.zh, holder.who])).toEqual(
    codes.map((code) => [code, '尚未处置', 'store/store-1']),
  )

  const [returned = '', paid = ''] = codes
  const finding = { way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt: new Date(clock).toISOString() }
  const terms = { suspectedCrime: false, opinion: '查明无关' }
  const first = await post<{ disposal: string; approval: string }>('zhang-wei', '/api/custody/propose-disposal', {
    items: [returned],
    ...finding,
    ...terms,
  })
  // Whoever handles the case sees what a colleague asked for.
  expect((await get<CaseAccount>('li-na', ofCase)).pending).toMatchObject([
    { id: first.approval, deed: { command: 'approve-disposal' }, requester: { who: 'person/zhang-wei' } },
  ])
  await post('qian-lei', `/api/approvals/${first.approval}/grant`, {})
  expect((await get<CaseAccount>('li-na', ofCase)).pending).toEqual([])
  const second = await post<{ disposal: string; approval: string }>('zhang-wei', '/api/custody/propose-disposal', {
    ...{ items: [paid], way: 'CONFISCATE', destination: 'treasury', reviewUnit: 'dept-2' },
    ...terms,
  })
  expect(second.disposal).not.toBe(first.disposal)
  // The reviewing office is of another department: it sees the case as long as it has to decide.
  expect((await get<ShownDisposal>('he-fang', `/api/disposals/${second.disposal}`)).opinion).toBe('查明无关')
  await post('he-fang', `/api/approvals/${second.approval}/grant`, {})
  // Once he has, he reads what he agreed to, and nothing else of it.
  const read = await get<DisposalPage>('he-fang', `/api/disposals/${second.disposal}`)
  expect(read).toMatchObject({ opinion: '查明无关', acts: [], yours: [], things: [{ code: paid, name: general.name }] })
  await answer('he-fang', 'GET', `/api/items/${paid}`, null, 404)
  await answer('he-fang', 'GET', ofCase, null, 404)
  await answer('he-fang', 'GET', `/api/disposals/${first.disposal}`, null, 404)
  const { waiting } = await get<ShownDisposal>('zhang-wei', `/api/disposals/${second.disposal}`)
  await post('sun-bo', `/api/approvals/${waiting}/grant`, {})

  const receiver = {
    ...{ relation: 'relative', name: '领取人丙', identity: '居民身份证 110101', authorisation: '户口簿', signed: true },
  }
  const release = { items: [returned], noticeNumber: '解〔2026〕1号', receiver }
  await post('chen-jing', '/api/custody/release', release, 403)
  await post('chen-jing', '/api/custody/release', { ...release, signatures: [signatureOf('li-na')] })
  const payment = { items: [paid], payment: { voucher: '缴款书 001' } }
  await post('liu-yang', '/api/custody/dispose', { ...payment, signatures: [signatureOf('guo-tao')] })

  // The keeper prints what he handed out; each way has its own papers, and no others.
  const paper = async (person: string, url: string): Promise<number> => {
    const got = await server.as(person, { method: 'GET', url: `/api/disposals/${url}` })
    if (got.statusCode === 200) expect(got.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    return got.statusCode
  }
  const drawn = { items: [returned], paper: first.disposal, act: 1, on: 'screen', strokes: NAME_WRITTEN }
  await post('zhang-wei', '/api/custody/sign', { ...drawn, as: 'receiver' }, 403)
  await post('chen-jing', '/api/custody/sign', { ...drawn, as: 'receiver' })
  await post('chen-jing', '/api/custody/sign', { ...drawn, as: 'giver', signatures: [signatureOf('li-na')] })
  expect(await signed(first.disposal)).toMatchObject([
    { act: 1, as: 'giver', person: { who: 'person/chen-jing' }, signature: null, sign: null },
    { as: 'giver', person: { who: 'person/li-na' }, signature: { by: { who: 'person/chen-jing' } } },
    { as: 'receiver', person: null, receiver: '领取人丙', signature: { strokes: NAME_WRITTEN } },
  ])
  const receipt = await returnList(first.disposal)
  expect(receipt.signatures.map(({ role, drawn: ink }) => [role, ink?.strokes])).toEqual([
    ['经办人', undefined],
    ['经办人', NAME_WRITTEN],
    ['领取人', NAME_WRITTEN],
  ])
  for (const url of ['approval.pdf', 'notice.pdf', 'return-list.pdf?copy=3'])
    expect(await paper('chen-jing', `${first.disposal}/${url}`), url).toBe(200)
  expect(await paper('chen-jing', `${first.disposal}/destruction.pdf`)).toBe(404)
  expect(await paper('chen-jing', `${first.disposal}/notice.pdf?act=2`)).toBe(404)
  const approval = await server.as('zhang-wei', {
    method: 'GET',
    url: `/api/disposals/${second.disposal}/approval.pdf`,
  })
  const [page] = readPdf(approval.rawPayload).pages
  for (const part of ['案管意见', '案管部门：', '监察调查']) expect(page?.text).toContain(part)
  const tasks = await disposalWork(server.database.db, {
    actor: await loadActor(server.database.db, 'chen-jing', new Date(clock).toISOString()),
    ...{ now: new Date(clock).toISOString(), after: null, limit: 10 },
  })
  expect(tasks.map(({ id, what }) => [id, what.zh])).toEqual([
    [first.disposal, '已处置，待销账'],
    [second.disposal, '已处置，待销账'],
  ])

  const account = await get<CaseAccount>('zhang-wei', ofCase)
  expect(account.ledger.accounts.map(({ account: of, pieces }) => [of, pieces])).toEqual([
    ['taken', 2],
    ['returned', 1],
    ['confiscated', 1],
  ])
  expect(account.ledger.balances).toBe(true)
  expect(account.disposals.map(({ status }) => status)).toEqual(['done', 'done'])
  expect(account.blocks.map(({ what }) => what.zh)).toEqual(['已处置，尚未销账', '已处置，尚未销账'])
  await post('chen-jing', '/api/custody/write-off', { items: codes })
  // Off since the day's trial, which found nothing: the gate tries for itself.
  const { db } = server.database
  await sql`update items set state = jsonb_set(state, '{disposed,way}', '"DESTROY"') where ordinal = 1`.execute(db)
  expect((await post<{ code: string }>('zhang-wei', `${ofCase}/close`, {}, 409)).code).toBe('custody.account-differs')
  await sql`update items set state = jsonb_set(state, '{disposed,way}', '"RETURN"') where ordinal = 1`.execute(db)
  const closed = await post<{ exceptions: string[] }>('zhang-wei', `${ofCase}/close`, {})
  expect(closed.exceptions).toEqual([])
  expect(await get<CaseAccount>('zhang-wei', ofCase)).toMatchObject({
    status: 'CLOSED',
    blocks: [],
    closed: { by: { who: 'person/zhang-wei' } },
  })
  await post('zhang-wei', `${ofCase}/items`, { ...taking, items: [general] }, 409)
  const found = await sql<{
    n: number
  }>`select count(*)::int as n from entries where text like '%领取人丙%' or text like '%110101%'`.execute(
    server.database.db,
  )
  expect(found.rows[0]?.n).toBe(0)
  const verified = await verifyStore({
    db: server.database.ownerDb,
    modules: server.modules,
    folder: checkpointFolderOf(server.keys),
    key: server.keys.key,
    installation: server.keys.installation,
  })
  expect(verified.faults).toEqual([])
})

it('whoever received a thing is no more to be read once two administrators have erased him by law', async () => {
  const account = await get<CaseAccount>('zhang-wei', ofCase)
  const returned = account.items.find(({ disposition }) => /RETURN|CLOSED/.test(disposition.value))?.code ?? ''
  const left = () => personalWith(server.database.ownerDb, '领取人丙')
  expect(await left()).toBeGreaterThan(0)
  const change = {
    ...{ command: 'org.erase-presence', items: [returned], whose: ['receiver'] },
    ...{ ground: 'ordered', document: '云纪办〔2026〕34号' },
  }
  const { id } = await post<{ id: string }>('an-security', '/api/proposals', { change }, 201)
  await post('xu-system', `/api/proposals/${id}/confirm`, {})
  expect(await left()).toBe(0)
  // What he drew goes with his name; what the staff drew stands.
  const [ofReturn] = account.disposals.filter(({ items }) => items.includes(returned))
  expect((await signed(ofReturn?.code ?? '')).map(({ receiver, signature }) => [receiver, signature?.strokes])).toEqual(
    [
      [null, undefined],
      [null, NAME_WRITTEN],
      [null, null],
    ],
  )
})

it('the daily trial finds an item that stands elsewhere than its facts say, tells supervisors, and sees it put right', async () => {
  const { db } = server.database
  const { signal } = new AbortController()
  const trial = () =>
    checkAccounts({ db, act: server.deps.act, now: () => new Date((clock += 1_000)).toISOString() }, signal)
  expect(await trial()).toEqual([])
  await sql`update items set state = jsonb_set(state, '{disposed,way}', '"DESTROY"') where ordinal = 1`.execute(db)
  expect(await trial()).toEqual([number])
  expect(await trial()).toEqual([number])
  const actor = {
    person: 'zhou-ping',
    unit: 'supervision',
    appointments: [{ post: 'supervisor', place: 'organ' }],
  } as const
  const asked = { actor, now: new Date(clock).toISOString(), after: null, limit: 10 }
  expect(await accountWork(db, asked)).toMatchObject([{ kind: 'account', id: number, level: 'overdue' }])
  await sql`update items set state = jsonb_set(state, '{disposed,way}', '"RETURN"') where ordinal = 1`.execute(db)
  expect(await trial()).toEqual([])
  expect(await accountWork(db, asked)).toEqual([])
  const told = await sql<{
    type: string
  }>`select type from entries where type like 'custody.account-%' order by seq`.execute(db)
  expect(told.rows.map(({ type }) => type)).toEqual(['custody.account-differed', 'custody.account-agreed'])
})

it('a proposal that was refused, lapsed or taken back frees its item, and its paper, the gate and the work list say so', async () => {
  const other = '监立〔2026〕4号'
  const of = `/api/cases/${encodeURIComponent(other)}`
  const officers = ['zhang-wei', 'li-na']
  await post(
    'zhang-wei',
    '/api/cases',
    { number: other, title: '某某案', track: 'SUPERVISION', unit: 'dept-1', officers },
    201,
  )
  const registered = await post<{ items: { code: string }[] }>(
    'zhang-wei',
    `${of}/items`,
    { ...taking, items: [general] },
    201,
  )
  const items = registered.items.map(({ code }) => code)
  await withLeave(server.deps, items)
  const terms = { way: 'CONFISCATE', destination: 'treasury', suspectedCrime: false, opinion: '没收' }
  const propose = (person = 'zhang-wei') =>
    post<{ disposal: string; approval: string }>(person, '/api/custody/propose-disposal', {
      ...{ items, ...terms, reviewUnit: 'dept-2' },
    })
  const paper = ({ disposal }: { disposal: string }) => get<ShownDisposal>('zhang-wei', `/api/disposals/${disposal}`)
  // That it was not filmed is in the way all along.
  const gate = async () =>
    (await get<CaseAccount>('zhang-wei', of)).blocks
      .map(({ what, turn }) => [what.zh, turn.zh])
      .filter(([what]) => what !== '录音录像不完整')
  const work = async () =>
    (
      await proposingWork(server.database.db, {
        actor: await loadActor(server.database.db, 'zhang-wei', new Date(clock).toISOString()),
        ...{ now: new Date(clock).toISOString(), after: null, limit: 10 },
      })
    ).map(({ id, what }) => [id, what.zh])

  const first = await propose()
  expect([await gate(), await work()]).toEqual([[['处置待审理、审批', '审批人']], []])
  await post('he-fang', `/api/approvals/${first.approval}/refuse`, { opinion: '事实不清' })
  expect((await paper(first)).status).toBe('refused')
  expect(await gate()).toEqual([['处置未获批准，须重新提出', '承办人员']])
  expect(await work()).toEqual([[first.disposal, '处置未获批准，须重新提出']])

  const second = await propose()
  expect(await work()).toEqual([])
  await post('li-na', `/api/approvals/${second.approval}/withdraw`, {}, 404)
  await post('zhang-wei', `/api/approvals/${second.approval}/withdraw`, {})
  await post('he-fang', `/api/approvals/${second.approval}/grant`, {}, 409)
  expect((await paper(second)).status).toBe('withdrawn')
  expect(await gate()).toEqual([['处置已撤回，须重新提出', '承办人员']])
  expect(await work()).toEqual([])

  const third = await propose()
  clock += (ASK_DAYS + 1) * 86_400_000
  expect((await paper(third)).status).toBe('lapsed')
  expect(await gate()).toEqual([['处置的申请已失效，须重新提出', '承办人员']])
  expect(await work()).toEqual([[third.disposal, '处置的申请已失效，须重新提出']])
  const { proposer, waiting } = await paper(await propose('li-na'))
  expect([proposer.who, await gate()]).toEqual(['person/li-na', [['处置待审理、审批', '审批人']]])

  // What comes after the review is asked by the reviewer, and taken back by whoever proposed.
  await post('he-fang', `/api/approvals/${waiting}/grant`, { opinion: '权属清楚，同意' })
  const [shown] = (await get<{ approvals: ShownApproval[] }>('he-fang', '/api/approvals?state=asked')).approvals
  expect(shown).toMatchObject({ requester: { person: 'he-fang' }, mayWithdraw: false })
  // Whoever decides next reads who proposed and why, and what the reviewer said.
  expect(shown?.before).toMatchObject({
    proposer: { person: 'li-na', name: '李娜' },
    opinion: '没收',
    agreed: [{ step: { zh: '审理' }, by: { person: 'he-fang' }, opinion: '权属清楚，同意' }],
  })
  await post('he-fang', `/api/approvals/${shown?.id}/withdraw`, {}, 404)
  await post('li-na', `/api/approvals/${shown?.id}/withdraw`, {})
  expect(await get<ShownApproval>('he-fang', `/api/approvals/${shown?.id}`)).toMatchObject({
    ...{ state: 'withdrawn', decidedBy: null, withdrawnAt: expect.any(String) },
  })
  const verified = await verifyStore({
    db: server.database.ownerDb,
    modules: server.modules,
    folder: checkpointFolderOf(server.keys),
    key: server.keys.key,
    installation: server.keys.installation,
  })
  expect(verified.faults).toEqual([])
})
