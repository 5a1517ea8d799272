/** The desk of an officer: nothing is done to what was not chosen, and a card is taken for its own case only. */

import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { row, rowSays, says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { ENTER, keysOf, strike } from '../../testing/keyboard.ts'
import { TONES } from '../../tone.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const OFFICER = 'zhang-wei'
/** Registered and photographed, at the department. */
const CASE = '云监立〔2026〕5号'
/** Of the same department and officer. */
const OTHER_CASE = '云纪立〔2026〕4号'
const STORED_CASE = '云纪立〔2026〕1号'
/** Of another department. */
const FOREIGN_CASE = '云监立〔2026〕3号'
const WEDGE_GAP_MS = 8
/** How long a finger stays on a key: no scanner is that slow. */
const KEY_MS = 90

let demo: Demonstration
let browser: Browser
let page: Page

const pathOf = (number: string, rest = ''): string => `/desk/cases/${encodeURIComponent(number)}${rest}`

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  page = await demo.open(browser, OFFICER, '/desk')
  await page.addInitScript(() => {
    const heard: number[] = []
    Object.assign(window, { heard })
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (this: OscillatorNode, ...when) {
      heard.push(this.frequency.value)
      return start.apply(this, when)
    }
  })
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** Pitches that the page has sounded since this was asked last. */
function heard(): Promise<number[]> {
  return page.evaluate(() => (window as unknown as { heard: number[] }).heard.splice(0))
}

const REFUSED = TONES.refused.map(({ pitch_hz }) => pitch_hz)

async function open(path: string): Promise<void> {
  await page.goto(`${demo.url}${path}`)
  await page.locator('tbody tr').first().waitFor()
}

test(
  'keys and buttons say how many items they take, and without a choice they take none',
  async () => {
    await open(pathOf(CASE))
    const items = await demo.itemsOf(CASE)
    for (const [key, name] of [
      ['F6', '拍照'],
      ['F8', '移交入库'],
      ['F9', '申请调用'],
    ] as const) {
      await page.keyboard.press(key, { delay: KEY_MS })
      await says(page, '[role="alert"]', '请先在物品台账中选择物品')
      expect(await heard()).toEqual(REFUSED)
      expect(await page.getByRole('dialog').count()).toBe(0)
      expect(await page.getByRole('button', { name: `${name} ${key}` }).isDisabled()).toBe(true)
    }
    for (const { code } of items.slice(0, 2)) await row(page, code).getByRole('checkbox').check()
    await says(page, '[role="status"]', '已选 2 件')
    await says(page, 'footer li', '移交入库 2 件')
    await page.keyboard.press('F8', { delay: KEY_MS })
    await says(page, 'dialog', '2 件物品将列入一份移交清单')
    // What is asked for is under the fingers, not the first of the items that it is about.
    await page.getByRole('dialog').getByLabel('移交到').and(page.locator(':focus')).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()

    await page.getByRole('button', { name: '取消选择' }).click()
    await page.getByRole('button', { name: `选可移交的 ${items.length} 件` }).click()
    await page.getByRole('searchbox').fill(items[0]?.code ?? '')
    await says(page, '[role="status"]', `（${items.length - 1} 件不在筛选结果中）`)
    await page.getByRole('button', { name: `移交入库 ${items.length} 件` }).waitFor()
  },
  TEST_MS,
)

test(
  'the cards that are to be printed are those of the items that were chosen on the account',
  async () => {
    await open(pathOf(CASE))
    const items = await demo.itemsOf(CASE)
    for (const { code } of items.slice(2, 4)) await row(page, code).getByRole('checkbox').check()
    await page.keyboard.press('F4', { delay: KEY_MS })
    await page.getByRole('button', { name: /^打印 2 张/ }).waitFor()
    expect(
      await row(page, items[2]?.code ?? '')
        .getByRole('checkbox')
        .isChecked(),
    ).toBe(true)
    expect(
      await row(page, items[4]?.code ?? '')
        .getByRole('checkbox')
        .isChecked(),
    ).toBe(false)
  },
  TEST_MS,
)

test(
  'the register page begins in its first field',
  async () => {
    await page.goto(`${demo.url}${pathOf(CASE, '/register')}`)
    await page.locator('form select:focus').waitFor()
    expect(
      await page
        .locator('form :is(input, select)')
        .first()
        .evaluate((field) => field.matches(':focus')),
    ).toBe(true)
  },
  TEST_MS,
)

test(
  'the first page counts what waits for an approver, as it comes, and leads to it',
  async () => {
    const home = await demo.open(browser, 'sun-bo', '/')
    const tile = home.locator('[data-task="approvals"]')
    await says(home, '[data-task="approvals"] .count', /^\d+$/)
    const before = Number(await tile.locator('.count').innerText())
    const stored = (await demo.itemsOf(STORED_CASE)).find(({ custody }) => custody.value === 'IN_STORE')
    const dueAt = new Date(Date.now() + 3 * 86_400_000).toISOString()
    const deed = { command: 'borrow', items: [stored?.code], dueAt, purpose: 'COURT' }
    expect((await demo.post(OFFICER, '/api/approvals', { deed, reason: '庭审示证' })).status).toBe(201)
    await says(home, '[data-task="approvals"] .count', String(before + 1))
    await tile.click()
    await says(home, 'h2', new RegExp(`待我审批\\s*${before + 1}`))
    await home.context().close()
  },
  TEST_MS,
)

test(
  'a choice outlives the photos that were taken of it',
  async () => {
    await open(pathOf(CASE))
    const [first, second] = await demo.itemsOf(CASE)
    for (const one of [first, second])
      await row(page, one?.code ?? '')
        .getByRole('checkbox')
        .check()
    await page.keyboard.press('F6', { delay: KEY_MS })
    const dialog = page.getByRole('dialog')
    const buffer = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#88aacc' } })
      .jpeg()
      .toBuffer()
    await dialog.locator('input[type="file"]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer })
    await dialog.getByRole('button', { name: '上传 1 张' }).click()
    await says(page, '.region', `${first?.name}：已登记 1 张照片`)
    // What else is wanted of the first is left for another time.
    for (let left = await dialog.locator('ol li:not([data-state="done"])').count(); left > 0; left -= 1)
      await dialog.getByRole('button', { name: '跳过此张' }).click()
    await says(page, 'dialog', second?.name ?? '')
    await dialog.getByRole('button', { name: '关闭' }).click()
    await says(page, '[role="status"]', '已选 2 件')
    await page.getByRole('button', { name: '移交入库 2 件' }).waitFor()
  },
  TEST_MS,
)

test(
  'the cards of what was just registered are chosen, and no others that were never printed',
  async () => {
    const [lead, first, second] = await demo.itemsOf(CASE)
    // The account is read twice: for the page, and once more when its line is open. The earlier answer comes when the later is on its way.
    const { promise: again, resolve: asked } = Promise.withResolvers<undefined>()
    let reads = 0
    await page.route(`**/api/cases/${encodeURIComponent(CASE)}`, async (route) => {
      reads += 1
      if (reads === 1) await again
      else asked(undefined)
      await route.continue()
    })
    await open(pathOf(CASE, `/cards?items=${first?.code},${second?.code}`))
    await page.getByRole('button', { name: '打印 2 张' }).waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    expect(
      await row(page, first?.code ?? '')
        .getByRole('checkbox')
        .isChecked(),
    ).toBe(true)
    const codes = (await page.locator('.cards tbody tr').allInnerTexts()).map((text) => /W\d\w+/.exec(text)?.[0])
    expect(codes.slice(0, 3)).toEqual([first?.code, second?.code, lead?.code])
    await open(pathOf(CASE))
    await rowSays(page, first?.code ?? '', '未打印')
  },
  TEST_MS,
)

test(
  'handing over leads to the list, and no screen reads a case without a number on the way',
  async () => {
    await open(pathOf(CASE))
    const read: string[] = []
    page.on('request', (request) => read.push(new URL(request.url()).pathname))
    const [, , , last] = await demo.itemsOf(CASE)
    await row(page, last?.code ?? '')
      .getByRole('checkbox')
      .check()
    await page.keyboard.press('F8', { delay: KEY_MS })
    await page.getByRole('dialog').getByRole('button', { name: '提交移交' }).click()
    await rowSays(page, last?.code ?? '', '待核对')
    expect(read).toContainEqual(expect.stringContaining('/api/lists/'))
    expect(read.filter((path) => path === '/api/cases/')).toEqual([])
  },
  TEST_MS,
)

test(
  'a card of another case is refused aloud, with its case for who may know it and without for who may not',
  async () => {
    const [own] = await demo.itemsOf(OTHER_CASE)
    const [foreign] = await demo.itemsOf(FOREIGN_CASE)
    await open(pathOf(CASE, '/cards'))
    await strike(page, [...keysOf(own?.payload ?? ''), ENTER], WEDGE_GAP_MS)
    await says(page, '.refused[data-state="refused"]', `${own?.code} 是案件 ${OTHER_CASE} 的物品卡，不是本案的`)
    expect(await heard()).toEqual(REFUSED)
    await strike(page, [...keysOf(foreign?.payload ?? ''), ENTER], WEDGE_GAP_MS)
    await says(page, '.refused[data-state="refused"]', `${foreign?.code} 不是本案的物品卡`)
    expect(await heard()).toEqual(REFUSED)
    expect(await page.locator('.side').innerText()).not.toContain(FOREIGN_CASE)
    expect(await page.locator('section.verdict[data-state="ok"]').count()).toBe(0)
  },
  TEST_MS,
)

test(
  'the page joins its desk and says so; what the desk’s scanner reads is taken for this case only',
  async () => {
    const [first] = await demo.itemsOf(CASE)
    const [own] = await demo.itemsOf(OTHER_CASE)
    const desk = page.locator('.desk')
    await open(pathOf(CASE, '/cards'))
    await says(page, '.desk[data-standing="stranger"]', '本屏幕还没有接入一室登记台')
    await desk.getByLabel('屏幕接入码').fill('WRONG-CODE')
    await desk.getByRole('button', { name: '接入', exact: true }).click()
    await says(page, '.desk [role="alert"]', 'stations.wrong-code')
    await desk.getByRole('button', { name: '演示：取一个接入码' }).click()
    await desk.getByRole('button', { name: '接入', exact: true }).click()
    await says(page, '.desk[data-standing="screen"]', '扫描枪就绪')
    await says(page, '.desk', '请用登记台的扫描枪扫描您的工牌')

    const { name, badge, pin } = demo.person(OFFICER)
    await demo.emulate('scanner-2', { scan: badge })
    // The PIN is what comes next: it can be typed at once.
    await desk.getByLabel(`${name}的 PIN`).and(page.locator(':focus')).waitFor()
    await page.keyboard.type(pin)
    await page.keyboard.press('Enter')
    await says(page, '.desk[data-session="idle"]', `${name} 已登录`)

    await heard()
    await demo.emulate('scanner-2', { scan: own?.payload ?? '' })
    await says(page, '.refused[data-state="refused"]', `${own?.code} 是案件 ${OTHER_CASE} 的物品卡，不是本案的`)
    expect((await heard()).slice(-REFUSED.length)).toEqual(REFUSED)

    expect(await page.getByLabel('打印到').inputValue()).toBe('desk-1')
    for (const box of await page.locator('tbody').getByRole('checkbox').all()) await box.uncheck()
    await row(page, first?.code ?? '')
      .getByRole('checkbox')
      .check()
    await page.getByRole('button', { name: '打印 1 张', exact: false }).last().click()
    await rowSays(page, first?.code ?? '', '已打印', '待扫描')
    await demo.emulate('scanner-2', { scan: first?.payload ?? '' })
    await says(page, 'section.verdict[data-state="ok"]', `${first?.code} 已核对`)
    await rowSays(page, first?.code ?? '', '已核对')

    await demo.emulate('scanner-2', { unplug: true })
    await says(page, '.desk', '扫描枪已断开')
    await demo.emulate('scanner-2', { replug: true })
    await says(page, '.desk', '扫描枪就绪')
  },
  TEST_MS,
)

test(
  'a form says its limits and what is missing in the page’s own words, cuts nothing, and forgets a refusal once it is corrected',
  async () => {
    await open('/desk')
    await page.getByRole('button', { name: '新立案件台账' }).click()
    const dialog = page.getByRole('dialog')
    const number = dialog.getByLabel('案号')
    const title = dialog.getByLabel('案件名称')
    const ownWords = (): Promise<string> =>
      title.evaluate((field: HTMLInputElement) => {
        field.checkValidity()
        return field.validationMessage
      })
    expect(await ownWords()).toBe('请填写此项')
    const confirm = dialog.getByRole('button', { name: '立账' })
    await confirm.hover({ force: true })
    const ground = await confirm.evaluate((button) => getComputedStyle(button).backgroundColor)
    expect(ground, 'a disabled button stays pale under the pointer').toBe('rgba(0, 0, 0, 0)')
    await number.fill(CASE)
    await title.fill('案'.repeat(203))
    await says(page, 'dialog .note', '最多 200 字，多了 3 字')
    expect(await title.inputValue()).toHaveLength(203)
    expect(await ownWords()).toBe('最多 200 字，多了 3 字')
    await title.fill('某某涉嫌受贿案')
    expect(await ownWords()).toBe('')

    await dialog.getByRole('checkbox', { name: '李娜' }).check()
    await dialog.getByRole('button', { name: '立账' }).click()
    await says(page, 'dialog [role="alert"]', 'custody.case-exists')
    await number.fill('云监立〔2026〕77号')
    await page.locator('dialog .refused').waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: '取消' }).click()

    await page.goto(`${demo.url}${pathOf(CASE, '/register')}`)
    await page.getByRole('button', { name: '登记 1 件' }).click()
    await says(page, '.line li', '名称：必填')
    await says(page, '.note', '必填')
    const line = page.getByRole('group', { name: '第 1 件', exact: true })
    await line.getByLabel('名称').fill('手'.repeat(101))
    await line.getByLabel('数量').fill('２')
    await says(page, '.line li', '名称：最多 100 字，多了 1 字')
    await page.locator('.line li', { hasText: '数量' }).waitFor({ state: 'detached' })
  },
  TEST_MS,
)

