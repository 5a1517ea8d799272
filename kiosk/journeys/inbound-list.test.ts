/** The list that came with goods of another organ is read from a table at its case: what is wrong is told by row, what is right is entered whole. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from './demonstration.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕5号'
const UPRIGHT = { width: 800, height: 1280 }

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const choose = (page: Page, name: string, rows: readonly string[]): Promise<void> =>
  page.locator('dialog input[type="file"]').setInputFiles({
    ...{ name, mimeType: 'text/csv' },
    buffer: Buffer.from(['名称,数量,单位,重量（克）,封条编号,特征', ...rows].join('\n')),
  })

async function fitsTheScreen(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(beyond).toBeLessThanOrEqual(0)
}

test(
  'head typed, table tried, put right and taken in',
  async () => {
    const page = await demo.open(browser, 'zhang-wei', `/desk/cases/${encodeURIComponent(CASE)}/inbound`)
    await page.getByRole('button', { name: '登记移交清单' }).click()
    const open = page.getByRole('button', { name: '从表格导入' })
    expect(await open.isDisabled()).toBe(true)
    for (const [label, value] of [
      ['移交机关', '某市公安局'],
      ['清单编号', '移交〔2026〕9号'],
      ['清单日期', '2026-01-05'],
      ['移交人姓名', '刘洋'],
      ['移交人职务', '经侦支队民警'],
    ] as const)
      await page.getByLabel(label).fill(value)
    await open.click()
    const sound = ['手机,1,部,,GA-001,黑色', '金条,3,根,300.5,GA-002,']
    await choose(page, 'list.csv', [sound[0] ?? '', '金条,三,根,300.5,GA-002,'])
    await page.getByText('数量“三”无效').waitFor()
    const confirm = page.locator('dialog button[type="submit"]')
    expect(await confirm.isDisabled()).toBe(true)
    await choose(page, 'list.csv', sound)
    await page.getByText('list.csv：2 行，全部可以登记').waitFor()
    await page.setViewportSize(UPRIGHT)
    await fitsTheScreen(page)
    await page.setViewportSize(VIEWPORT)
    await confirm.click()
    await page.locator('li[data-line="2"]').waitFor()
    expect(await page.locator('li[data-line]').allInnerTexts()).toEqual([
      expect.stringContaining('手机'),
      expect.stringContaining('金条'),
    ])

    await page.getByRole('button', { name: 'English' }).click()
    await page.setViewportSize(UPRIGHT)
    await page.getByRole('button', { name: 'Enter a list' }).click()
    for (const [label, value] of [
      ['Organ', '某市公安局'],
      ['List number', '移交〔2026〕9号'],
      ['Day of the list', '2026-01-05'],
      ['Name of who brings it', '刘洋'],
      ['Post of who brings it', '经侦支队民警'],
    ] as const)
      await page.getByLabel(label).fill(value)
    await fitsTheScreen(page)
    await page.getByRole('button', { name: 'Import a table' }).click()
    await choose(page, 'list.csv', sound)
    await page.getByText('was entered to this case already').waitFor()
    await fitsTheScreen(page)
  },
  TEST_MS,
)
