/** Registering many items: fifty of them by the keyboard alone, and a table of them. */

import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { jpeg, pngHeader, pngOf } from '../../../server/files/testing-pictures.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const OFFICER = 'zhang-wei'
const ITEMS = 50
/** The item among them that is of value. */
const SEALED = 20

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

async function freshCase(number: string): Promise<void> {
  const opened = await demo.post(OFFICER, '/api/cases', {
    ...{ number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] },
  })
  expect(opened.status).toBe(201)
  page = await demo.open(browser, OFFICER, `/desk/cases/${encodeURIComponent(number)}`)
  await says(page, 'h2', number)
}

const press = (...keys: readonly string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
/** As an input method puts it in: words, not keys. */
const type = (text: string): Promise<void> => page.keyboard.insertText(text)
/** The head of the list, from its first field to the first field of its first line. */
async function fillHead(): Promise<void> {
  await page.locator('form select:focus').waitFor()
  await press('Enter')
  await type('云监扣〔2026〕90号')
  await press('Enter', 'Enter')
  await type('云州市城东区')
  await press('Enter')
  await type('收受的手机')
  await press('Enter', 'Enter', 'Enter')
  for (const name of ['吴某某', '林某某']) {
    await press('ArrowDown', 'Enter')
    await type(name)
    await press('Enter')
  }
}

test(
  'a tidy person registers fifty items without the mouse, from the case account to the printed cards',
  async () => {
    const number = '云监立〔2026〕90号'
    await freshCase(number)
    await press('F2')
    await fillHead()
    for (let n = 1; n <= ITEMS; n += 1) {
      await page.locator(`[data-at="${n}-name"]:focus`).waitFor()
      await type(`手机 ${n}`)
      // The next class of goods is one that is weighed and sealed. Past count and unit, which are right as they stand.
      await press(...(n === SEALED ? ['Enter', 'ArrowDown'] : ['Enter']), 'Enter', 'Enter', 'Enter')
      await type(`黑色，编号 ${n}`)
      if (n === SEALED) {
        await press('Enter')
        await type('100.5')
        await press('Enter')
        await type('FT900001')
        // Both officers sign the seal.
        await press('Enter', 'Enter')
      }
      if (n < ITEMS) await press('Enter')
    }
    await press('F9')
    await says(page, 'section.verdict', `已登记 ${ITEMS} 件物品`)
    const items = await demo.itemsOf(number)
    expect(items.map(({ name }) => name)).toEqual(Array.from({ length: ITEMS }, (_, n) => `手机 ${n + 1}`))
    expect(items[SEALED - 1]).toMatchObject({ weight_mg: 100_500, sealNumber: 'FT900001' })
    // The form went, and who works by the keys stands on what goes on.
    await says(page, '.actions button:focus', '打印物品卡')
    await press('F4')
    await page.getByRole('button', { name: `打印 ${ITEMS} 张` }).waitFor()
    await page.context().close()
  },
  TEST_MS,
)

test(
  'what a category cannot do without is marked before anything is sent, as long as nothing stands in for it',
  async () => {
    await freshCase('云监立〔2026〕97号')
    await press('F2')
    await page.locator('[data-at="1-category"]').selectOption('digital-media')
    const hash = page.locator('[data-at="1-details.sha256"]')
    const mark = (): Promise<string> =>
      page
        .locator('.cell', { has: hash })
        .evaluate((cell) => getComputedStyle(cell.firstElementChild!, '::after').content)
    expect(await mark()).toBe('"必填"')
    await page.locator('[data-at="1-details.noHash"]').fill('设备加密')
    await expect.poll(() => hash.getAttribute('required')).toBe(null)
    expect(await mark()).toBe('none')
    await page.context().close()
  },
  TEST_MS,
)

test(
  'a photo beyond the limits is refused by name when it is chosen, one that the server refuses does not hold up the others',
  async () => {
    await freshCase('云监立〔2026〕93号')
    await press('F2')
    await fillHead()
    await page.locator('[data-at="1-name"]:focus').waitFor()
    await type('手机')
    const same = { mimeType: 'image/jpeg', buffer: await jpeg(320, 240) }
    await page.locator('.photos input[type="file"]').setInputFiles([
      { name: '好.jpg', ...same },
      { name: '大.png', mimeType: 'image/png', buffer: pngOf(pngHeader(14_000, 14_000)) },
      { name: '同一张.jpg', ...same },
    ])
    await says(page, '.photos .wrong', '大.png 像素过多')
    await says(page, '.photos .head', '已选 2 张')
    await press('F9')
    await says(page, 'section.verdict', '1 张照片没有保存，已保存 1 张')
    await says(page, '.unsaved', '同一张.jpg')
    await says(page, '.registered .refused', '已有这张照片')
    await says(page, '.registered table', '1 张')
    await page.getByRole('button', { name: '不要这张' }).click()
    await says(page, 'section.verdict', '1 张照片已保存')
    expect(await page.locator('.unsaved').count()).toBe(0)
    await press('F8')
    await says(page, 'h2', '云监立〔2026〕93号')
    await page.context().close()
  },
  TEST_MS,
)

const tableOf = (...rows: readonly string[]): { name: string; mimeType: string; buffer: Buffer } => ({
  ...{ name: '清单.csv', mimeType: 'text/csv' },
  buffer: Buffer.from(['名称,类别,数量,单位,特征', ...rows].join('\r\n')),
})

test(
  'a table is tried, given back with what is wrong in it, and imported when it was put right',
  async () => {
    const number = '云监立〔2026〕91号'
    await freshCase(number)
    await press('F2')
    await page.locator('form select:focus').waitFor()
    await press('F7')
    await says(page, '.note', '必填')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.locator('form select').first().focus()
    await fillHead()
    await press('F7')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '选择文件' }).and(page.locator(':focus')).waitFor()
    const choose = dialog.locator('input[type="file"]')
    await choose.setInputFiles(tableOf('手机,电话,1,部,黑色', '钱包,一般物品,0,个,', '钥匙,一般物品,1,把,'))
    await says(page, 'dialog [role="status"]', '清单.csv：有 2 处需要改正')
    await says(page, 'dialog tbody', /2\s*类别\s*应为：一般物品/)
    await says(page, 'dialog tbody', /3\s*数量\s*数量“0”无效/)
    expect(await dialog.getByRole('button', { name: '导入', exact: false }).last().isDisabled()).toBe(true)
    const [given] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: '下载带错误说明的表格' }).click(),
    ])
    const back = await readFile(await given.path(), 'utf8')
    expect(back.split('\r\n')[1]).toContain('"类别：应为：一般物品')

    const corrected = back.replace('"电话"', '"一般物品"').replace('"0"', '"1"')
    await choose.setInputFiles({ name: '清单.csv', mimeType: 'text/csv', buffer: Buffer.from(corrected) })
    await says(page, 'dialog [role="status"]', '清单.csv：3 件，全部可以导入')
    expect(await demo.itemsOf(number)).toHaveLength(0)
    await dialog.getByRole('button', { name: '导入 3 件' }).click()
    await says(page, 'section.verdict', '已登记 3 件物品')
    expect((await demo.itemsOf(number)).map(({ name }) => name)).toEqual(['手机', '钱包', '钥匙'])
    await page.context().close()
  },
  TEST_MS,
)

test(
  'a broken workbook and a table that is too large are told in words',
  async () => {
    const number = '云监立〔2026〕92号'
    await freshCase(number)
    await press('F2')
    await fillHead()
    await press('F7')
    const choose = page.getByRole('dialog').locator('input[type="file"]')
    await choose.setInputFiles({
      name: 'a.xlsx',
      mimeType: 'text/csv',
      buffer: Buffer.from('PK\u0003\u0004 rest', 'latin1'),
    })
    await says(page, 'dialog [role="alert"]', 'Excel 工作簿读不出来')
    await choose.setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.alloc(2_000_000, 'a') })
    await says(page, 'dialog [role="status"]', /文件 .+，超过 .+/)
    await page.context().close()
  },
  TEST_MS,
)