test(
  'cases of another system are tried and opened from a table, with the day of filing; what is there stays as it is',
  async () => {
    await open('/desk')
    await page.getByRole('button', { name: '从表格导入案件' }).click()
    const dialog = page.getByRole('dialog')
    const tableOf = (...rows: readonly string[]) => ({
      ...{ name: '案件.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(['案号,案件名称,类别,承办部门,承办人员,立案日期,立案文号', ...rows].join('\n')),
    })
    const first = '云监立〔2026〕95号,某某涉嫌受贿案,监察调查,dept-1,张伟、李娜,2026/2/3,云监立决〔2026〕95号'
    const second = '云纪立〔2026〕96号,某人涉嫌违纪案,纪律审查,dept-1,张伟、李娜,,'
    const choose = dialog.locator('input[type="file"]')
    await choose.setInputFiles(tableOf(first, second.replace('李娜', '路人')))
    await says(page, 'dialog [role="status"]', '案件.csv：有 1 处需要改正')
    await says(page, 'dialog tbody', '承办人员')
    await choose.setInputFiles(tableOf(first, second))
    await says(page, 'dialog [role="status"]', '新立 2 件，已有且相同 0 件')
    await dialog.getByRole('button', { name: '立账 2 件' }).click()
    await dialog.waitFor({ state: 'detached' })
    await rowSays(page, '云纪立〔2026〕96号', '某人涉嫌违纪案')
    await page.getByRole('button', { name: '从表格导入案件' }).click()
    await choose.setInputFiles(tableOf(first, second))
    await says(page, 'dialog [role="status"]', '新立 0 件，已有且相同 2 件')
    await dialog.getByRole('button', { name: '取消' }).click()
    await page.goto(`${demo.url}${pathOf('云监立〔2026〕95号')}`)
    await says(page, 'header', '云监立决〔2026〕95号')
  },
  TEST_MS,
)

test(
  'the form that opens a case takes the day of filing with its document, both or neither',
  async () => {
    await open('/desk')
    await page.getByRole('button', { name: '新立案件台账' }).click()
    const dialog = page.getByRole('dialog')
    const confirm = dialog.getByRole('button', { name: '立账' })
    await dialog.getByLabel('案号').fill('云监立〔2026〕97号')
    await dialog.getByLabel('案件名称').fill('某某涉嫌受贿案')
    await dialog.getByRole('checkbox', { name: '李娜' }).check()
    await dialog.getByLabel('立案日期').fill('2026-02-03')
    await says(page, 'dialog .note', '一并填写')
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByLabel('立案文号').fill('云监立决〔2026〕97号')
    await confirm.click()
    await says(page, 'header', '云监立决〔2026〕97号')
  },
  TEST_MS,
)

test(
  'goods of another organ are checked line by line: a difference keeps them out until both sides have settled it',
  async () => {
    await page.goto(`${demo.url}${pathOf(OTHER_CASE, '/inbound')}`)
    await page.getByRole('button', { name: '登记移交清单' }).click()
    const bringer = { 移交人姓名: '刘洋', 移交人职务: '经侦支队民警' }
    const head = { 移交机关: '某市公安局', 清单编号: '移交〔2026〕9号', 清单日期: '2026-01-05', ...bringer }
    for (const [label, text] of Object.entries(head)) await page.getByLabel(label).fill(text)
    await page.getByRole('button', { name: '加一行' }).click()
    for (const [n, name, quantity] of [
      [1, '手机', '1'],
      [2, '账本', '3'],
    ] as const) {
      const line = page.getByRole('group', { name: `第 ${n} 行`, exact: true })
      await line.getByLabel('名称').fill(name)
      await line.getByLabel('数量').fill(quantity)
    }
    await page.getByRole('button', { name: '登记清单' }).click()
    await says(page, 'main', '未核对 2 行，不符未处理 0 行，不能接收')
    const accept = page.getByRole('button', { name: '接收并登记' })
    const [first, second] = [1, 2].map((n) => page.locator(`[data-line="${n}"]`))
    await first!.getByRole('button', { name: '相符' }).click()
    await says(page, '[data-line="1"]', '相符')
    await second!.getByRole('button', { name: '不符' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').selectOption('SHORT')
    await dialog.getByLabel('实收数量').fill('2')
    await dialog.getByRole('button', { name: '记下核对结果' }).click()
    await says(page, 'main', '未核对 0 行，不符未处理 1 行，不能接收')
    expect(await accept.isDisabled()).toBe(true)

    // What keeps the case from being closed leads there.
    await open(pathOf(OTHER_CASE))
    await page.getByText('结案前须了结').click()
    await page.getByRole('link', { name: '移交清单未接收' }).click()
    await says(page, 'main', '未核对 0 行，不符未处理 1 行，不能接收')
    await second!.getByRole('button', { name: '处理不符' }).click()
    await dialog.getByRole('combobox').selectOption('AS_FOUND')
    await dialog.getByLabel('情况说明').fill('当面清点为二册')
    const { badge, pin } = demo.person('li-na')
    await dialog.getByLabel('工牌').fill(badge)
    await dialog.getByLabel('PIN').fill(pin)
    await dialog.getByRole('button', { name: '双方确认' }).click()
    await says(page, 'main', '各行均已核对，可以接收 2 行')

    await accept.click()
    await page.getByRole('textbox', { name: '地点' }).fill('接待室')
    await page.getByLabel('与案件的关联').fill('与本案资金往来有关')
    await page.getByRole('combobox', { name: '持有人' }).selectOption('SIGNED')
    await page.getByRole('combobox', { name: '见证人' }).selectOption('SIGNED')
    for (const [n, name] of ['王某', '赵某'].entries())
      await page.getByRole('textbox', { name: '姓名' }).nth(n).fill(name)
    const confirm = page.getByRole('button', { name: '接收 2 件' })
    await says(page, 'main', '移交人、接收人尚未签名')
    expect(await confirm.isDisabled()).toBe(true)
    for (const [side, why] of [
      ['移交人（刘洋）', '已在随案清单上签名'],
      ['接收人（张伟）', '触屏故障，签在纸上'],
    ] as const) {
      const place = page.getByRole('group', { name: side })
      await place.getByLabel('不签名', { exact: true }).check()
      await place.getByLabel('不签名的原因').fill(why)
    }
    await confirm.click()
    await says(page, 'main', '已接收 2 件')
    await says(page, '[data-side="bringer"]', '已在随案清单上签名')
    await second!.getByRole('link').click()
    await says(page, 'main', '某市公安局，清单 移交〔2026〕9号 第 2 行')
  },
  TEST_MS,
)
