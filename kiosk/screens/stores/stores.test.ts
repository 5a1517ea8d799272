/** A store as its custodian sees it: the map, a box that is added, filled and carried at the bench, and what lies where. */

import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { handsAt, rowSays, says } from '../../journeys/hands.ts'
import { readSymbols } from '../../../labels/testing/read-symbols.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CUSTODIAN = 'chen-jing'
const STORE = 'store-1'

interface Shelf {
  readonly code: string
  readonly name: string
  readonly storageClass: string
  readonly occupied: number
  readonly capacity: number
}

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  page = await demo.open(browser, CUSTODIAN, `/stores/${STORE}`)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const shelves = async (): Promise<readonly Shelf[]> =>
  (await demo.get<{ locations: readonly Shelf[] }>(CUSTODIAN, `/api/stores/${STORE}/locations?limit=500`)).locations

test(
  'the map shows each shelf with how full it is, and what lies on the one that is opened',
  async () => {
    const all = await shelves()
    await page
      .locator('main li button')
      .nth(all.length - 1)
      .waitFor()
    const used = all.find(({ occupied }) => occupied > 0)
    const tile = page
      .locator('main li button')
      .filter({ hasText: used?.name ?? '' })
      .first()
    expect(await tile.innerText()).toContain(`${used?.occupied} / ${used?.capacity} 件`)
    await tile.click()
    await says(page, 'h2', `库位 ${used?.name}`)
    const items = (await demo.codes()).items.filter(({ custody }) => custody.value === 'IN_STORE')
    const lying = page.locator('section', { has: page.getByRole('heading', { name: `库位 ${used?.name}` }) })
    await lying.locator('tbody tr').first().waitFor()
    const shown = await lying.locator('tbody').innerText()
    expect(items.some(({ code }) => shown.includes(code))).toBe(true)
    await tile.click()
    await page.getByRole('heading', { name: `库位 ${used?.name}` }).waitFor({ state: 'detached' })
  },
  TEST_MS,
)

test(
  'a box is added and labelled, filled at the bench, carried with what it holds, and the page follows',
  async () => {
    const all = await shelves()
    const roomy = all.filter(
      ({ storageClass, occupied, capacity }) => storageClass === 'ordinary' && occupied < capacity,
    )
    const [from, to] = roomy
    await page.keyboard.press('F7')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill('证物箱甲')
    await dialog.getByLabel('所在库位').selectOption({ label: from?.name ?? '' })
    await dialog.getByLabel('最多存放（件）').fill('20')
    await dialog.getByRole('button', { name: '添加' }).click()
    await rowSays(page, '证物箱甲', from?.name ?? '', '0 / 20', '未加封')

    await page.locator('tbody tr', { hasText: '证物箱甲' }).click()
    await dialog.getByRole('button', { name: '打印标签' }).click()
    await says(page, '.region', '标签已送')
    const code = (await dialog.locator('p .code').first().innerText()).trim()
    await dialog.getByRole('button', { name: '关闭' }).click()

    const ordinary = all.filter(({ storageClass }) => storageClass === 'ordinary').map(({ name }) => name)
    const item = (await demo.codes()).items.find(
      ({ custody, location, frozen, fetchedBy }) =>
        custody.value === 'IN_STORE' && ordinary.includes(location ?? '') && !frozen && fetchedBy === null,
    )
    if (item === undefined) throw new Error('nothing lies on an ordinary shelf')
    const bench = await demo.openBench(browser, 'bench-1')
    const hands = await handsAt(demo, bench, { scanner: 'scanner-1', badge: 'badge-1' })
    await hands.signIn(CUSTODIAN)
    await hands.card('MOVE')
    await hands.scan(item.payload)
    await hands.scan(code)
    await hands.taken('已移到 证物箱甲')
    await rowSays(page, '证物箱甲', '1 / 20')

    await hands.scan(code)
    await hands.asked('请扫描容器的新库位')
    await hands.scan(to?.code ?? '')
    await hands.taken(`证物箱甲 连同 1 件物品已移到 ${to?.name}`)
    await rowSays(page, '证物箱甲', to?.name ?? '', '1 / 20')
    const card = await demo.get<{ location: { code: string }; container: { name: string } }>(
      CUSTODIAN,
      `/api/items/${item.code}`,
    )
    expect([card.location.code, card.container.name]).toEqual([to?.code, '证物箱甲'])
  },
  TEST_MS,
)

test(
  'the labels of an area are printed in one go, and each is read back from what the printer put out',
  async () => {
    await page.goto(`${demo.url}/stores/${STORE}`)
    await page.getByRole('button', { name: '库位与容器标签' }).click()
    const row = page.locator('tbody tr')
    await row.first().waitFor()
    await page.getByLabel('名称、编号或种类包含').fill('A区 2排')
    const area = (await shelves()).filter(({ name }) => name.startsWith('A区 2排'))
    await expect.poll(() => row.count()).toBe(area.length)
    await page.locator('thead').getByRole('checkbox').check()
    const sheet = await page.getByRole('link', { name: '60x40' }).getAttribute('href')
    for (const { code } of area) expect(sheet).toContain(code)
    await page.keyboard.press('F9')
    for (const { name } of area) await rowSays(page, name, '已打印')
    const printed = (await demo.printed('printer-1')).slice(-area.length)
    const read = await Promise.all(
      printed.map(async ({ png }) => {
        const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
        return readSymbols({ width: info.width, height: info.height, grey: new Uint8Array(data) })
      }),
    )
    const codes = area.map(({ code }) => code)
    expect(read.map((symbols) => new Set(symbols.map(({ text }) => text)))).toEqual(
      codes.map((code) => new Set([code])),
    )
    await page.locator('thead').getByRole('checkbox').check()
    await page.getByRole('button', { name: `重新打印 ${area.length} 张` }).click()
    await page.getByRole('dialog').getByLabel('重新打印的原因').fill('换架')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `重新打印 ${area.length} 张` })
      .click()
    for (const { name } of area) await rowSays(page, name, '已打印 · 第 2 版')
  },
  TEST_MS,
)
