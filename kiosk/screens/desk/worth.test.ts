/** 应保全金额: the sum is stated on the case page, and the form warns of what goes beyond it. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const OFFICER = 'zhang-wei'
const number = '云税稽〔2026〕95号'

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'what is to be secured is stated once; a list that goes beyond it, or takes what is spared, is warned of and can be sent',
  async () => {
    const opened = await demo.post(OFFICER, '/api/cases', {
      ...{ number, title: '某案', track: 'TAX', unit: 'dept-1', officers: [OFFICER, 'li-na'] },
    })
    expect(opened.status).toBe(201)
    const page = await demo.open(browser, OFFICER, `/desk/cases/${encodeURIComponent(number)}`)
    await page.getByRole('button', { name: '登记应保全金额' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('应纳税额或涉案金额').fill('10000')
    await dialog.getByLabel('滞纳金').fill('500')
    await dialog.getByLabel('依据文号').fill('云税保〔2026〕3号')
    await dialog.getByRole('button', { name: '登记应保全金额' }).click()
    await says(page, '.sums', '应保全 10,500.00 元')
    await page.keyboard.press('F2')
    const line = page.getByRole('group', { name: '第 1 件' })
    await line.getByLabel('名称').fill('手提电脑')
    await line.getByLabel('数量').fill('2')
    await says(page, '[role="status"][data-state="attention"]', '第 1 行没有估价')
    await line.locator('summary').click()
    await line.getByLabel('估价方法').selectOption('MARKET')
    await line.getByLabel('估价（元/计量单位）').fill('6000')
    await says(page, '[role="status"][data-state="attention"]', '连同本清单共 12,000.00 元，超出应保全金额 1,500.00 元')
    await line.getByLabel('生活用品').selectOption('OTHER')
    await line.getByLabel('估价（元/计量单位）').fill('5000')
    await says(page, '[role="status"][data-state="attention"]', '第 1 行是生活用品')
    await expect.poll(() => page.locator('[role="status"][data-state="attention"]').innerText()).not.toContain('超出')
    await page.context().close()
  },
  TEST_MS,
)
