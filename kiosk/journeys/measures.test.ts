/**
 * Journey: a measure is asked for and agreed to before it is taken, or afterwards; what was handed in is held under one; an account is frozen;
 * money goes into the special account by the sum that two counted.
 */

import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount, ItemCard } from '../../server/custody/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { recordingOf } from '../../server/custody/testing.ts'
import { fitsEverySize } from '../testing/every-size.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕5号'
const API = `/api/cases/${encodeURIComponent(CASE)}`
const CASE_PATH = `/desk/cases/${encodeURIComponent(CASE)}`
const [OFFICER, OTHER, DEPARTMENT, ORGAN, FINANCE] = ['zhang-wei', 'li-na', 'qian-lei', 'sun-bo', 'guo-tao'] as const
const present = {
  holder: { attendance: 'SIGNED', name: '持有人甲' },
  witness: { attendance: 'SIGNED', name: '见证人乙' },
  relevance: '涉嫌违纪违法事实中的财物',
} as const

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  page = await demo.open(browser, OFFICER, CASE_PATH)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const account = () => demo.get<CaseAccount>(OFFICER, API)
const dialog = () => page.getByRole('dialog')
const button = (name: string) => dialog().getByRole('button', { name, exact: true })

/** The dialog is whole and its buttons are in sight at every size. */
async function fits(): Promise<void> {
  await fitsEverySize(page)
  await page.setViewportSize(VIEWPORT)
  const box = await dialog().getByRole('button', { name: '取消', exact: true }).boundingBox()
  expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(VIEWPORT.height)
}

async function register(items: readonly object[], measure: object): Promise<string> {
  const { status, body } = await demo.post(OFFICER, `${API}/items`, { items, measure, ...present })
  expect(status, JSON.stringify(body)).toBe(201)
  return (body['items'] as readonly { code: string }[])[0]?.code ?? ''
}

async function grantPending(person: string): Promise<void> {
  const { status, body } = await demo.post(person, `/api/approvals/${await pending()}/grant`, {})
  expect(status, JSON.stringify(body)).toBe(200)
}

/** By the department, and by the organ where it is asked too. */
async function grantAll(): Promise<void> {
  for (const person of [DEPARTMENT, ORGAN]) if ((await account()).pending.length > 0) await grantPending(person)
}

async function pending(): Promise<string> {
  await expect.poll(async () => (await account()).pending.length, { timeout: TEST_MS / 4 }).toBe(1)
  return (await account()).pending[0]?.id ?? ''
}

test(
  '呈批: asked for in a dialog, agreed to, shown with its term, and its form F-00 is written and issued',
  async () => {
    await page.getByRole('button', { name: '呈批（采取措施）' }).click()
    await says(page, 'dialog h2', '呈批')
    await fits()
    await expect.poll(() => button('提出申请').isDisabled()).toBe(true)
    await dialog().getByLabel('措施').selectOption({ label: '主动上交待定' })
    await dialog().getByLabel('理由').fill('当事人愿意上交')
    await button('提出申请').click()
    await grantPending(DEPARTMENT)
    await says(page, 'main', '已批准的措施')
    await says(page, 'main', '有效至')

    await page.getByRole('button', { name: '填写', exact: true }).first().click()
    await says(page, 'dialog h2', 'F-00')
    await fits()
    for (const [field, text] of [
      ['拟采取措施', '接受主动上交'],
      ['措施对象', '持有人甲'],
      ['财物范围', '玉佩一件'],
      ['事实和理由', '当事人主动上交'],
    ] as const)
      await dialog().getByLabel(field).fill(text)
    await button('出具').click()
    await says(page, 'main', /呈〔\d{4}〕/)
  },
  TEST_MS,
)

test(
  'what was handed in under the grant is asked to be held under a measure, at its page',
  async () => {
    const { approvedMeasures } = await account()
    const code = await register([{ name: '玉佩', category: 'general', quantity: 1, unit: '件' }], {
      ...{ noticeNumber: '收〔2026〕8号', place: '办公室', kind: 'VOLUNTARY_RECEIVED' },
      approval: approvedMeasures[0]?.approval ?? '',
    })
    await page.goto(`${demo.url}/supervise/items/${code}`)
    await page.getByRole('button', { name: '转为正式措施' }).click()
    await fits()
    await dialog().getByLabel('措施').selectOption({ label: '扣押' })
    await dialog().getByLabel('通知书').fill('扣〔2026〕90号')
    await dialog().getByLabel('理由').fill('与案件有关')
    await button('提出申请').click()
    await pending()
    expect((await account()).pending[0]?.deed).toMatchObject({ command: 'convert-surrender', kind: 'SEIZED' })
    await grantPending(DEPARTMENT)
    await grantPending(ORGAN)
    expect((await demo.get<ItemCard>(OFFICER, `/api/items/${code}`)).measureStatus.value).toBe('SEIZED')
  },
  TEST_MS,
)

