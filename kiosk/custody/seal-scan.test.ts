/** A strip with a Chinese number, scanned into each field for the number of a seal: the number stands there, and not what the symbol carries. */

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealPayload } from '../../labels/seal-number.ts'
import type { ItemCard, ShownLocation } from '../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../journeys/demonstration.ts'
import { launchBrowser } from '../testing/browser.ts'
import { ENTER, keysOf, strike } from '../testing/keyboard.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const NUMBER = '封〔2026〕12号'
const PAYLOAD = sealPayload(NUMBER) ?? ''
/** Between two keys of a keyboard-wedge scanner. */
const WEDGE_GAP_MS = 8
const OFFICER = 'zhang-wei'
const CUSTODIAN = 'chen-jing'
const CASE = '云监立〔2026〕5号'
const CASE_PATH = `/desk/cases/${encodeURIComponent(CASE)}`

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** The strip is scanned into the field, and what it carries put in as text, with nothing left behind. */
async function takesTheStrip(page: Page, field: Locator): Promise<void> {
  const before = page.url()
  await field.focus()
  await strike(page, [...keysOf(PAYLOAD), ENTER], WEDGE_GAP_MS)
  await expect.poll(() => field.inputValue()).toBe(NUMBER)
  expect(page.url()).toBe(before)
  await field.fill('')
  await field.focus()
  await page.keyboard.insertText(PAYLOAD)
  await expect.poll(() => field.inputValue()).toBe(PAYLOAD)
  await field.blur()
  await expect.poll(() => field.inputValue()).toBe(NUMBER)
  expect(page.url()).toBe(before)
}

/** Something under a seal of its own that its officer may correct at its page. */
async function sealed(): Promise<ItemCard> {
  for (const { code } of (await demo.codes()).items) {
    const card = await demo.get<ItemCard>(OFFICER, `/api/items/${code}`).catch(() => null)
    if (card !== null && card.seal !== null && card.acts.includes('correct')) return card
  }
  throw new Error('the demonstration has sealed nothing')
}

