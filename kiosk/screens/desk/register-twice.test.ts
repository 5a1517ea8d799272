/** One list of items in more than one window, left and taken up again, and all of it in sight and in reach of the keyboard. */

import type { Browser, FileChooser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { jpeg } from '../../../server/files/testing-pictures.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const OFFICER = 'zhang-wei'
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
] as const

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** The empty list of a fresh case, as its officer has it before him. */
async function freshList(number: string): Promise<Page> {
  const opened = await demo.post(OFFICER, '/api/cases', {
    ...{ number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] },
  })
  expect(opened.status).toBe(201)
  const page = await demo.open(browser, OFFICER, `/desk/cases/${encodeURIComponent(number)}/register`)
  await page.locator('form select:focus').waitFor()
  return page
}

async function fillHead(page: Page): Promise<void> {
  await page.getByLabel('通知书文号').fill('云监扣〔2026〕95号')
  await page.getByLabel('地点').fill('云州市城东区')
  await page.getByLabel('与案件的关联').fill('收受的手机')
  for (const [who, name] of [
    ['持有人', '吴某某'],
    ['见证人', '林某某'],
  ] as const) {
    const group = page.getByRole('group', { name: who })
    await group.getByRole('combobox').selectOption({ label: '到场并签名' })
    await group.getByLabel('姓名').fill(name)
  }
}

const isKept = (page: Page): Promise<void> => says(page, '[aria-live="polite"]', '草稿')

test(
  'a list that lies open in two windows is registered once, and who goes on with the rest says so',
  async () => {
    const number = '云监立〔2026〕95号'
    const page = await freshList(number)
    const wrongs: string[] = []
    page.on('pageerror', ({ message }) => wrongs.push(message))
    await fillHead(page)
    await page.locator('[data-at="1-name"]').fill('手机')
    await page.locator('[data-at="1-category"]').selectOption('valuables')
    await page.locator('[data-at="1-features"]').fill('黑色')
    await page.locator('[data-at="1-weight"]').fill('12.5')
    await page.locator('[data-at="1-seal"]').fill('FT950001')
    await isKept(page)
    const [same, further] = [await page.context().newPage(), await page.context().newPage()]
    for (const window of [same, further]) {
      await window.goto(page.url())
      await says(window, '[aria-live="polite"]', '已取回')
    }
    await further.locator('[data-at="1-name"]').press('Control+Enter')
    await further.locator('[data-at="2-name"]').fill('充电器')

    await page.keyboard.press('F9')
    await says(page, 'section.verdict', '已登记 1 件物品')
    expect(wrongs).toEqual([])
    const [first] = await demo.itemsOf(number)

    await same.bringToFront()
    await same.keyboard.press('F9')
    await says(same, 'section.verdict', '已登记 1 件物品')
    await says(same, 'tbody', first?.code ?? '')
    expect(await demo.itemsOf(number)).toHaveLength(1)

    await further.bringToFront()
    await further.keyboard.press('F9')
    await says(further, '[role="alert"]', '这份清单已经登记')
    expect(await demo.itemsOf(number)).toHaveLength(1)
    const goOn = further.getByRole('button', { name: '作为另一份清单继续' })
    await goOn.click()
    await goOn.waitFor({ state: 'detached' })
    await further.locator('[data-at="1-name"]').focus()
    await further.keyboard.press('Alt+Delete')
    await further.locator('[data-at="1-name"]').waitFor({ state: 'detached' })
    await further.locator('[data-at="2-name"]:focus').waitFor()
    // Pressed until it is heard: however often it is, it is one list.
    await expect
      .poll(() => further.keyboard.press('F9').then(() => further.locator('section.verdict').count()), {
        ...{ timeout: 45_000, interval: 2_000 },
        message: await further.locator('main').innerText(),
      })
      .toBe(1)
    await says(further, 'section.verdict', '已登记 1 件物品')
    expect((await demo.itemsOf(number)).map(({ name }) => name)).toEqual(['手机', '充电器'])
    await page.context().close()
  },
  TEST_MS,
)

test(
  'what stands once for a list is kept before its first line is begun',
  async () => {
    const page = await freshList('云监立〔2026〕96号')
    await fillHead(page)
    await page.getByText('采取措施的录像', { exact: true }).click()
    await page.getByLabel('录像编号').fill('LX-96')
    await isKept(page)
    await expect
      .poll(async () => {
        await page.reload()
        await page.locator('form select:focus').waitFor()
        return page.getByLabel('通知书文号').inputValue()
      })
      .toBe('云监扣〔2026〕95号')
    expect(await page.getByRole('group', { name: '见证人' }).getByLabel('姓名').inputValue()).toBe('林某某')
    expect(await page.getByLabel('录像编号').inputValue()).toBe('LX-96')
    await page.context().close()
  },
  TEST_MS,
)

test(
  'the field at hand is always in sight, and photos of any line are chosen by a key',
  async () => {
    const page = await freshList('云监立〔2026〕98号')
    await fillHead(page)
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await page.locator('[data-at="1-name"]').focus()
      for (let n = 1; n <= 8; n += 1) {
        await page.locator(`[data-at="${n}-name"]:focus`).waitFor()
        await page.keyboard.insertText('手机')
        for (let field = 0; field < 5; field += 1) {
          expect(await covering(page), `line ${n}, field ${field} at ${size.width}`).toBe('')
          await page.keyboard.press('Enter')
        }
      }
      for (let field = 0; field < 40; field += 1) {
        expect(await covering(page), `back ${field} at ${size.width}`).toBe('')
        await page.keyboard.press('Shift+Enter')
      }
    }
    await page.locator('[data-at="3-name"]').focus()
    await says(page, 'aside', '第 3 件')
    const asked: FileChooser[] = []
    page.on('filechooser', (one) => void asked.push(one))
    // Heard from a moment after it is listened for.
    await expect.poll(() => page.keyboard.press('F8').then(() => asked.length), { timeout: 30_000 }).toBeGreaterThan(0)
    await asked[0]?.setFiles({ name: '3.jpg', mimeType: 'image/jpeg', buffer: await jpeg() })
    await says(page, '[role="group"][aria-label="第 3 件"] .photos', '1 张')
    expect(await page.locator('[data-at="3-name"]').evaluate((field) => field === document.activeElement)).toBe(true)
    await page.context().close()
  },
  TEST_MS,
)

/** What lies over the field that has the focus; nothing where it is in sight. */
function covering(page: Page): Promise<string> {
  return page.evaluate(() => {
    const field = document.activeElement
    if (field === null || field === document.body) return 'no field'
    const { left, top, bottom } = field.getBoundingClientRect()
    const over = [top + 2, bottom - 2].map((y) => document.elementFromPoint(left + 6, y))
    return over.every((one) => one === field) ? '' : over.map((one) => one?.className ?? 'outside').join(' ')
  })
}
