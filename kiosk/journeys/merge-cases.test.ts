/** Journey: an officer splits an item off into another case and merges two cases; the organ's approver grants it, and every page says where things went. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount } from '../../server/custody/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { row, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const [OFFICER, SECOND, LEADER] = ['zhang-wei', 'li-na', 'sun-bo'] as const
const FROM = '云监立〔2026〕5号'
const INTO = '云监立〔2026〕55号'
const DECISION = '云监并〔2026〕3号'

let demo: Demonstration
let browser: Browser

const pathOf = (number: string): string => `/desk/cases/${encodeURIComponent(number)}`
const account = (number: string): Promise<CaseAccount> =>
  demo.get<CaseAccount>(OFFICER, `/api/cases/${encodeURIComponent(number)}`)

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** What waits for the leader, granted at his desk. */
async function grants(words: string): Promise<void> {
  const page = await demo.open(browser, LEADER, '/desk')
  const asked = page.locator('main li', { hasText: words }).filter({ hasText: DECISION })
  await asked.first().waitFor()
  await says(page, 'main', FROM)
  await asked.first().locator('label[data-choice="grant"]').click()
  await page.keyboard.press('Control+Enter')
  await asked.first().waitFor({ state: 'detached' })
  await page.context().close()
}

/** Fills in the dialog that is open, and asks. */
async function asks(page: Page, why: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('转入的案件').selectOption(INTO)
  await dialog.getByLabel('批准文书的文号').fill(DECISION)
  await dialog.getByLabel('理由').fill(why)
  await dialog.getByRole('button', { name: '提出申请' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

test(
  'a split takes the chosen item, a merger the rest, and the merged case says into which it went',
  async () => {
    const opened = await demo.post(OFFICER, '/api/cases', {
      ...{ number: INTO, title: '某某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, SECOND] },
    })
    expect(opened.status).toBe(201)
    const all = await demo.itemsOf(FROM)
    const first = all[0]?.code ?? ''
    const page = await demo.open(browser, OFFICER, pathOf(FROM))
    await row(page, first).getByRole('checkbox').check()
    await page.getByRole('button', { name: '分案 1 件' }).click()
    await asks(page, '另案处理')
    await grants('分案')
    await says(page, 'main', '分出至')
    expect((await account(INTO)).items).toMatchObject([{ code: first, case: INTO, ordinal: 1 }])

    await page.getByRole('button', { name: '并案' }).click()
    await asks(page, '同一事实')
    await grants('并案')
    await says(page, 'main', '本案已并入另一案件')
    await says(page, 'main', '并入')
    await says(page, 'main', '转入他案')
    expect((await account(INTO)).items).toHaveLength(all.length)
    expect(await page.getByRole('button', { name: '登记物品' }).count()).toBe(0)

    await page.getByRole('link', { name: INTO }).first().click()
    await says(page, 'h2', INTO)
    await says(page, 'main', '并案转入，来自')
    await says(page, 'main', '试算平衡')
    await page.goto(`${demo.url}/supervise/items/${first}`)
    await says(page, 'main', '分案转入，原为')
    await says(page, '[aria-label="流转经过"]', `由案件 ${FROM} 转入案件 ${INTO}`)
  },
  TEST_MS,
)
