/** A scan on the page of a case: its own item opens, and of another code it is said what it is. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount, ListSummary } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { ENTER, keysOf, strike } from '../../testing/keyboard.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const WEDGE_GAP_MS = 8
const [CASE, OTHER] = ['云监立〔2026〕2号', '云监立〔2026〕5号'] as const
/** Of another department. */
const FOREIGN = '云监立〔2026〕3号'

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
  'of two cards scanned one after the other the page speaks of the later, whichever answer is slow',
  async () => {
    const [first, second] = await demo.itemsOf(OTHER)
    const asked = `**/api/item-names?codes=${first!.code}`
    await page.getByRole('heading', { name: '登记台扫描枪' }).waitFor()
    const held = Promise.withResolvers<void>()
    const told = page.waitForResponse((answer) => answer.url().includes(`item-names?codes=${first!.code}`))
    await page.route(asked, async (route) => {
      await held.promise
      await route.continue()
    })
    await scan(first!.code)
    await scan(second!.code)
    const said = page.locator('[role="alert"]', { hasText: '不是本案的' })
    await said.filter({ hasText: second!.code }).waitFor()
    held.resolve()
    await (await told).finished()
    await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))))
    expect(await said.innerText()).toContain(second!.code)
    await page.unroute(asked)
  },
  TEST_MS,
)

test(
  'an item of the case opens; of a card of another case the page says whose it is, and stays',
  async () => {
    const [own] = await demo.itemsOf(CASE)
    const [other] = await demo.itemsOf(OTHER)
    await page.getByRole('heading', { name: '登记台扫描枪' }).waitFor()
    await scan(other!.code)
    await says(page, '[role="alert"]', `${other!.code} ${other!.name} 是案件 ${OTHER} 的物品，不是本案的`)
    await scan(own!.code)
    await page.waitForURL(`**/supervise/items/${own!.code}`)
    await says(page, 'header', '物品流转')
  },
  TEST_MS,
)

test(
  'of a list, a shelf and what is no code the page says what it is; a list opens, and of a shelf what of the case lies there',
  async () => {
    await page.goto(`${demo.url}/desk/cases/${encodeURIComponent(CASE)}`)
    await page.getByRole('heading', { name: '登记台扫描枪' }).waitFor()
    const account = await demo.get<CaseAccount>('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}`)
    const stored = account.items.find(({ location }) => location !== null)!
    const lying = account.items.filter(({ location }) => location === stored.location)
    await scan(stored.location!)
    await says(page, '[role="status"]', `${stored.location} 是库位，存有本案物品 ${lying.length} 件`)
    await page.getByRole('link', { name: stored.code }).first().waitFor()
    await scan('6901234567892')
    await says(page, '[role="alert"]', '“6901234567892”不是本系统的编码')
    const [foreign] = await demo.itemsOf(FOREIGN)
    await scan(foreign!.code)
    await says(page, '[role="alert"]', `${foreign!.code} 是物品卡，不是本案的`)
    const { lists } = await demo.get<{ readonly lists: readonly ListSummary[] }>(
      'zhang-wei',
      `/api/lists?case=${encodeURIComponent(CASE)}`,
    )
    await scan(lists[0]!.code)
    await page.waitForURL(`**/desk/lists/${lists[0]!.code}`)
  },
  TEST_MS,
)
