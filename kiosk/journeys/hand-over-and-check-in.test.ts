/** Journey 2: an officer hands over, the custodian takes in item by item; whatever is wrong is refused in words and loses nothing. */

import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPdf } from '../../labels/testing/read-pdf.ts'
import { readSymbols } from '../../labels/testing/read-symbols.ts'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { type Hands, handsAt, row, rowSays, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
/** Registered, photographed, not handed over. */
const CASE = '云监立〔2026〕5号'
/** Handed over on a list of its own. */
const OTHER_CASE = '云纪立〔2026〕4号'
const DEPARTMENT = ['华为 Mate 60 手机', '足金手镯', '和田玉挂件', '投资金条'] as const
const [PHONE, BRACELET, JADE, GOLD] = DEPARTMENT
const BENCH = { scanner: 'scanner-1', badge: 'badge-1' } as const
const WRONG_BY_MG = 3_000

let demo: Demonstration
let browser: Browser
let casePage: Page
let listPage: Page
let hands: Hands
let list = ''
let goods: ReadonlyMap<string, ItemCode>
let stranger = ''
let shelves: { readonly ordinary: string; readonly precious: string; readonly preciousName: string }

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const { locations } = await demo.codes()
  const precious = locations.find(({ storageClass }) => storageClass === 'precious')
  shelves = {
    ordinary: locations.find(({ storageClass }) => storageClass === 'ordinary')?.payload ?? '',
    precious: precious?.payload ?? '',
    preciousName: precious?.name ?? '',
  }
  goods = new Map((await demo.itemsOf(CASE)).map((item) => [item.name, item]))
  stranger = (await demo.itemsOf(OTHER_CASE))[0]?.payload ?? ''
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const of = (name: string): ItemCode => {
  const item = goods.get(name)
  if (item === undefined) throw new Error(`${CASE} has no ${name}`)
  return item
}

test(
  'the officer hands four items over at the desk, and gets a list to scan',
  async () => {
    casePage = await demo.open(browser, 'zhang-wei', `/desk/cases/${encodeURIComponent(CASE)}`)
    for (const name of DEPARTMENT) await row(casePage, of(name).code).getByRole('checkbox').check()
    await says(casePage, '[role="status"]', '已选 4 件')
    listPage = await casePage.context().newPage()
    await listPage.goto(casePage.url())
    for (const name of DEPARTMENT) await row(listPage, of(name).code).getByRole('checkbox').check()
    await listPage.getByRole('button', { name: '移交入库 4 件 F8' }).click()
    await listPage.getByRole('dialog').getByRole('button', { name: '提交移交' }).click()
    await listPage.waitForURL(/\/desk\/lists\//)
    list = decodeURIComponent(new URL(listPage.url()).pathname.split('/').at(-1) ?? '')
    for (const name of DEPARTMENT) await rowSays(listPage, of(name).code, '待核对')
    // The other page of the same case was not touched.
    for (const name of DEPARTMENT) await rowSays(casePage, of(name).code, '待移交')
  },
  TEST_MS,
)

test(
  'the bench takes nothing before somebody has signed in, and nobody without a post there',
  async () => {
    hands = await handsAt(demo, await demo.openBench(browser, 'bench-1'), BENCH)
    await hands.scan(list)
    await hands.refused('stations.nobody', '工位还没有人登录', 'GB/T 22239-2019')
    await hands.badge('zhang-wei')
    await hands.refused('stations.no-post-here', '张伟 在 涉案财物一号库 没有岗位', '监察法 28(2)')
    await demo.emulate('badge-1', { badge: 'B999999' })
    await hands.refused('stations.unknown-badge', '没有此工牌', 'GB/T 22239-2019')
    await hands.signIn('chen-jing')
    await says(hands.page, '.bench[data-session="idle"] h2', '没有正在办理的事项')
  },
  TEST_MS,
)

test(
  'what is no code of ours, or a damaged one, is refused and begins nothing',
  async () => {
    await hands.scan('6901234567892')
    await hands.refused('stations.unknown-code', '不是本系统的编码：6901234567892')
    await hands.scan(`${list.slice(0, -1)}${list.endsWith('0') ? '1' : '0'}`)
    await hands.refused('stations.wrong-check', '校验位不符', 'MOD 1271-36')
    await says(hands.page, '.bench[data-session="idle"] h2', '没有正在办理的事项')
  },
  TEST_MS,
)

test(
  'the list is scanned; the custodian and an officer of another department cannot be its second person',
  async () => {
    await hands.scan(list)
    await hands.taken(`清单 ${list}，4 件待移交`)
    await hands.asked('请移交人（承办人员）刷工牌')
    // The reader has just seen this badge, and takes one that stays for one: the scanner reads it as well.
    await hands.scan(demo.person('chen-jing').badge)
    await hands.refused('custody.same-person', '陈静 已作为保管人员参与此事', '罚没财物管理办法')
    await hands.badge('wang-qiang')
    await hands.refused('custody.not-your-unit', '第一审查调查室')
    await hands.asked('请移交人（承办人员）刷工牌')
    await hands.badge('zhang-wei')
    await hands.pin('zhang-wei')
    await hands.taken('移交人 张伟')
    await hands.asked('请扫描下一件物品')
    await says(hands.page, '.strip .second', '张伟')
  },
  TEST_MS,
)

test(
  'an item of another list is refused; a double scan counts once',
  async () => {
    await hands.scan(stranger)
    await hands.refused('stations.not-in-work', `${stranger} 不属于本次办理（${list}）`, '按清单逐件办理')
    await hands.asked('请扫描下一件物品')
    // Both in one go, as a trigger held too long sends them.
    await hands.scan(`${of(PHONE).payload}\r${of(PHONE).payload}`)
    await hands.taken('重复扫描，只算一次')
    await says(hands.page, 'section.item h2', PHONE)
    await hands.asked('请核对照片')
    const photo = hands.page.locator('section.item img')
    await photo.waitFor()
    await expect
      .poll(() => photo.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(0)
    await hands.card('CONFIRM')
    await hands.asked('请扫描库位')
    await hands.scan(of(BRACELET).payload)
    await hands.refused('stations.wrong-kind', `扫到的是物品 ${of(BRACELET).code}；现在要扫描库位`, '按步骤办理')
    await hands.scan(shelves.ordinary)
    await hands.taken(`${PHONE} → `)
    await lineIs(PHONE, 'accepted')
  },
  TEST_MS,
)

test(
  'a valuable is weighed: restless the scale gives no weight, at rest it does; a shelf of the wrong class is refused',
  async () => {
    const { payload, weight_mg } = of(BRACELET)
    await demo.emulate('scale-1', { weigh_mg: weight_mg ?? 0, stable: false })
    await hands.scan(payload)
    await hands.asked('请放上电子秤')
    await hands.refused('devices.unstable', '秤读数不稳定，未采用')
    await says(hands.page, '[data-point="weight"][data-verdict="now"]', '正在核对')
    await says(hands.page, '.pan', '38.628 克，秤还在晃动')
    await demo.emulate('scale-1', { weigh_mg: weight_mg ?? 0 })
    await hands.taken('重量 38.628 克，相符')
    await says(hands.page, '[data-point="weight"][data-verdict="same"]', '38.628 克')
    await says(hands.page, '[data-point="seal"]', of(BRACELET).sealNumber ?? '')
    await hands.press('相符')
    await hands.asked('请扫描库位')
    await hands.scan(shelves.ordinary)
    await hands.refused(
      'custody.class-not-allowed',
      `${of(BRACELET).code} 不得存放于 ${shelves.ordinary}：那里是常规库位，此件须放在贵重库位`,
      '监察法 28(2)',
    )
    await hands.asked('请扫描库位')
    await hands.scan(shelves.precious)
    await hands.taken(`${BRACELET} → ${shelves.preciousName}，还有 2 件`)
    await lineIs(BRACELET, 'accepted')
  },
  TEST_MS,
)

/** A screen that joins locks the bench; its custodian goes on with the badge. */
async function resume(): Promise<void> {
  await says(hands.page, 'section.verdict', '又有一块屏幕接入本工位')
  await hands.badge('chen-jing')
  await hands.taken('陈静，请继续')
}

test(
  'a killed browser and a second screen show the very same step',
  async () => {
    // Locking and going on are steps of their own: what is in work stays as it was.
    const { step: _, ...work } = await stepOf(hands.page)
    const doomed = await launchBrowser()
    const shortLived = await demo.openBench(doomed, 'bench-1')
    await resume()
    await says(shortLived, '[data-testid="ask"]', '请扫描下一件物品')
    expect(await stepOf(shortLived)).toMatchObject(work)
    expect(await stepOf(shortLived)).toEqual(await stepOf(hands.page))
    await doomed.close()

    await hands.page.context().close()
    const [one, other] = await Promise.all([demo.openBench(browser, 'bench-1'), demo.openBench(browser, 'bench-1')])
    hands = await handsAt(demo, one, BENCH)
    await resume()
    for (const page of [one, other]) {
      await says(page, '.procedure', list)
      await says(page, '[data-testid="ask"]', '请扫描下一件物品')
      expect(await stepOf(page)).toMatchObject(work)
    }
    expect(await stepOf(other)).toEqual(await stepOf(one))
    await demo.emulate('scale-1', { weigh_mg: (of(JADE).weight_mg ?? 0) - WRONG_BY_MG })
    await hands.scan(of(JADE).payload)
    await says(other, 'section.item h2', JADE)
    await hands.refused('custody.weight-differs', '登记 25.814 克，现为 22.814 克', '监察法实施条例(2021) 128(一)')
    expect(await stepOf(other)).toEqual(await stepOf(one))
    await other.context().close()
  },
  TEST_MS,
)

test(
  'an item that weighs too little is sent back with a reason',
  async () => {
    await hands.asked('请选择退回原因')
    await hands.press('重量与登记不符')
    await hands.taken(`${JADE} 退回：重量与登记不符`)
    await lineIs(JADE, 'refused')
    await hands.asked('请扫描下一件物品')
  },
  TEST_MS,
)

test(
  'a scanner unplugged in mid-line is a fault, never a code; the frame is amber until it is back',
  async () => {
    await demo.emulate('scale-1', { weigh_mg: of(GOLD).weight_mg ?? 0 })
    await demo.emulate('scanner-1', { scan: of(GOLD).payload, cut: 6 })
    await demo.emulate('scanner-1', { unplug: true })
    await says(hands.page, '[data-device="scanner"][data-device-state="gone"]', '断开')
    await says(hands.page, '.bench[data-state="fault"] .strip .fault', '设备已断开')
    await hands.refused('devices.line-cut', '扫描中途断开，内容不完整，未采用')
    await hands.asked('请扫描下一件物品')
    await lineIs(GOLD, 'waiting')

    await demo.emulate('scanner-1', { replug: true })
    await says(hands.page, '[data-device="scanner"][data-device-state="ready"]', '就绪')
    await hands.page.locator('.bench[data-state="quiet"]').waitFor()
    await hands.scan(of(GOLD).payload)
    await hands.taken('重量 100.007 克，相符')
  },
  TEST_MS,
)

test(
  'the server dies as in a power cut and starts again: the screen says so, and resumes at the same step by itself',
  async () => {
    const before = await stepOf(hands.page)
    await demo.kill()
    await says(hands.page, '.offline', '连接中断')
    await demo.resume()
    await hands.page.locator('.offline').waitFor({ state: 'detached' })
    await says(hands.page, '[data-device="scanner"][data-device-state="ready"]', '就绪')
    await says(hands.page, '[data-device="scale"][data-device-state="ready"]', '就绪')
    if ((await stepOf(hands.page)).session === 'locked') {
      await hands.badge('chen-jing')
      await hands.taken('陈静，请继续')
    }
    await says(hands.page, 'section.item h2', GOLD)
    const { ask, lines } = await stepOf(hands.page)
    expect({ ask, lines }).toEqual({ ask: before.ask, lines: before.lines })
    await hands.press('相符')
    await hands.asked('请扫描库位')
    await hands.scan(shelves.precious)
    await hands.taken(`${GOLD} → ${shelves.preciousName}，还有 0 件`)
  },
  TEST_MS,
)

test(
  'both confirm, and the desk’s pages, open all the time, show it by themselves',
  async () => {
    for (const name of DEPARTMENT) await rowSays(casePage, of(name).code, '待移交')
    await hands.asked('全部核对完毕，请确认')
    await hands.card('CONFIRM')
    await hands.asked('请移交人 张伟 刷工牌确认')
    await hands.badge('li-na')
    await hands.refused('stations.wrong-kind', '扫到的是 李娜 的工牌；现在要刷 张伟 的工牌')
    await hands.badge('zhang-wei')
    await hands.pin('zhang-wei')
    await hands.taken('入库 3 件，退回 1 件；入库单小票已送打印')
    for (const name of [PHONE, BRACELET, GOLD]) await rowSays(casePage, of(name).code, '在库')
    await rowSays(casePage, of(JADE).code, '部门暂存')
    await rowSays(listPage, of(PHONE).code, '已入库')
    await rowSays(listPage, of(JADE).code, '已退回')
    const now = await demo.itemsOf(CASE)
    expect(now.find(({ name }) => name === GOLD)?.location).toBe(shelves.preciousName)
    const life = await demo.open(browser, 'zhang-wei', `/supervise/items/${of(JADE).code}`)
    await says(life, 'main', /退回补正\s[\s\S]*称重 22\.814 克[\s\S]*原因：重量与登记不符/)
    await life.context().close()
  },
  TEST_MS,
)

test(
  'the entry slip comes out at the bench with the code of the list, and on the desk as a PDF with what was taken in',
  async () => {
    await says(listPage, '.slip', /入库单小票（第 1 版）\s*已打印/)
    const slip = (await demo.printed('printer-1')).at(-1)
    expect(slip?.whole).toBe(true)
    const { data, info } = await sharp(slip?.png).greyscale().raw().toBuffer({ resolveWithObject: true })
    const symbols = await readSymbols({ width: info.width, height: info.height, grey: new Uint8Array(data) })
    expect(symbols.map(({ text }) => text)).toEqual([list, list])
    const link = listPage.getByRole('link', { name: '入库单（PDF）' })
    const answer = await listPage.context().request.get(`${demo.url}${await link.getAttribute('href')}`)
    expect(answer.status()).toBe(200)
    const { pages } = readPdf(await answer.body())
    const text = pages
      .map((page) => page.text)
      .join('')
      .replaceAll(/\s/g, '')
    for (const word of [list, of(PHONE).code, of(BRACELET).code, of(GOLD).code, '陈静', '张伟'])
      expect(text).toContain(word)
  },
  TEST_MS,
)

/** Waits until the line of an item on the bench is in this state. */
async function lineIs(name: string, state: 'waiting' | 'now' | 'accepted' | 'refused'): Promise<void> {
  await says(hands.page, `[data-line="${of(name).code}"][data-line-state="${state}"]`, name)
}

/** What a screen of the bench shows of the session: number, question, and the state of every line. */
async function stepOf(page: Page): Promise<{ session: string; ask: string; step: string; lines: readonly string[] }> {
  const bench = page.locator('.bench')
  const lines = page.locator('[data-line]')
  return {
    session: (await bench.getAttribute('data-session')) ?? '',
    step: (await bench.getAttribute('data-step')) ?? '',
    ask: await page.locator('[data-testid="ask"]').innerText(),
    lines: await lines.evaluateAll((found) =>
      found.map((line) => `${line.getAttribute('data-line')} ${line.getAttribute('data-line-state')}`),
    ),
  }
}
