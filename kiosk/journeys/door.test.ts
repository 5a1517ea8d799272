/** Journey 7: what lies in store is carried through the door, and everybody hears of it until somebody has looked. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { handsAt, rowSays, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const BAR = '[role="alert"]'
const DOOR = '一号库门'
const REASON = '盘点时带到门口照相，已放回原库位'

let demo: Demonstration
let browser: Browser
/** Hands at the door, a bench that nobody is signed in at, the desks of a custodian and of a supervisor. */
let panel: Page
let bench: Page
let desk: Page
let watch: Page
let item: ItemCode

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const found = (await demo.codes()).items.find(({ tag, custody }) => tag !== null && custody.value === 'IN_STORE')
  if (found === undefined) throw new Error('nothing in the store wears a tag')
  item = found
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'an item that is carried out without an order is told on every screen of the store, and the siren sounds',
  async () => {
    bench = await demo.openBench(browser, 'bench-1')
    desk = await demo.open(browser, 'liu-yang', '/desk')
    watch = await demo.open(browser, 'zhou-ping', '/supervise')
    panel = await demo.open(browser, 'liu-yang', '/demo')
    await panel.getByRole('button', { name: DOOR }).click()
    await says(panel, '[data-device="siren-1"]', '警号未响')
    const row = panel.locator('[data-device="gate-1"] li', { hasText: item.code })
    await row.getByRole('button', { name: '带出' }).click()
    for (const page of [bench, desk, watch]) await says(page, BAR, `${item.code} 经过${DOOR}，没有出库手续`)
    await says(panel, '[data-device="siren-1"]', '警号在响')
  },
  TEST_MS,
)

test(
  'the page of alarms says what it was, where and which way it went; what was found is written there',
  async () => {
    await desk.locator(BAR).getByRole('link', { name: '去核实' }).click()
    await desk.waitForURL(`${demo.url}/supervise/alarms`)
    await says(desk, 'main li', item.name)
    await says(desk, 'main li', `${DOOR}`)
    await says(desk, 'main li', '已出库门')
    const looked = desk.getByRole('button', { name: '已核实' })
    expect(await looked.isDisabled()).toBe(true)
    await desk.getByLabel('核实结果').fill(REASON)
    await looked.click()
    await says(desk, 'main', '没有待核实的门禁报警')
    await says(desk, 'main li', REASON)
    await says(desk, 'main li', `${demo.person('liu-yang').name} 于`)
  },
  TEST_MS,
)

test(
  'then it is gone from every screen, and stands in the book of the store and in the life of the item',
  async () => {
    for (const page of [bench, desk, watch])
      await page.locator(BAR).filter({ hasText: item.code }).waitFor({ state: 'detached' })
    await panel.getByRole('button', { name: '关闭警号' }).click()
    await says(panel, '[data-device="siren-1"]', '警号未响')
    await watch.goto(`${demo.url}/supervise/items/${item.code}`)
    await says(watch, 'ol[aria-label="流转经过"], ul[aria-label="流转经过"]', '门禁报警：在库时经过库门')
    await says(watch, '.proof[data-state="ok"] h2', '流转记录完整')
    const { entries } = await demo.get<{ entries: readonly { entry: string }[] }>(
      'zhou-ping',
      '/api/registers/store.store-1/entries?limit=1000',
    )
    const said = entries.map(({ entry }) => JSON.parse(entry) as { type: string; actor: string })
    const ofDoor = said.filter(({ type }) => type.startsWith('custody.door-')).map(({ type, actor }) => [type, actor])
    expect(ofDoor).toEqual([
      ['custody.door-alarmed', 'system'],
      ['custody.door-passed', 'system'],
      ['custody.door-acknowledged', 'liu-yang'],
    ])
    // What was found may name somebody: it stands beside the book.
    expect(entries.some(({ entry }) => entry.includes(REASON))).toBe(false)
  },
  TEST_MS,
)

test(
  'the lock of the door opens for two at the bench, each with badge and PIN, and the page of the store says who they were',
  async () => {
    const hands = await handsAt(demo, bench, { scanner: 'scanner-1', badge: 'badge-1' })
    await hands.signIn('chen-jing')
    await hands.card('OPEN')
    await hands.asked('请第一名开锁人')
    await hands.badge('chen-jing')
    await hands.pin('chen-jing')
    await hands.asked('请第二名开锁人')
    await hands.badge('guo-tao')
    await hands.pin('guo-tao')
    await hands.taken('锁已打开')
    await watch.goto(`${demo.url}/stores/store-1`)
    await rowSays(watch, `${DOOR} 2 号锁`, '陈静、郭涛', '已打开')
  },
  TEST_MS,
)
