/** A scan on the page of a case: its own item opens, and of another code it is said what it is. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { ENTER, keysOf, strike } from '../../testing/keyboard.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const WEDGE_GAP_MS = 8
const [CASE, OTHER] = ['云监立〔2026〕2号', '云监立〔2026〕5号'] as const

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  page = await demo.open(browser, 'zhang-wei', `/desk/cases/${encodeURIComponent(CASE)}`)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const scan = (text: string) => strike(page, [...keysOf(text), ENTER], WEDGE_GAP_MS)

test(
  'an item of the case opens; of a card of another case the page says whose it is, and stays',
  async () => {
    const [own] = await demo.itemsOf(CASE)
    const [other] = await demo.itemsOf(OTHER)
    await page.getByRole('heading', { name: '登记台扫描枪' }).waitFor()
    await scan(other!.code)
    await says(page, '[role="alert"]', `${other!.code} 是案件 ${OTHER} 的物品卡，不是本案的`)
    await scan(own!.code)
    await page.waitForURL(`**/supervise/items/${own!.code}`)
    await says(page, 'header', '物品流转')
  },
  TEST_MS,
)
