/** Journey: a measure is asked for and agreed to before it is taken, and what was handed in is held under one. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount, ItemCard } from '../../server/custody/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize } from '../testing/every-size.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕5号'
const API = `/api/cases/${encodeURIComponent(CASE)}`
const CASE_PATH = `/desk/cases/${encodeURIComponent(CASE)}`
const [OFFICER, DEPARTMENT, ORGAN] = ['zhang-wei', 'qian-lei', 'sun-bo'] as const
const present = {
  holder: { attendance: 'SIGNED', name: '持有人甲' },
  witness: { attendance: 'SIGNED', name: '见证人乙' },
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
    await says(page, 'main', '呈〔2026〕')
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
