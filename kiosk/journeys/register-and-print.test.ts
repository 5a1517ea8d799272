/** Journey 1: an officer opens a case account, registers what was taken, prints the cards, and each is read back from the paper. */

import sharp from 'sharp'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLabelCode } from '../../labels/item-code.ts'
import { readPdf } from '../../labels/testing/read-pdf.ts'
import { readSymbols } from '../../labels/testing/read-symbols.ts'
import { launchBrowser } from '../testing/browser.ts'
import { ENTER, keysOf, strike } from '../testing/keyboard.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { handsAt, row, rowSays, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕61号'
const CASE_PATH = `/desk/cases/${encodeURIComponent(CASE)}`
const NOTICE = '云监扣〔2026〕61号'
const [PHONE, RING, LAPTOP, COIN] = ['荣耀 Magic 手机', '铂金戒指', '华为笔记本电脑', '熊猫银币'] as const
/** What stands on the stock of each printer: 60 x 40 mm at the desk, 100 x 60 mm at the bench. */
const SYMBOLS = { 'printer-2': ['QRCode'], 'printer-1': ['Code128', 'QRCode'] } as const
/** Fields of a line of general goods, each left by one key: name, category, quantity, unit, features. */
const FIELDS = 5
/** Between two keys of a keyboard-wedge scanner. */
const WEDGE_GAP_MS = 8
/** A label is many times longer: the power goes in the middle of its picture. */
const DIES_AFTER_BYTES = 1_500

let demo: Demonstration
let browser: Browser
/** The officer's desk, kept for all tests of this file. */
let desk: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'an officer opens the account of a case and registers items with photos, weight and seal',
  async () => {
    desk = await demo.open(browser, 'zhang-wei', '/desk')
    await desk.getByRole('button', { name: '新立案件台账' }).click()
    const opening = desk.getByRole('dialog')
    await opening.getByLabel('案号').fill(CASE)
    await opening.getByLabel('案件名称').fill('吴某某涉嫌受贿案')
    await opening.getByRole('checkbox', { name: '李娜' }).check()
    await opening.getByRole('button', { name: '立账' }).click()
    await says(desk, 'h2', CASE)

    await desk.getByRole('button', { name: '登记物品' }).click()
    await desk.getByLabel('通知书文号').fill(NOTICE)
    await desk.getByLabel('地点').fill('云州市城东区和平路 18 号')
    await desk.getByLabel('与案件的关联').fill('涉嫌受贿的财物')
    await isPresent('持有人', '吴某某')
    await isPresent('见证人', '林某某')
    const lines = [
      { name: PHONE, features: '黑色，屏幕完好' },
      { name: RING, features: '内圈刻“Pt950”', weight: '12.345', seal: 'FT610001' },
      { name: LAPTOP, features: '银灰色，含电源' },
      { name: COIN, features: '2024 年，带塑壳', weight: '31.104', seal: 'FT610002' },
    ]
    for (const [index, { name, features, weight, seal }] of lines.entries()) {
      if (index > 0) await desk.getByRole('button', { name: '加一件' }).click()
      const line = desk.getByRole('group', { name: `第 ${index + 1} 件`, exact: true })
      await line.getByLabel('名称').fill(name)
      if (weight !== undefined) await line.getByLabel('类别').selectOption({ label: '贵重物品' })
      await line.getByLabel('特征').fill(features)
      if (weight !== undefined && seal !== undefined) {
        await line.getByLabel('重量（克）').fill(weight)
        await line.getByLabel('封条编号').fill(seal)
        for (const signer of ['张伟', '李娜'])
          expect(await line.getByRole('checkbox', { name: signer }).isChecked(), `${signer} signs the seal`).toBe(true)
      }
      const photo = { name: `${index}.jpg`, mimeType: 'image/jpeg', buffer: await drawnPhoto(index) }
      await desk.locator('input[type="file"]').setInputFiles(photo)
      await says(desk, `[role="group"][aria-label="第 ${index + 1} 件"] .photos`, '1 张')
    }
    await desk.getByRole('button', { name: '登记 4 件' }).click()
    await says(desk, 'section.verdict', '已登记 4 件物品')
    await says(desk, 'section.verdict', '4 张照片已保存')

    await desk.getByRole('button', { name: '回到案件台账' }).click()
    for (const { name } of lines) await rowSays(desk, name, '部门暂存', '有', '未打印')
    const registered = await demo.itemsOf(CASE)
    expect(registered.map(({ name, weight_mg, sealNumber }) => ({ name, weight_mg, sealNumber }))).toEqual([
      { name: PHONE, weight_mg: null, sealNumber: null },
      { name: RING, weight_mg: 12_345, sealNumber: 'FT610001' },
      { name: LAPTOP, weight_mg: null, sealNumber: null },
      { name: COIN, weight_mg: 31_104, sealNumber: 'FT610002' },
    ])
  },
  TEST_MS,
)

