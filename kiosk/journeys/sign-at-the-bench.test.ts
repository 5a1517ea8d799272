/** Journey: who gave badge and PIN for a loan signs by finger at the bench; what differs on return is photographed there. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCard, PaperSignatures, ShownLoan } from '../../server/custody/protocol.ts'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { jpeg } from '../../server/files/testing-pictures.ts'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize } from '../testing/every-size.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from './demonstration.ts'
import { type Hands, handsAt, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云纪立〔2026〕1号'
const [OFFICER, CUSTODIAN] = ['zhang-wei', 'chen-jing'] as const
const BENCH = { scanner: 'scanner-1', badge: 'badge-1' } as const
const SIGN = /^签名（/
const PHOTOGRAPH = /^拍摄差异（/
const DAY_MS = 86_400_000

let demo: Demonstration
let browser: Browser
let hands: Hands
let item: ItemCode
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  item = await plainItem()
  const deed = { command: 'borrow', items: [item.code], purpose: 'APPRAISAL' }
  const dueAt = new Date(Date.now() + DAY_MS).toISOString()
  const asked = await demo.post(OFFICER, '/api/approvals', { deed: { ...deed, dueAt }, reason: '送鉴定' })
  await demo.post('sun-bo', `/api/approvals/${String(asked.body['id'])}/grant`, { opinion: '同意' })
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** In store, without a seal and never weighed: nothing is compared but its look. */
async function plainItem(): Promise<ItemCode> {
  for (const one of await demo.itemsOf(CASE)) {
    const { custodyStatus, seal, weights, reservation } = await demo.get<ItemCard>(OFFICER, `/api/items/${one.code}`)
    if (custodyStatus.value === 'IN_STORE' && seal === null && weights.length === 0 && reservation === null) return one
  }
  throw new Error(`${CASE} has nothing plain in store`)
}

async function write(): Promise<void> {
  const pad = page.getByRole('dialog').getByRole('group', { name: '签名框' }).locator('svg')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (box === null) throw new Error('there is no box to sign in')
  for (const [from, to] of [
    [0.2, 0.45],
    [0.5, 0.8],
  ] as const) {
    await page.mouse.move(box.x + box.width * from, box.y + box.height * 0.3)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * to, box.y + box.height * 0.7, { steps: 8 })
    await page.mouse.up()
  }
}

test(
  'a bench that is not touched goes on as ever; at one that is, the custodian and the borrower sign one after the other',
  async () => {
    const plain = await demo.openBench(browser, 'bench-1')
    hands = await handsAt(demo, plain, BENCH)
    await hands.signIn(CUSTODIAN)
    await hands.scan(item.payload)
    await hands.asked('刷工牌')
    await hands.badge(OFFICER)
    await hands.pin(OFFICER)
    await hands.taken('请确认出库')
    await hands.card('CONFIRM')
    await hands.taken('出库 1 件')
    expect(await plain.getByRole('button', { name: SIGN }).count()).toBe(0)
    await plain.context().close()

    page = await demo.openBench(browser, 'bench-1', true)
    hands = await handsAt(demo, page, BENCH)
    // Another screen locks the bench.
    await hands.badge(CUSTODIAN)
    const begin = page.getByRole('button', { name: SIGN })
    await begin.waitFor()
    await fitsEverySize(page)
    await page.setViewportSize(VIEWPORT)
    await begin.click()
    const confirm = page.getByRole('dialog').getByRole('button', { name: '确认签名' })
    for (const role of ['保管人（陈静）', '调用人（张伟）']) {
      await says(page, 'dialog', role)
      await write()
      await confirm.click()
      await page.getByRole('dialog').filter({ hasText: role }).waitFor({ state: 'detached' })
    }
    await begin.waitFor({ state: 'detached' })
    const { loans } = await demo.get<{ loans: readonly ShownLoan[] }>(OFFICER, `/api/loans?item=${item.code}`)
    const { places } = await demo.get<PaperSignatures>(OFFICER, `/api/loans/${loans[0]?.loan ?? ''}/signatures`)
    expect(places.map(({ act, as, signature }) => [act, as, signature?.person?.who, signature?.by.who])).toEqual([
      [1, 'giver', `person/${CUSTODIAN}`, `person/${CUSTODIAN}`],
      [1, 'taker', `person/${OFFICER}`, `person/${CUSTODIAN}`],
    ])
  },
  TEST_MS,
)

test(
  'it comes back looking otherwise: photographed at the bench, beside what was recorded; a scan begins the next work over any dialog',
  async () => {
    await hands.scan(item.payload)
    await hands.asked('请归还人刷工牌')
    await hands.badge(OFFICER)
    await hands.pin(OFFICER)
    await hands.press('不一致')
    await hands.press('登记异常')
    await hands.asked('登记异常？')
    await hands.card('CONFIRM')
    await hands.refused('custody.return-stopped', '归还不符')
    await page.getByRole('button', { name: PHOTOGRAPH }).click()
    const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await jpeg(320, 240, 9) }
    await page.getByRole('dialog').locator('input[type="file"]').first().setInputFiles(file)
    await page.getByRole('dialog').getByRole('button', { name: /^上传/ }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const { incident } = await demo.get<ItemCard>(OFFICER, `/api/items/${item.code}`)
    expect(incident?.photos.seen).toHaveLength(1)
    await page.getByRole('button', { name: PHOTOGRAPH }).click()
    await page.getByRole('dialog').waitFor()
    await hands.scan(item.payload)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  },
  TEST_MS,
)
