/** Two ranges of days beside each other, who really sat at a counter, and the limits of the watch: what looks closer at figures that were counted. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../testing/every-size.ts'
import { axeFinds } from '../testing/usable.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'

const START_MS = 300_000
const TEST_MS = 480_000
const PATIENCE_MS = 45_000

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** What every page has to be, once it shows what it is there for. */
async function canBeUsed(page: Page): Promise<void> {
  expect(await axeFinds(page)).toEqual([])
  await fitsEverySize(page)
  await page.setViewportSize({ width: 1280, height: 800 })
}

test(
  'a head of a hall looks at two ranges: told that nothing was counted in them, and which days are in both',
  async () => {
    const page = await demo.open(browser, 'feng-yan', '/rating/compare')
    await page.getByText('这两个时段都没有已计票的评价').waitFor({ timeout: PATIENCE_MS })
    await canBeUsed(page)
    await page.getByLabel('时段一止日').fill(await page.getByLabel('时段二起日').inputValue())
    await page.getByText('两个时段有 1 天重叠').waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(page)).toEqual([])
    await page.context().close()
  },
  TEST_MS,
)

test(
  'another sat at a counter than was signed on: its head says who and why, and it stands beside the results',
  async () => {
    const page = await demo.open(browser, 'feng-yan', '/rating/sign-ons')
    await page.getByRole('button', { name: '更正在岗人员' }).first().click({ timeout: PATIENCE_MS })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('实际在岗').waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(page)).toEqual([])
    await dialog.getByLabel('实际在岗').selectOption({ index: 1 })
    await dialog.getByLabel('理由').fill('临时替班，未换人上岗')
    await dialog.getByRole('button', { name: '确认' }).click()
    await page.getByText('临时替班，未换人上岗').waitFor({ timeout: PATIENCE_MS })
    await canBeUsed(page)
    await page.getByRole('link', { name: '评价结果' }).click()
    await page.getByText('临时替班，未换人上岗').waitFor({ timeout: PATIENCE_MS })
    await page.context().close()
  },
  TEST_MS,
)

test(
  'a supervisor says how many false reds a year the hall puts up with, and is told why nothing follows before a batch was counted',
  async () => {
    const page = await demo.open(browser, 'zhou-ping', '/rating/dashboard')
    await page.getByRole('button', { name: '设定一年容许的误报次数' }).click({ timeout: PATIENCE_MS })
    const dialog = page.getByRole('dialog')
    expect(await axeFinds(page)).toEqual([])
    await dialog.getByLabel('全厅一年容许误报红色').fill('2')
    await dialog.getByRole('button', { name: '确认' }).click()
    await dialog.getByText('近一年没有已计票的评价').waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden', timeout: PATIENCE_MS })
    await inEnglish(page)
    await saysNoChinese(page, 'h1, h2, button:not(:has-text("中文"))', 5)
    await page.context().close()
  },
  TEST_MS,
)
