/** A statement of the bank, tried and recorded on the page, and what it leaves on the work list. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkPage } from '../../../server/inbox/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const FINANCE = 'guo-tao'

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
  'a statement with a wrong row is not recorded; one that is whole is, and its open line waits on the work list',
  async () => {
    const page = await demo.open(browser, FINANCE, '/reconciling')
    await page.getByText('还没有记过对账').waitFor()
    await page.getByLabel('账户').fill('专户6222')
    await page.getByLabel('起始日').fill('2026-11-01')
    await page.getByLabel('截止日').fill('2026-11-30')
    const give = async (...rows: string[]): Promise<void> => {
      const buffer = Buffer.from(['日期,收入,支出,凭证号', ...rows].join('\n'))
      await page.locator('input[type=file]').setInputFiles({ name: '对账单.csv', mimeType: 'text/csv', buffer })
      await page.getByText('对账单.csv').waitFor()
      await page.getByRole('button', { name: '试对' }).click()
    }
    await give('2026-11-20,12.345,,Z1')
    await page.getByText('有 1 行读不出').waitFor()
    expect(await page.getByRole('button', { name: '记入台账' }).count()).toBe(0)
    await give('2026-11-20,12.34,,Z1', '2026-11-21,,56.78,Z2')
    await page.getByRole('heading', { name: '支出' }).waitFor()
    for (const receipt of ['Z1', 'Z2']) await page.getByRole('cell', { name: receipt }).waitFor()
    await page.getByRole('button', { name: '记入台账' }).click()
    await page.getByText('未对上 2 笔').first().waitFor()
    const { work } = await demo.get<WorkPage>(FINANCE, '/api/work')
    expect(work.map(({ what }) => what.zh)).toContain('专户对账有 2 笔未对上')
    await page.getByRole('button', { name: /专户6222/ }).click()
    for (const receipt of ['Z1', 'Z2']) await page.getByRole('cell', { name: receipt }).waitFor()
  },
  TEST_MS,
)