test(
  '补办批准: what was taken by its notice alone is asked for afterwards, and is an open point no more',
  async () => {
    const notice = '扣〔2026〕91号'
    const code = await register([{ name: '账本', category: 'general', quantity: 1, unit: '册' }], {
      ...{ noticeNumber: notice, place: '办公室', kind: 'SEIZED' },
    })
    await page.goto(`${demo.url}${CASE_PATH}`)
    await page.locator('li', { hasText: notice }).getByRole('button', { name: '补办批准' }).click()
    await says(page, 'dialog h2', '补办批准')
    await fits()
    await dialog().getByLabel('理由').fill('当时情况紧急')
    await button('提出申请').click()
    await says(page, 'main', '已申请补办，待审批')
    await grantAll()
    expect((await account()).unapproved.map((one) => one.notice)).not.toContain(notice)
    expect(await demo.get<ItemCard>(OFFICER, `/api/items/${code}`)).toMatchObject({ decidable: null })
  },
  TEST_MS,
)

test(
  '冻结: asked for in the dialog, agreed to, and the account stands frozen with its bank',
  async () => {
    await page.goto(`${demo.url}${CASE_PATH}`)
    await page.getByRole('button', { name: '呈批（采取措施）' }).click()
    await dialog().getByLabel('措施').selectOption({ label: '冻结' })
    await dialog().getByLabel('理由').fill('防止转移')
    await button('提出申请').click()
    await pending()
    await grantAll()
    const granted = (await account()).approvedMeasures.find(({ kind }) => kind.value === 'FROZEN')
    const details = {
      ...{ issuer: '云州银行', account: '6222 0000', frozenAmount: '120000.50', currency: 'CNY' },
      ...{ freezeReceipt: '回执〔2026〕1号', keeping: 'THIRD_PARTY' },
    }
    const code = await register([{ name: '银行存款', category: 'account', quantity: 1, unit: '户', details }], {
      ...{ noticeNumber: '冻〔2026〕1号', place: '云州银行', kind: 'FROZEN', approval: granted?.approval ?? '' },
    })
    await page.goto(`${demo.url}/supervise/items/${code}`)
    await says(page, 'article', '冻结')
    await says(page, 'article', '云州银行')
    await says(page, 'article', '****0000')
    await fitsEverySize(page)
    await page.setViewportSize(VIEWPORT)
    await page.getByRole('button', { name: '查看完整账号' }).click()
    await dialog().getByLabel('查看事由').fill('核对银行回函')
    await fits()
    await button('查看完整账号').click()
    await says(page, 'dialog', '完整账号：6222 0000')
    await fitsEverySize(page)
    await page.setViewportSize(VIEWPORT)
    await button('看毕，关闭').click()
    await says(page, 'main', '查看完整账号')
    expect(await demo.get<ItemCard>(OFFICER, `/api/items/${code}`)).toMatchObject({
      ...{ measureStatus: { value: 'FROZEN' }, custodyStatus: { value: 'THIRD_PARTY' } },
    })
  },
  TEST_MS,
)

test(
  '存入专户: by the sum that two people counted, with somebody of finance; another sum is refused and nothing is lost',
  async () => {
    const seal = { number: 'F-7001', signers: [OFFICER, OTHER] }
    const line = { name: '现金', category: 'cash', quantity: 1, unit: '袋', features: '牛皮纸袋装', seal }
    const code = await register([{ ...line, details: { currency: 'CNY', cashUse: 'DEPOSIT' } }], {
      ...{ noticeNumber: '扣〔2026〕92号', place: '办公室', kind: 'SEIZED' },
    })
    const picture = { width: 640, height: 480, channels: 3, background: '#7a5' } as const
    const photo = { name: '1.jpg', mimeType: 'image/jpeg', buffer: await sharp({ create: picture }).jpeg().toBuffer() }
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const kept = await page.request.post(`${demo.url}/api/items/${code}/photos`, { headers, multipart: { photo } })
    expect(kept.status(), await kept.text()).toBe(201)
    const counted = { lines: [{ face_minor: 10_000, bundles: 0, loose: 7 }] }
    for (const person of [OFFICER, OTHER]) await demo.post(person, `/api/items/${code}/cash-counts`, counted)
    const { measure } = await demo.get<ItemCard>(OFFICER, `/api/items/${code}`)
    const { type: _, ...recording } = recordingOf([code], measure.takenAt)
    await demo.post(OFFICER, '/api/custody/note-video', recording)
    const { status, body } = await demo.post(OFFICER, '/api/custody/hand-over', { items: [code], store: 'store-1' })
    expect(status, JSON.stringify(body)).toBe(200)

    await page.goto(`${demo.url}/supervise/items/${code}`)
    await page.getByRole('button', { name: '存入专户' }).click()
    await says(page, 'dialog', '双人清点：700.00 元')
    await fits()
    await dialog().getByLabel('凭证金额（元）').fill('699')
    await dialog().getByLabel('缴款凭证号').fill('缴〔2026〕1号')
    await dialog().getByLabel('专用账户').fill('专户 6222')
    const { badge, pin } = demo.person(FINANCE)
    await dialog().getByLabel('工牌').fill(badge)
    await dialog().getByLabel('PIN').fill(pin)
    await button('存入专户').click()
    await says(page, 'dialog', 'custody.deposit-differs')
    await dialog().getByLabel('凭证金额（元）').fill('700')
    await button('存入专户').click()
    await says(page, 'article', '700.00 元，专户 6222')
    expect(await demo.get<ItemCard>(OFFICER, `/api/items/${code}`)).toMatchObject({
      ...{ custodyStatus: { value: 'DEPOSITED' }, deposit: { amount_fen: 70_000 } },
    })
    expect((await account()).ledger.balances).toBe(true)
  },
  TEST_MS,
)