/** Who stood by and signed; nobody is taken to have, until it is said. */
async function isPresent(who: string, name: string): Promise<void> {
  const group = desk.getByRole('group', { name: who })
  await group.getByRole('combobox').selectOption({ label: '到场并签名' })
  await group.getByLabel('姓名').fill(name)
}

test(
  'a seal with one signer is refused in words, and nothing is registered',
  async () => {
    await desk.getByRole('button', { name: '登记物品' }).click()
    await desk.getByLabel('通知书文号').fill(NOTICE)
    await desk.getByLabel('地点').fill('云州市城东区')
    await desk.getByLabel('与案件的关联').fill('涉嫌受贿的财物')
    await isPresent('持有人', '吴某某')
    await isPresent('见证人', '林某某')
    const line = desk.getByRole('group', { name: '第 1 件', exact: true })
    await line.getByLabel('名称').fill('玉镯')
    await line.getByLabel('类别').selectOption({ label: '贵重物品' })
    await line.getByLabel('特征').fill('青白玉')
    await line.getByLabel('重量（克）').fill('-3')
    await line.getByLabel('封条编号').fill('FT610003')
    await line.getByRole('checkbox', { name: '李娜' }).uncheck()
    await desk.getByRole('button', { name: '登记 1 件' }).click()
    await says(desk, '.line li', '须为大于零的克数')
    await says(desk, '.line li', '须由本案承办人员两人以上签名')
    await says(desk, '.send [role="alert"]', '有 2 处需要改正，没有登记任何物品')
    expect(await demo.itemsOf(CASE)).toHaveLength(4)
    await desk.goto(`${demo.url}${CASE_PATH}`)
  },
  TEST_MS,
)

test(
  'a card from the desk’s TSPL printer carries the code, and scanning it back labels the item',
  async () => {
    await goToCards()
    await printAt('desk-1', [PHONE])
    await rowSays(desk, PHONE, '已打印', '待扫描')
    const payload = await decodedPage('printer-2', 1)
    expect(payload).toBe(await codeOf(PHONE))

    const station = await demo.openBench(browser, 'desk-1')
    const hands = await handsAt(demo, station, { scanner: 'scanner-2', badge: null })
    await hands.signIn('zhang-wei')
    await hands.scan(payload)
    await hands.taken('标签已回扫确认')
    await rowSays(desk, PHONE, '已核对')
    await station.context().close()
  },
  TEST_MS,
)

test(
  'a card from the bench’s ZPL printer carries the code; the custodian reads it back without seeing what it is',
  async () => {
    await printAt('bench-1', [RING])
    await rowSays(desk, RING, '已打印', '待扫描')
    const payload = await decodedPage('printer-1', 1)
    expect(payload).toBe(await codeOf(RING))

    const bench = await demo.openBench(browser, 'bench-1')
    const hands = await handsAt(demo, bench, { scanner: 'scanner-1', badge: 'badge-1' })
    await hands.signIn('chen-jing')
    await hands.scan(payload)
    await hands.taken('标签已回扫确认')
    expect(await bench.locator('main').innerText()).not.toContain(RING)
    await rowSays(desk, RING, '已核对')
    await bench.context().close()
  },
  TEST_MS,
)

test(
  'without paper nothing is printed, and the screen says why; with paper the card comes, and the desk’s own scanner reads it',
  async () => {
    await chooseReady('desk-1')
    // Only now: the page shows within seconds that no paper is there, and is then not ready any more.
    await demo.emulate('printer-2', { paperOut: true })
    await print([LAPTOP])
    await rowSays(desk, LAPTOP, '打印失败')
    const code = await codeOf(LAPTOP)
    await says(desk, 'li[data-state="refused"]', new RegExp(`${code} 没有打印：.*标签打印机.*缺纸.*请装纸.*labels\\.`))
    await says(desk, 'li[data-state="refused"]', '处理打印机后重新打印')
    await says(desk, '.printer', '打印机故障')
    expect(await demo.printed('printer-2'), 'no page beside the first').toHaveLength(1)

    await demo.emulate('printer-2', { paperOut: false })
    await desk.locator('li[data-state="refused"]', { hasText: code }).getByRole('button', { name: '再打印' }).click()
    await rowSays(desk, LAPTOP, '已打印')
    const payload = await decodedPage('printer-2', 2)
    expect(payload, 'a number of its own, since nobody can know what lies about').toBe(makeLabelCode(code, 2))

    await strike(desk, [...keysOf(payload), ENTER], WEDGE_GAP_MS)
    await says(desk, 'section.verdict', `${code} 已核对`)
    await rowSays(desk, LAPTOP, '已核对')
  },
  TEST_MS,
)

