/** Journey: an officer puts a case number right; the case is found by both numbers, and screens and papers use the right one. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount } from '../../server/custody/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const [OFFICER, SECOND] = ['zhang-wei', 'li-na'] as const
const WRONG = '云监立〔2026〕5号'
const RIGHT = '云监立〔2026〕15号'

let demo: Demonstration
let browser: Browser
let page: Page

const pathOf = (number: string): string => `/desk/cases/${encodeURIComponent(number)}`

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  page = await demo.open(browser, OFFICER, pathOf(WRONG))
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'the right number stands on the page, the wrong one finds the case, and a number of another case is refused by name',
  async () => {
    await page.getByRole('button', { name: '更正案号' }).click()
    const dialog = page.getByRole('dialog')
    const { badge, pin } = demo.person(SECOND)
    await dialog.getByLabel('正确的案号').fill('云纪立〔2026〕1号')
    await dialog.getByLabel('更正理由').fill('立案文号为 15 号，登记时漏写')
    await dialog.getByLabel('工牌').fill(badge)
    await dialog.getByLabel('PIN').fill(pin)
    await dialog.getByRole('button', { name: '更正案号' }).click()
    await says(page, 'dialog', '是另一案件现在或者更正前的案号')
    await dialog.getByLabel('正确的案号').fill(RIGHT)
    await dialog.getByRole('button', { name: '更正案号' }).click()
    await says(page, 'h2', RIGHT)
    await says(page, 'main', `登记时案号 ${WRONG}`)
    await says(page, 'main', '登记时漏写')

    await page.goto(`${demo.url}${pathOf(WRONG)}`)
    await says(page, 'h2', RIGHT)
    await page.goto(`${demo.url}/desk`)
    await says(page, 'tbody', RIGHT)
    const [item] = (await demo.get<CaseAccount>(OFFICER, `/api/cases/${encodeURIComponent(WRONG)}`)).items
    await page.goto(`${demo.url}/supervise/items/${item?.code}`)
    await says(page, 'main', RIGHT)
    expect(await page.locator('main').innerText()).not.toContain(WRONG)
  },
  TEST_MS,
)
