import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import type { ShownApproval } from '../../approvals/protocol.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { signatureOf } from '../../testing.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import type { CaseAccount, ItemCard, ShownDisposal } from '../protocol.ts'
import { taking } from '../testing.ts'

interface Refused {
  readonly code: string
  readonly detail: string
}

const START = '2026-03-02T02:00:00.000Z'
/** After the 24 hours in which a measure on the spot is approved. */
const LATE = '2026-03-04T02:00:00.000Z'
const CASE = '紧急案'
const [OFFICER, OTHER, CUSTODIAN, FINANCE] = ['zhang-wei', 'li-na', 'chen-jing', 'guo-tao'] as const
const terms = { suspectedCrime: false, opinion: '查明' }
const receiver = {
  relation: 'agent',
  name: '领取人丙',
  authorisation: '授权委托书',
  identity: '居民身份证 110101',
  signed: true,
}

let office: ClockOffice
let codes: string[]

beforeAll(async () => {
  office = await clockOffice(START, { extend: async (app, deps) => void (await app.register(disposalRoutes, deps)) })
  const officers = [OFFICER, OTHER]
  const opened = { number: CASE, title: '某案', track: 'ADMIN', unit: 'dept-1', officers }
  await office.act(OFFICER, { type: 'custody.open-case', ...opened })
  const line = { category: 'general', quantity: 1, unit: '部' }
  const { result } = await office.act(OFFICER, {
    ...{ type: 'custody.register', case: CASE, ...taking },
    measure: { ...taking.measure, kind: 'SEIZED', emergency: true, takenAt: START },
    items: ['手机', '电脑'].map((name) => ({ name, ...line })),
  })
  codes = (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  await office.checkIn(codes)
}, 120_000)
afterAll(() => office.server.close())

async function post<T>(person: string, url: string, payload: object, status = 200): Promise<T> {
  office.now = new Date(Date.parse(office.now) + 1_000).toISOString()
  const answer = await office.post(person, url, payload)
  expect(answer.statusCode, `${url}: ${answer.body}`).toBe(status)
  return answer.json<T>()
}
const account = () => office.get<CaseAccount>(OFFICER, `/api/cases/${encodeURIComponent(CASE)}`)
const gate = async () => (await account()).blocks.map(({ item, what, turn }) => [item, what.zh, turn.zh])
const wanting = async () => (await account()).unapproved.flatMap(({ items }) => items)
const leaveOf = async (item: string) => (await office.get<ItemCard>(OFFICER, `/api/items/${item}`)).unapproved
const closes = (status: number) => post<Refused>(OFFICER, `/api/cases/${encodeURIComponent(CASE)}/close`, {}, status)
const proposes = (items: readonly string[], way: object, status = 200) =>
  post<Refused & { disposal: string; approval: string }>(
    ...([OFFICER, '/api/custody/propose-disposal', { items, ...terms, ...way }, status] as const),
  )
const CONFISCATED = { way: 'CONFISCATE', destination: 'treasury', reviewUnit: 'dept-2' } as const

async function asksLeave(items: readonly string[]): Promise<string> {
  const asked = { deed: { command: 'confirm-measure', items }, reason: '当时情况紧急' }
  return (await post<{ id: string }>(OFFICER, '/api/approvals', asked, 201)).id
}
async function grants(approval: string): Promise<void> {
  for (const person of ['qian-lei', 'sun-bo']) await post(person, `/api/approvals/${approval}/grant`, {})
}
/** Whether the 24 hours run over it still, and are over. */
async function lateOver(item: string): Promise<boolean> {
  await office.turn()
  const { rows } = await sql<{ open: boolean }>`
    select s.open from clocks c join clock_subjects s on s.clock = c.id
    where c.rule = 'DL-07' and s.subject = ${`item/${item}`} and c.due_at < ${office.now}::timestamptz
  `.execute(office.server.database.db)
  return rows.some(({ open }) => open)
}

it('whoever is asked to approve it afterwards reads what was taken, how, when, by which notice and where, and whether the 24 hours are over', async () => {
  await office.turn()
  const id = await asksLeave(codes)
  const told = async (person: string) => {
    const { matter } = await office.get<ShownApproval>(person, `/api/approvals/${id}`)
    return Object.fromEntries(matter.map(({ term, value }) => [term.zh, value.zh]))
  }
  const shown = {
    ...{ 措施: '扣押', 通知书文号: taking.measure.noticeNumber, 采取时间: '2026-03-02 10:00' },
    ...{ 采取地点: taking.measure.place, 如何采取: '当场采取' },
  }
  expect(await told('qian-lei')).toEqual({ ...shown, 补办期限: '2026-03-03 10:00，未超过 24 小时' })
  office.now = LATE
  expect(await told('qian-lei')).toEqual({ ...shown, 补办期限: '2026-03-03 10:00，已超过 24 小时' })
  await post(OFFICER, `/api/approvals/${id}/withdraw`, {})
})

it('what was taken on the spot and never approved is released, or goes nowhere: its alarm, its offers, the gate and the account agree', async () => {
  office.now = LATE
  const [kept = '', returned = ''] = codes
  const refused = await proposes([kept], CONFISCATED, 409)
  expect(refused).toMatchObject({ code: 'custody.measure-unapproved', detail: expect.stringContaining(kept) })
  expect(await gate()).toEqual(codes.map((code) => [code, '措施未经批准，须补办批准或解除返还', '承办人员']))
  expect(await leaveOf(kept)).toEqual({ levels: ['department', 'organ'], asked: false })
  expect([await lateOver(kept), await lateOver(returned)]).toEqual([true, true])
  const back = await proposes([returned], {
    ...{ way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt: office.now },
  })
  await post('qian-lei', `/api/approvals/${back.approval}/grant`, {})
  await post(CUSTODIAN, '/api/custody/release', {
    ...{ items: [returned], noticeNumber: '解〔2026〕1号', receiver, signatures: [signatureOf(OTHER)] },
  })
  await post(CUSTODIAN, '/api/custody/write-off', { items: [returned] })
  expect([await wanting(), await gate()]).toEqual([[kept], [[kept, '措施未经批准，须补办批准或解除返还', '承办人员']]])
  expect([await lateOver(kept), await lateOver(returned)]).toEqual([true, false])
})

it('once approved it goes any way; a thing that went without, by a paper from before, keeps its case open until it is approved where it is', async () => {
  const [kept = ''] = codes
  const leave = await asksLeave([kept])
  expect(await leaveOf(kept)).toMatchObject({ asked: true })
  await grants(leave)
  expect(await leaveOf(kept)).toBeNull()
  expect([await gate(), await wanting()]).toEqual([[[kept, '尚未处置', '承办人员']], []])
  expect(await lateOver(kept)).toBe(false)
  const { disposal, approval } = await proposes([kept], CONFISCATED)
  await post('he-fang', `/api/approvals/${approval}/grant`, {})
  const { waiting } = await office.get<ShownDisposal>(OFFICER, `/api/disposals/${disposal}`)
  await post('sun-bo', `/api/approvals/${waiting}/grant`, {})
  const payment = { voucher: '缴款书 001' }
  const state = sql`update items set state = state - 'confirmed' where id = ${kept}`
  await state.execute(office.server.database.db)
  const act = { items: [kept], payment, signatures: [signatureOf(FINANCE)] }
  expect(await post<Refused>('liu-yang', '/api/custody/dispose', act, 409)).toMatchObject({
    code: 'custody.measure-unapproved',
  })
  await grants(await asksLeave([kept]))
  await post('liu-yang', '/api/custody/dispose', act)
  await post(CUSTODIAN, '/api/custody/write-off', { items: [kept] })
  await state.execute(office.server.database.db)
  expect([await gate(), await wanting()]).toEqual([[[kept, '已处置，措施未经批准，须补办批准', '承办人员']], [kept]])
  expect(await closes(409)).toMatchObject({
    code: 'custody.case-unapproved',
    detail: expect.stringContaining(kept),
  })
  expect(await office.get<ItemCard>(OFFICER, `/api/items/${kept}`)).toMatchObject({ decidable: 'confirm-measure' })
  const asked = await asksLeave([kept])
  expect(await gate()).toEqual([[kept, '措施补办批准，待审批', '审批人']])
  expect((await closes(409)).code).toBe('custody.case-unapproved')
  await grants(asked)
  expect([await gate(), await wanting()]).toEqual([[], []])
  await closes(200)
  const { database, modules, keys } = office.server
  const { key, installation } = keys
  const verified = await verifyStore({
    db: database.ownerDb,
    modules,
    folder: checkpointFolderOf(keys),
    key,
    installation,
  })
  expect(verified.faults).toEqual([])
})