describe('the number of a Chinese seal is scanned into', () => {
  test(
    'the form of registration',
    async () => {
      const page = await demo.open(browser, OFFICER, CASE_PATH)
      await page.getByRole('button', { name: '登记物品' }).click()
      await page.locator('[data-at="1-category"]').selectOption('valuables')
      await takesTheStrip(page, page.locator('[data-at="1-seal"]'))
    },
    TEST_MS,
  )

  test(
    'the list of another organ, and what was found of it',
    async () => {
      const page = await demo.open(browser, OFFICER, `${CASE_PATH}/inbound`)
      await page.getByRole('button', { name: '登记移交清单' }).click()
      await takesTheStrip(page, page.getByLabel('封条编号'))
      const list = {
        ...{ organ: '某市公安局', number: '移交〔2026〕12号', day: '2026-01-05' },
        bringer: { name: '刘洋', post: '经侦支队民警' },
        lines: [{ name: '金条', quantity: '1', unit: '根', weight_mg: 100_500 }],
      }
      const entered = await demo.post(OFFICER, `/api/cases/${encodeURIComponent(CASE)}/inbound`, list)
      expect(entered.status).toBe(201)
      await page.reload()
      await page.locator('li[data-line="1"]').getByRole('button', { name: '不符' }).click()
      await takesTheStrip(page, page.getByRole('dialog').getByLabel('实际封条编号'))
      const at = `/api/inbound/${String(entered.body['inbound'])}/checks`
      expect((await demo.post(OFFICER, at, { lines: [{ line: 1, verdict: 'MATCHED' }] })).status).toBe(201)
      await page.reload()
      await page.getByRole('button', { name: '接收并登记' }).click()
      const line = page.getByRole('group', { name: '第 1 行' })
      await line.getByLabel('类别').selectOption('valuables')
      await takesTheStrip(page, line.getByLabel('封条编号'))
    },
    TEST_MS,
  )

  test(
    'the entry of what was done on paper',
    async () => {
      const { code } = await sealed()
      const page = await demo.open(browser, CUSTODIAN, '/on-paper')
      await page.getByLabel('办理事项').selectOption('check-in')
      await page.getByLabel('物品编号').fill(code)
      await page.getByLabel('物品编号').press('Enter')
      await takesTheStrip(page, page.getByRole('group', { name: code }).getByLabel('纸上的封条号'))
    },
    TEST_MS,
  )

  test(
    'the page of a box',
    async () => {
      const { locations } = await demo.get<{ locations: readonly ShownLocation[] }>(
        CUSTODIAN,
        '/api/stores/store-1/locations?limit=500',
      )
      const shelf = locations.find(({ storageClass }) => storageClass === 'ordinary')
      const box = { name: '证物箱乙', location: shelf?.code, capacity: 5 }
      expect((await demo.post(CUSTODIAN, '/api/stores/store-1/containers', box)).status).toBe(201)
      const page = await demo.open(browser, CUSTODIAN, '/stores/store-1')
      await page.locator('tbody tr', { hasText: '证物箱乙' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.locator('#box-deed select').first().selectOption('seal')
      await takesTheStrip(page, dialog.getByLabel('封条编号'))
    },
    TEST_MS,
  )

  test(
    'the correction of an item, whose page an item code is still heard by',
    async () => {
      const item = await sealed()
      const page = await demo.open(browser, OFFICER, `/supervise/items/${item.code}`)
      await page.getByRole('button', { name: '办理' }).first().click()
      await page.getByRole('dialog').getByLabel('红字更正').check()
      const field = page.getByRole('dialog').getByLabel('封条', { exact: true })
      await takesTheStrip(page, field)
      const other = (await demo.codes()).items.find(({ code }) => code !== item.code)
      await field.focus()
      await strike(page, [...keysOf(other?.code ?? ''), ENTER], WEDGE_GAP_MS)
      await page.waitForURL(`${demo.url}/supervise/items/${other?.code}`)
    },
    TEST_MS,
  )
})

test(
  'a number that was used before is refused in words beside the field, which is in sight and takes the next strip',
  async () => {
    const items = (await demo.itemsOf(CASE)).filter(({ custody }) => custody.value === 'WITH_CASE_DEPT')
    const bare = items.find(({ sealNumber }) => sealNumber === null)
    const used = items.find(({ sealNumber }) => sealNumber !== null)?.sealNumber ?? ''
    const page = await demo.open(browser, OFFICER, `/supervise/items/${bare?.code}`)
    await page.locator('article h2').waitFor()
    await page.keyboard.press('F2')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('加封', { exact: true }).check()
    const field = dialog.getByLabel('新封条编号')
    await field.focus()
    await strike(page, [...keysOf(used), ENTER], WEDGE_GAP_MS)
    await expect.poll(() => field.inputValue()).toBe(used)
    const { badge, pin } = demo.person('li-na')
    await dialog.getByLabel('工牌', { exact: true }).fill(badge)
    await dialog.getByLabel('PIN', { exact: true }).fill(pin)
    await dialog.getByRole('button', { name: '加封', exact: true }).click()
    const said = dialog.locator(`[id="${await field.getAttribute('aria-describedby')}"]`)
    await expect.poll(() => said.innerText(), { timeout: 30_000 }).toContain(`封条编号 ${used} 已用于另一次封装`)
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true)
    const within = await field.evaluate((one) => {
      const [its, whole] = [one.getBoundingClientRect(), one.closest('dialog')?.getBoundingClientRect()]
      return whole !== undefined && its.top >= whole.top && its.bottom <= whole.bottom
    })
    expect(within).toBe(true)
    await strike(page, [...keysOf(PAYLOAD), ENTER], WEDGE_GAP_MS)
    await expect.poll(() => field.inputValue()).toBe(NUMBER)
    await page.context().close()
  },
  TEST_MS,
)
