/** The statement of a year as a supervisor meets it: figures of a department, and its numbered paper once the year is over. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize, inEnglish } from '../../testing/every-size.ts'
import { axeFinds } from '../../testing/usable.ts'

const START_MS = 240_000
const TEST_MS = 180_000

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
  'of a department it says when it is due, and is issued as a numbered paper; of a year that is not over there is none',
  async () => {
    const page = await demo.open(browser, 'zhou-ping', '/supervise/annual')
    // Nothing was held in the year before: the page begins with the one that runs.
    await says(page, 'main', '登记在案')
    await says(page, 'main', '选择编报单位')
    const years = page.getByRole('combobox', { name: /^年度/ })
    const [, running = '', before = ''] = await years.locator('option').allInnerTexts()
    expect(await years.inputValue()).toBe(running)
    await years.selectOption(before)
    await page.getByLabel('编报单位').selectOption('dept-1')
    await says(page, 'main', '涉案财物年度报告')
    await page.getByRole('button', { name: '出具', exact: true }).click()
    await says(page, 'main', /年〔\d{4}〕\w\w-0001号/)
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await years.selectOption(running)
    await says(page, 'main', '年度尚未结束')
    await says(page, 'main', '登记在案')
    await fitsEverySize(page)
    await inEnglish(page)
    await says(page, 'main', 'The year is not over')
    await fitsEverySize(page)
    await page.context().close()
  },
  TEST_MS,
)
