import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { signatureOf } from '../../testing.ts'
import type { CaseAccount, ItemCard } from '../protocol.ts'
import { PAYMENTS_MOST } from './schemas.ts'

/** 先行赔付、向保管人追偿 (行政强制法 26(2), rules T-06): what a third-party keeper lost, from the act to the account of the case. */

const START = '2026-03-02T01:00:00.000Z'
const FINANCE = 'guo-tao'
const PAID = {
  amount_fen: 500_000,
  voucher: '付〔2026〕1号',
  payee: '权利人丁',
  loss: '保管期间车辆被擅自使用，碰撞受损',
}
const keptByAnother = {
  keeping: 'THIRD_PARTY',
  address: '云州市城北停车场',
  keeper: '云州停车场',
  undertaking: '保〔2026〕1号',
  registryNotice: '协〔2026〕1号',
}
const vehicle = {
  ...{ name: '轿车', category: 'vehicle', quantity: 1, unit: '辆', features: '黑色' },
  details: { plate: '云A12345', vin: 'LSVAA2BR1CN000001', ...keptByAnother },
}

let office: ClockOffice
/** Kept by a third party in an administrative case, found damaged; and the same of a supervision case. */
let item: string
let other: string

const NUMBER = '云行〔2026〕26号'
const of = `/api/cases/${encodeURIComponent(NUMBER)}`

async function taken(number: string, track: string, kind: string): Promise<string> {
  const officers = ['zhang-wei', 'li-na']
  await office.act('zhang-wei', { type: 'custody.open-case', number, title: '某案', track, unit: 'dept-1', officers })
  const film = track === 'SUPERVISION' ? { recordingLater: '录像正在拷贝' } : {}
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: number, items: [vehicle], relevance: '涉案运输工具', ...film },
    measure: { kind, noticeNumber: '封〔2026〕1号', place: '停车场', officers },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
  })
  return (result as unknown as { items: { code: string }[] }).items[0]?.code ?? ''
}
const broken = (code: string) =>
  office.act('zhang-wei', { type: 'custody.incident', items: [code], kind: 'damage', note: '左前门凹陷' })
const posts = async (person: string, path: string, body: object, signers: readonly string[] = [FINANCE]) => {
  office.now = new Date(Date.parse(office.now) + 1_000).toISOString()
  const answer = await office.post(person, `/api/custody/${path}`, {
    ...body,
    ...(signers.length === 0 ? {} : { signatures: signers.map(signatureOf) }),
  })
  return answer.statusCode === 200 ? 'done' : answer.json<{ code: string }>().code
}
const pays = (more: object = {}, person = 'zhang-wei', signers?: readonly string[]) =>
  posts(person, 'pay-compensation', { items: [item], ...PAID, ...more }, signers)
const recovers = (amount_fen: number, voucher: string, nth = 1) =>
  posts('zhang-wei', 'recover-compensation', { items: [item], nth, amount_fen, voucher })
/** What the page of the item says of it. */
const onItem = async (code = item) => (await office.get<ItemCard>('zhang-wei', `/api/items/${code}`)).recourse
const account = (person = 'zhang-wei') => office.get<CaseAccount>(person, of)

beforeAll(async () => {
  office = await clockOffice(START)
  item = await taken(NUMBER, 'ADMIN', 'SEALED_UP')
  other = await taken('云监立〔2026〕26号', 'SUPERVISION', 'SEALED_UP')
})
afterAll(() => office.server.close())

it('is noted by an officer with finance, once a loss is on record, of what a third party keeps by that law', async () => {
  expect((await account()).recourse).toEqual({ payable: [], payments: [] })
  expect(await pays()).toBe('custody.recourse-no-incident')
  expect(await onItem()).toBeNull()
  await broken(item)
  await broken(other)
  expect([await onItem(), await onItem(other)]).toEqual(['payable', null])
  expect((await account()).recourse).toEqual({ payable: [item], payments: [] })
  expect(await pays({ items: [other] })).toBe('custody.recourse-keeper')
  expect(await pays({}, 'zhang-wei', [])).toBe('custody.finance-missing')
  expect(await pays({}, 'wang-qiang')).toBe('custody.unknown-item')
  expect(await pays({ voucher: '付给权利人丁' })).toBe('custody.names-person')
  expect(await pays()).toBe('done')
  expect(await onItem()).toBe('open')
  expect(await pays({ amount_fen: 1 })).toBe('custody.voucher-twice')
})

