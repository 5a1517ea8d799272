/** 全过程录音录像: what was seized and is not on film is told on the page of its case, and the officer asks that it may stand so, or notes it. */

import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount, ItemCard } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const OFFICER = 'zhang-wei'
const number = '云监立〔2026〕97号'
const CASE_URL = `/api/cases/${encodeURIComponent(number)}`
const TAKEN = {
  measure: {
    noticeNumber: '扣字〔2026〕97号',
    place: '办公室',
    takenAt: new Date(Math.floor(Date.now() / 60_000) * 60_000 - 300_000).toISOString(),
  },
  holder: { attendance: 'SIGNED', name: '持有人甲' },
  witness: { attendance: 'SIGNED', name: '见证人乙' },
  items: [{ name: '手机', category: 'general', quantity: 1, unit: '部' }],
}

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** Presses a key until it has had its effect: a browser without a window drops one now and then that comes in the frame a dialog opens. */
async function pressed(page: Page, key: string, had: () => Promise<boolean>): Promise<void> {
  const again = async (): Promise<boolean> => {
    if (!(await had())) await page.keyboard.press(key)
    return had()
  }
  await expect.poll(again, { timeout: 15_000, interval: 500 }).toBe(true)
}

test(
  'a seizure without its recording stands on the page of its case until approvers agree to why there is none',
  async () => {
    const of = { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
    expect((await demo.post(OFFICER, '/api/cases', of)).status).toBe(201)
    const silent = await demo.post(OFFICER, `${CASE_URL}/items`, TAKEN)
    expect(silent).toMatchObject({ status: 422, body: { code: 'custody.relevance-missing' } })
    expect((await demo.post(OFFICER, `${CASE_URL}/items`, { ...TAKEN, relevance: '往来的财物' })).status).toBe(201)
    const page = await demo.open(browser, OFFICER, `/desk/cases/${encodeURIComponent(number)}`)
    await says(page, 'main', '录音录像不完整的措施')
    await says(page, 'main', '未登记全过程录音录像')
    await page.getByRole('button', { name: '说明未全程录像的理由' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('未全程录音录像的理由').fill('执法记录仪故障，有情况说明')
    await dialog.getByRole('button', { name: '申请' }).click()
    await says(page, 'main', '理由待审批')
    const { pending, unfilmed } = await demo.get<CaseAccount>(OFFICER, CASE_URL)
    expect(pending[0]?.deed).toMatchObject({ command: 'allow-unfilmed', items: unfilmed.none })
    for (const approver of ['qian-lei', 'sun-bo']) {
      const granted = await demo.post(approver, `/api/approvals/${pending[0]?.id}/grant`, {})
      expect(granted.status, JSON.stringify(granted.body)).toBe(200)
    }
    await expect.poll(() => page.getByText('录音录像不完整的措施').count()).toBe(0)
    await page.context().close()
  },
  TEST_MS,
)

test(
  'the hand-over waits for the recording: refused by the server, led to with one key by the page, and gone once it is noted',
  async () => {
    const { body } = await demo.post(OFFICER, `${CASE_URL}/items`, { ...TAKEN, relevance: '往来的财物' })
    const [code = ''] = (body as { items: { code: string }[] }).items.map((one) => one.code)
    const path = `/desk/cases/${encodeURIComponent(number)}`
    const page = await demo.open(browser, OFFICER, path)
    // What lacks its photo is named, and is none of what is offered to be handed over.
    const chosen = page.locator('tbody tr').filter({ hasText: code }).getByRole('checkbox')
    await chosen.check()
    expect(await page.getByRole('button', { name: /^选可移交的/ }).count()).toBe(0)
    await page.keyboard.press('F8')
    await says(page, 'dialog', '1 件还没有照片，须先拍照')
    await pressed(page, 'Escape', async () => (await page.getByRole('dialog').count()) === 0)
    await chosen.uncheck()
    const picture = { width: 640, height: 480, channels: 3, background: '#7a5' } as const
    const photo = { name: '1.jpg', mimeType: 'image/jpeg', buffer: await sharp({ create: picture }).jpeg().toBuffer() }
    const headers = { 'idempotency-key': crypto.randomUUID() }
    await page.request.post(`${demo.url}/api/items/${code}/photos`, { headers, multipart: { photo } })
    await page.getByRole('button', { name: '选可移交的 1 件' }).waitFor()
    const handed = { items: [code], store: 'store-1' }
    expect(await demo.post(OFFICER, '/api/custody/hand-over', handed)).toMatchObject({
      ...{ status: 409, body: { code: 'custody.film-first' } },
    })
    await page.locator('tbody tr').filter({ hasText: code }).getByRole('checkbox').check()
    await page.keyboard.press('F8')
    await says(page, 'dialog', '1 件没有完整的录音录像')
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: '提交移交' }).isDisabled()).toBe(true)
    const asks = page.getByRole('dialog').filter({ hasText: '1 件一次登记' })
    await pressed(page, 'F6', () => asks.isVisible())
    const { measure } = await demo.get<ItemCard>(OFFICER, `/api/items/${code}`)
    const minute = (shift_ms: number): string =>
      new Date(Date.parse(measure.takenAt) + shift_ms)
        .toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
        .slice(0, 16)
    await dialog.getByLabel('录像编号').fill('LX-97')
    await dialog.getByLabel('录制设备').fill('执法仪 3 号')
    await dialog.getByLabel('开始时间').fill(minute(-120_000).replace(' ', 'T'))
    await dialog.getByLabel('结束时间').fill(minute(0).replace(' ', 'T'))
    await dialog.getByLabel('保存位置').fill('案管室录像服务器')
    await dialog.getByLabel('文件校验值').fill('ab'.repeat(32))
    await dialog.getByRole('button', { name: '登记' }).click()
    await expect
      .poll(() => dialog.getByRole('button', { name: '提交移交' }).isEnabled(), { timeout: 30_000 })
      .toBe(true)
    await dialog.getByRole('button', { name: '提交移交' }).click()
    await page.waitForURL('**/desk/lists/**')
    await page.context().close()
  },
  TEST_MS,
)

test(
  'the page of cash that nobody has counted says so, and a number that no hand-over list has leads to none',
  async () => {
    const seal = { number: 'F-7097', signers: [OFFICER, 'li-na'] }
    const cash = { ...TAKEN.items[0], name: '现金', category: 'cash', unit: '件', features: '牛皮纸袋装', seal }
    const items = [{ ...cash, details: { currency: 'CNY', cashUse: 'DEPOSIT' } }]
    const registered = await demo.post(OFFICER, `${CASE_URL}/items`, { ...TAKEN, items, relevance: '往来的财物' })
    expect(registered.status, JSON.stringify(registered.body)).toBe(201)
    const [code = ''] = (registered.body as { items: { code: string }[] }).items.map((one) => one.code)
    const page = await demo.open(browser, OFFICER, `/supervise/items/${code}`)
    await says(page, 'main', '未清点')
    await page.goto(`${demo.url}/desk/cases/${encodeURIComponent(number)}`)
    await says(page, 'main', '未清点')
    await page.goto(`${demo.url}/supervise`)
    await page.getByRole('textbox').first().fill('D0226000999900')
    await page.keyboard.press('Enter')
    await says(page, 'main [role="alert"]', '没有此移交清单')
    expect(new URL(page.url()).pathname).toBe('/supervise')
    await page.context().close()
  },
  TEST_MS,
)
