/** Journey 4: a count is ordered, walked blind at the bench, walked again by somebody else, explained and signed by two. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShownStocktake } from '../../server/custody/protocol.ts'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { type Hands, handsAt, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const BENCH = { scanner: 'scanner-1', badge: 'badge-1' }
const [COUNTER, HEAD] = ['chen-jing', 'guo-tao'] as const

let demo: Demonstration
let browser: Browser
let desk: Page
let hands: Hands
let code = ''
/** The shelf that is counted, and what lies on it. */
let shelf = { payload: '', name: '' }
let lying: readonly ItemCode[] = []

const shown = (person: string): Promise<ShownStocktake> => demo.get<ShownStocktake>(person, `/api/counts/${code}`)

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const { locations, items } = await demo.codes()
  const onShelf = ({ name }: { name: string }): ItemCode[] => items.filter((one) => one.location === name)
  const [least] = locations
    .filter((one) => onShelf(one).length > 1)
    .toSorted((one, other) => onShelf(one).length - onShelf(other).length)
  if (least === undefined) throw new Error('nothing lies in the store')
  shelf = least
  lying = onShelf(least)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'the head of who keeps the store orders a count of one shelf by a custodian',
  async () => {
    desk = await demo.open(browser, HEAD, '/counts')
    await desk.getByRole('button', { name: '下达盘点' }).click()
    await desk.getByLabel('范围').selectOption({ label: '指定库位' })
    await desk.getByRole('checkbox', { name: shelf.name, exact: true }).check()
    await desk.getByRole('checkbox', { name: demo.person(COUNTER).name, exact: true }).check()
    await desk.getByRole('button', { name: '下达', exact: true }).click()
    await desk.waitForURL(/\/counts\/D[0-9A-Z]{13}$/)
    code = desk.url().slice(-14)
    await says(desk, 'main', shelf.name)
  },
  TEST_MS,
)

test(
  'the custodian walks it at the bench and is shown nothing of what is expected',
  async () => {
    hands = await handsAt(demo, await demo.openBench(browser, 'bench-1'), BENCH)
    await hands.signIn(COUNTER)
    await hands.scan(code)
    await hands.taken('盘点开始')
    await hands.scan(shelf.payload)
    await hands.asked(shelf.name)
    const [missing, ...there] = lying
    for (const { payload, name } of there) {
      await hands.scan(payload)
      await hands.taken(`${name} 已记`)
    }
    const { page } = hands
    expect(await page.locator('body').innerText()).not.toContain(missing?.code)
    await hands.card('CONFIRM')
    await hands.taken(`${shelf.name} 盘完`)
    await hands.card('CONFIRM')
    await hands.taken('首盘结束')
    expect(await shown(COUNTER)).toMatchObject({ figures: null, differences: null })
  },
  TEST_MS,
)

test(
  'what differs is walked again by somebody else, on a page',
  async () => {
    const [missing] = lying
    await says(desk, 'main', '尚未复盘')
    await says(desk, 'main', missing?.code ?? '')
    await desk.getByLabel('库位编号').fill(missing?.code ?? '')
    await desk.getByLabel('库位编号').press('Enter')
    await says(desk, '[role="alert"]', /扫到的不是库位编号.*stocktake\.no-shelf-yet.*先库位，后物品.*请先扫描/s)
    await desk.getByLabel('库位编号').fill(shelf.payload)
    await desk.getByLabel('库位编号').press('Enter')
    await says(desk, '[role="status"]', shelf.name)
    await desk.getByRole('button', { name: '本库位盘完（0 项）' }).click()
    await desk.getByRole('button', { name: '结束复盘' }).click()
    await says(desk, 'main', '还有 1 项差异要认定原因')
    expect((await shown(HEAD)).differences).toMatchObject([
      { item: missing?.code, verdict: { value: 'MISSING' }, second: { verdict: { value: 'MISSING' } } },
    ])
  },
  TEST_MS,
)

test(
  'its cause is given, two sign, and what nobody found is searched for from then on',
  async () => {
    const [missing] = lying
    await desk.getByRole('button', { name: '认定原因' }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByLabel('原因').selectOption({ label: '暂未查明，转查找' })
    await dialog.getByRole('button', { name: '确认' }).click()
    await says(desk, 'main', '共同签名办结')
    const { badge, pin } = demo.person(COUNTER)
    await desk.getByLabel('工牌').fill(badge)
    await desk.getByLabel('PIN').fill(pin)
    await desk.getByRole('button', { name: '签名办结' }).click()
    await says(desk, 'main', '已办结')
    const paper = await desk.request.get(`${demo.url}/api/counts/${code}/report.pdf`)
    expect(paper.headers()['content-type']).toContain('application/pdf')
    await desk.getByRole('button', { name: '全部盘点' }).click()
    await says(desk, 'main', '未找到物品登记')
    await says(desk, 'main', missing?.code ?? '')
  },
  TEST_MS,
)