it('stands open beside the account of the case, whose balance it never touches, until the keeper has paid it back', async () => {
  const before = (await account()).ledger
  const [paid] = (await account()).recourse.payments
  expect(paid).toMatchObject({
    ...{ item, nth: 1, amount_fen: 500_000, open_fen: 500_000, voucher: PAID.voucher, payee: PAID.payee },
    ...{ loss: PAID.loss, finance: { who: `person/${FINANCE}` }, recovered: [], writtenOff: null },
  })
  expect(await recovers(500_001, '收1')).toBe('custody.recourse-beyond')
  expect(await recovers(1, '收1', 2)).toBe('custody.recourse-unknown')
  expect(await recovers(200_000, PAID.voucher)).toBe('custody.voucher-twice')
  expect(await recovers(200_000, '收权利人丁')).toBe('custody.names-person')
  const both = await Promise.all([recovers(300_000, '收1'), recovers(300_000, '收2')])
  expect(both.toSorted()).toEqual(['custody.recourse-beyond', 'done'])
  const { ledger, recourse } = await account()
  expect(recourse.payments[0]).toMatchObject({ open_fen: 200_000, recovered: [{ amount_fen: 300_000 }] })
  expect(ledger).toEqual(before)
  expect(ledger.balances).toBe(true)
})

it('what cannot be had back is written off by the department and the organ, and nothing is open since', async () => {
  const deed = { command: 'write-off-recourse', items: [item], nth: 1, amount_fen: 200_000 }
  await expect(
    office.act('zhang-wei', { type: 'approvals.ask', deed: { ...deed, amount_fen: 199_999 }, reason: '保管人已注销' }),
  ).rejects.toMatchObject({ code: 'custody.recourse-differs' })
  const { result } = await office.act('zhang-wei', { type: 'approvals.ask', deed, reason: '保管人已注销' })
  const id = String(result['id'])
  const grant = async (person: string) => {
    const answer = await office.post(person, `/api/approvals/${id}/grant`, {})
    return answer.json<{ state?: string; code?: string }>()
  }
  expect(await grant('zhang-wei')).toMatchObject({ code: 'approvals.same-person' })
  expect(await grant('qian-lei')).toMatchObject({ state: 'passed' })
  // The request stands in the account while it waits, and what comes in meanwhile counts first.
  expect((await account()).pending.map((one) => one.deed['command'])).toContain('write-off-recourse')
  expect(await recovers(50_000, '收3')).toBe('done')
  expect(await grant('sun-bo')).toMatchObject({ state: 'granted' })
  expect((await account()).recourse.payments[0]).toMatchObject({
    ...{ open_fen: 0, writtenOff: { amount_fen: 150_000, approver: { who: 'person/sun-bo' } } },
  })
  expect(await recovers(1, '收4')).toBe('custody.recourse-unknown')
  await expect(office.act('zhang-wei', { type: 'approvals.ask', deed, reason: '保管人已注销' })).rejects.toMatchObject({
    code: 'custody.recourse-unknown',
  })
})

it('takes no payment that could not be recovered any more: the last that may be named is the last that is taken', async () => {
  const car = await taken('云行〔2026〕27号', 'ADMIN', 'SEALED_UP')
  await broken(car)
  for (let nth = 1; nth <= PAYMENTS_MOST; nth += 1)
    expect([nth, await pays({ items: [car], voucher: `付${nth}` })]).toEqual([nth, 'done'])
  expect(await pays({ items: [car], voucher: '付又一' })).toBe('custody.recourse-full')
  const last = { items: [car], nth: PAYMENTS_MOST, amount_fen: PAID.amount_fen, voucher: '收末' }
  expect(await posts('zhang-wei', 'recover-compensation', last)).toBe('done')
  const { recourse } = await office.get<CaseAccount>(
    'zhang-wei',
    `/api/cases/${encodeURIComponent('云行〔2026〕27号')}`,
  )
  expect([recourse.payable, recourse.payments.length]).toEqual([[], PAYMENTS_MOST])
}, 120_000)

it('holds against its registers', async () => {
  expect(await office.faults()).toEqual([])
})
