/** 案结物清: of a case that was closed, the address of the register form says so and opens no form. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 120_000
const OFFICER = 'zhang-wei'
const CASE = '云监立〔2026〕96号'

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
  'a closed case opens no form to register items',
  async () => {
    const one = encodeURIComponent(CASE)
    const opened = await demo.post(OFFICER, '/api/cases', {
      ...{ number: CASE, title: '某某涉嫌违纪案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] },
    })
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    const page = await demo.open(browser, OFFICER, `/desk/cases/${one}/register`)
    await page.getByRole('textbox', { name: '通知书文号' }).waitFor()
    const closed = await demo.post(OFFICER, `/api/cases/${one}/close`, {})
    expect(closed.status, JSON.stringify(closed.body)).toBe(200)
    await page.reload()
    await says(page, 'main', '本案已不在办，不能登记物品')
    await says(page, 'main', '本案已结案，不再登记物品')
    expect(await page.locator('form').count()).toBe(0)
  },
  TEST_MS,
)