test(
  'a printer that dies in mid-job leaves the outcome unknown; nothing prints again until a person has looked',
  async () => {
    const before = await demo.printed('printer-1')
    await demo.emulate('printer-1', { dieAfterBytes: DIES_AFTER_BYTES })
    await printAt('bench-1', [COIN])
    await rowSays(desk, COIN, '结果不明')
    const code = await codeOf(COIN)
    const toLook = desk.locator('li[data-state="unknown"]', { hasText: code })
    await says(desk, 'li[data-state="unknown"]', `${code} 可能已经打印`)
    await says(desk, 'li[data-state="unknown"]', '系统不会自行再打一次')
    await says(desk, '.printer', '打印机已断开')

    await demo.emulate('printer-1', { replug: true })
    await says(desk, '.printer', '打印机就绪')
    await rowSays(desk, COIN, '结果不明')
    expect(await demo.printed('printer-1')).toHaveLength(before.length)

    await toLook.getByRole('button', { name: '没有打出来' }).click()
    await rowSays(desk, COIN, '打印失败')
    expect(await demo.printed('printer-1')).toHaveLength(before.length)
    await desk.locator('li[data-state="refused"]', { hasText: code }).getByRole('button', { name: '再打印' }).click()
    await rowSays(desk, COIN, '已打印')
    const payload = await decodedPage('printer-1', before.length + 1)
    expect(payload).toBe(makeLabelCode(code, 2))

    await strike(desk, [...keysOf(payload), ENTER], WEDGE_GAP_MS)
    await says(desk, 'section.verdict[data-state="ok"]', `${code} 已核对`)
    await rowSays(desk, COIN, '已核对')
  },
  TEST_MS,
)

test(
  'a damaged card, and one that was replaced, are refused in words',
  async () => {
    const code = await codeOf(COIN)
    const damaged = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
    await strike(desk, [...keysOf(damaged), ENTER], WEDGE_GAP_MS)
    await says(desk, '.refused[data-state="refused"]', /校验位不符.*stations\.wrong-check.*MOD 1271-36/s)

    await row(desk, COIN).getByRole('checkbox').check()
    await desk.getByRole('button', { name: '重新打印 1 张' }).click()
    const asking = desk.getByRole('dialog')
    await asking.getByLabel('重新打印的原因').fill('原卡受潮')
    await asking.getByRole('button', { name: '重新打印 1 张' }).click()
    await rowSays(desk, COIN, '已打印 · 第 3 版', '待扫描')
    await strike(desk, [...keysOf(makeLabelCode(code, 2)), ENTER], WEDGE_GAP_MS)
    await says(desk, '.refused[data-state="refused"]', 'custody.label-void')
    await rowSays(desk, COIN, '待扫描')

    const pages = await demo.printed('printer-1')
    const fresh = await decodedPage('printer-1', pages.length)
    expect(fresh).toBe(makeLabelCode(code, 3))
    await strike(desk, [...keysOf(fresh), ENTER], WEDGE_GAP_MS)
    await says(desk, 'section.verdict[data-state="ok"]', `${code} 已核对`)
    await rowSays(desk, COIN, '已核对')
  },
  TEST_MS,
)

test(
  'the case page shows every item labelled, and the seizure list comes out as a PDF with its items and signatures',
  async () => {
    await desk.getByRole('button', { name: '案件台账' }).click()
    for (const name of [PHONE, RING, LAPTOP, COIN]) await rowSays(desk, name, '已核对')
    await desk.getByRole('button', { name: '扣押清单' }).click()
    const copies = desk.getByRole('dialog').getByRole('link')
    await copies.nth(2).waitFor()
    expect(await copies.count()).toBe(3)
    for (let copy = 0; copy < 3; copy += 1) {
      const answer = await desk.context().request.get(`${demo.url}${await copies.nth(copy).getAttribute('href')}`)
      expect(answer.status()).toBe(200)
      const body = await answer.body()
      expect(body.subarray(0, 5).toString('latin1')).toBe('%PDF-')
      const { pages } = readPdf(body)
      expect(pages.length).toBeGreaterThan(0)
      const text = pages
        .map((page) => page.text)
        .join('')
        .replaceAll(/\s/g, '')
      for (const word of [NOTICE, PHONE, RING, LAPTOP, COIN, '见证人', '持有人'])
        expect(text, `copy ${copy + 1}`).toContain(word.replaceAll(/\s/g, ''))
    }
  },
  TEST_MS,
)

