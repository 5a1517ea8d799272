/** What was done on paper without power, entered at a desk, and what the item's page says of it. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCard, ItemChain } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { localOf } from '../../custody/times.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CUSTODIAN = 'chen-jing'
const OTHER = 'liu-yang'

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  page = await demo.open(browser, CUSTODIAN, '/stores/store-1')
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** Something of the store that is lent and wants no scale. */
async function lent(): Promise<ItemCard> {
  for (const { code, custody } of (await demo.codes()).items) {
    if (custody.value !== 'BORROWED') continue
    const card = await demo.get<ItemCard>(CUSTODIAN, `/api/items/${code}`).catch(() => null)
    if (card?.loan && !card.weighed && card.incident === null && card.store?.id === 'store-1') return card
  }
  throw new Error('the demonstration has lent nothing')
}

test(
  'a return that stands on paper is entered with its time, and refused where nobody else has compared it',
  async () => {
    const item = await lent()
    const borrower = item.loan?.borrower.name ?? ''
    await page.getByRole('button', { name: '断电补录' }).click()
    await page.getByRole('link', { name: /空白交接记录/ }).waitFor()
    const sheet = await page.context().request.get(`${demo.url}/api/stores/store-1/paper-sheet.pdf`)
    expect([sheet.status(), (await sheet.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    const happened = localOf(new Date().toISOString())
    await page.getByLabel('办理事项').selectOption({ label: '归还入库' })
    await page.getByLabel('纸上的办理时间').fill(happened)
    await page.getByLabel('纸号').fill('D-0007')
    await page.getByLabel('缘由').fill('停电')
    await page.getByRole('group', { name: '纸上的其他签名人' }).getByLabel(borrower).check()
    await page.getByLabel('物品编号').fill(item.code)
    await page.getByLabel('物品编号').press('Enter')
    const line = page.getByRole('group', { name: item.code })
    await line.getByLabel('外观').selectOption({ index: 1 })
    if ((await line.getByLabel('封条').count()) > 0) await line.getByLabel('封条').selectOption({ index: 1 })
    await line.getByLabel('存放位置').selectOption({ index: 1 })
    const { badge, pin } = demo.person(item.loan?.borrower.who.slice('person/'.length) ?? '')
    const sign = async (by: { badge: string; pin: string }): Promise<void> => {
      await page.getByLabel('工牌').first().fill(by.badge)
      await page.getByLabel('PIN').first().fill(by.pin)
      await page.getByRole('button', { name: '补录', exact: true }).click()
    }
    await sign({ badge, pin })
    await page.getByText('补录须由另一人核对纸质记录').waitFor()
    await sign(demo.person(OTHER))
    await page.getByText('已补录 1 件').waitFor()
    await page.getByRole('link', { name: item.code }).click()
    const told = page.locator('li', { has: page.getByRole('heading', { name: '断电补录' }) })
    await told.waitFor()
    const said = await told.innerText()
    for (const words of ['D-0007', '归还入库', `核对 ${demo.person(OTHER).name}`, `纸上签名 ${borrower}`, '停电'])
      expect(said).toContain(words)
    const { entries } = await demo.get<ItemChain>(CUSTODIAN, `/api/items/${item.code}/chain`)
    const entered = entries.at(-1)
    expect(entered?.type).toBe('custody.entered-from-paper')
    expect(localOf(entered?.at ?? '')).toBe(happened)
    expect((entered?.at ?? '') < (entered?.recordedAt ?? '')).toBe(true)
  },
  TEST_MS,
)