/** A picture as a camera would take it. */
function drawnPhoto(index: number): Promise<Buffer> {
  const background = { r: 200, g: 190 - index * 20, b: 180 }
  return sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

async function goToCards(): Promise<void> {
  await desk.getByRole('button', { name: '物品卡 F4' }).click()
  await says(desk, 'tbody tr', '未打印')
}

/** Chooses the items and the station on the page of cards, and prints. */
async function printAt(station: string, names: readonly string[]): Promise<void> {
  await chooseReady(station)
  await print(names)
}

/** Chooses a station whose printer is ready. */
async function chooseReady(station: string): Promise<void> {
  await desk.getByLabel('打印到').selectOption(station)
  await says(desk, '.printer', '打印机就绪')
}

async function print(names: readonly string[]): Promise<void> {
  const boxes = row(desk, '').getByRole('checkbox')
  for (let index = 0; index < (await boxes.count()); index += 1) await boxes.nth(index).uncheck()
  for (const name of names) await row(desk, name).getByRole('checkbox').check()
  await desk
    .getByRole('button', { name: `打印 ${names.length} 张`, exact: false })
    .last()
    .click()
}

async function codeOf(name: string): Promise<string> {
  const found = (await demo.itemsOf(CASE)).find((item) => item.name === name)
  if (found === undefined) throw new Error(`${CASE} has no ${name}`)
  return found.code
}

/** What every symbol of the nth page of a printer says, read by a decoder that shares nothing with what drew it; all say the same. */
async function decodedPage(device: keyof typeof SYMBOLS, nth: number): Promise<string> {
  const pages = await demo.printed(device)
  expect(pages, `pages of ${device}`).toHaveLength(nth)
  const page = pages[nth - 1]
  expect(page?.whole).toBe(true)
  const { data, info } = await sharp(page?.png).greyscale().raw().toBuffer({ resolveWithObject: true })
  const symbols = await readSymbols({ width: info.width, height: info.height, grey: data })
  expect(symbols.map(({ format }) => format).toSorted(), `symbols on page ${nth} of ${device}`).toEqual(SYMBOLS[device])
  const texts = [...new Set(symbols.map(({ text }) => text))]
  expect(texts, `symbols on page ${nth} of ${device}`).toHaveLength(1)
  return texts[0] ?? ''
}

test(
  'a tidy person registers one item after another without the mouse',
  async () => {
    const names = ['红色手包', '黑色手包', '棕色手包', '灰色手包']
    const registered = await demo.itemsOf(CASE)
    desk = await demo.open(browser, 'zhang-wei', CASE_PATH)
    await says(desk, 'h2', CASE)
    await desk.keyboard.press('F2')
    await focused('措施')
    const head = [NOTICE, null, '云州市城东区和平路 18 号', '涉嫌受贿的财物']
    for (const text of head) {
      await desk.keyboard.press('Enter')
      if (text !== null) await desk.keyboard.insertText(text)
    }
    await untilFocused('持有人')
    for (const name of ['吴某某', '林某某']) {
      // Closed lists choose by their arrows: the first is that he signed.
      await desk.keyboard.press('ArrowDown')
      await desk.keyboard.press('Enter')
      await desk.keyboard.insertText(name)
      await desk.keyboard.press('Enter')
    }
    for (const [index, name] of names.entries()) {
      await focused('名称', `第 ${index + 1} 件`)
      let keys = 0
      const press = async (key: string): Promise<void> => {
        keys += 1
        await desk.keyboard.press(key)
      }
      await desk.keyboard.insertText(name)
      // Category, quantity and unit are as they mostly are; behind the last field a new line begins.
      for (let field = 0; field < FIELDS - 1; field += 1) await press('Enter')
      await desk.keyboard.insertText('八成新')
      if (index < names.length - 1) await press('Enter')
      expect(keys, name).toBeLessThanOrEqual(FIELDS)
    }
    await desk.keyboard.press('F9')
    await says(desk, 'section.verdict', `已登记 ${names.length} 件物品`)
    const now = await demo.itemsOf(CASE)
    expect(now.slice(registered.length).map(({ name }) => name)).toEqual(names)
  },
  TEST_MS,
)

/** Waits until the field of this name has the focus, in the group of this name where one is said. */
async function focused(label: string, group?: string): Promise<void> {
  const within = group === undefined ? desk : desk.getByRole('group', { name: group, exact: true })
  await expect
    .poll(() =>
      within
        .getByLabel(label)
        .first()
        .evaluate((field) => field === document.activeElement),
    )
    .toBe(true)
}

/** Presses Enter, which goes to the next field, until this one is reached. */
async function untilFocused(label: string): Promise<void> {
  for (let field = 0; field < 12; field += 1) {
    const here = await desk.evaluate(
      () => document.activeElement?.closest('fieldset')?.querySelector('legend')?.textContent,
    )
    if (here === label) return
    await desk.keyboard.press('Enter')
  }
  throw new Error(`${label} was never reached`)
}
