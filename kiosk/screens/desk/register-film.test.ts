/** 登记时的录音录像: what stays where it is asks for the recording in the head of the list, or for why there is none yet; nothing else does. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const OFFICER = 'zhang-wei'
const number = '云监立〔2026〕96号'
const SAID = '录像由技术室拷贝，明日登记'

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const of = { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
  expect((await demo.post(OFFICER, '/api/cases', of)).status).toBe(201)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const later = () => page.getByLabel('暂未登记录像的理由')
const field = (name: string) => page.locator(`[data-at="1-${name}"]`)

async function houseOnTheSheet(): Promise<void> {
  page = await demo.open(browser, OFFICER, `/desk/cases/${encodeURIComponent(number)}/register`)
  await page.locator('form select:focus').waitFor()
  expect(await later().isVisible()).toBe(false)
  expect(await page.getByLabel('措施', { exact: false }).first().inputValue()).toBe('SEIZED')
  await page.getByLabel('通知书文号').fill('云监封〔2026〕96号')
  await page.getByLabel('地点').first().fill('云州市城东区')
  await page.getByLabel('与案件的关联').fill('以违法所得购买')
  for (const [nth, name] of ['吴某某', '林某某'].entries()) {
    await page.locator('.people select').nth(nth).selectOption('SIGNED')
    await page.getByLabel('姓名').nth(nth).fill(name)
  }
  await field('name').fill('商铺')
  await field('category').selectOption('immovable')
  await field('features').fill('临街，一层')
  await field('details.address').fill('云州市城东区一号')
  await field('details.keeping').selectOption('IN_PLACE')
  await field('details.registryNotice').fill('协〔2026〕1号')
  await later().waitFor()
  // What stays where it is is sealed up, as long as nobody says otherwise.
  expect(await page.getByLabel('措施', { exact: false }).first().inputValue()).toBe('SEALED_UP')
}

test(
  'a house sealed up on the spot is registered with why its recording is not entered yet, and the account shows it until it is',
  async () => {
    await houseOnTheSheet()
    await page.keyboard.press('F9')
    await says(page, '.note', '请登记录像，或说明暂未登记的理由')
    await page.locator('input[aria-invalid="true"]:focus').waitFor()
    expect(await later().evaluate((one) => one === document.activeElement)).toBe(true)
    await later().fill(SAID)
    await page.keyboard.press('F9')
    await says(page, 'section.verdict', '已登记 1 件物品')
    await says(page, '.registered', '1 件未登记录音录像，留在原处、不经移交：结案前须补登或获批')
    expect(await page.locator('.registered').innerText()).not.toContain('移交前须补登')
    const { recordingsLater, unfilmed } = await demo.get<CaseAccount>(
      OFFICER,
      `/api/cases/${encodeURIComponent(number)}`,
    )
    expect(recordingsLater).toEqual([{ reason: SAID, items: unfilmed.none }])
    await page.goto(`${demo.url}/desk/cases/${encodeURIComponent(number)}`)
    await says(page, 'main', `暂未登记录像的理由：${SAID}`)
    await page.goto(`${demo.url}/supervise/items/${unfilmed.none[0]}`)
    await says(page, 'main', `暂未登记录像的理由：${SAID}`)
    await page.context().close()
  },
  TEST_MS,
)

test(
  'or with its recording, which begins with the taking and is noted with the list',
  async () => {
    await houseOnTheSheet()
    await page.getByLabel('录像编号').fill('LX-96')
    await page.keyboard.press('F9')
    await says(page, 'form', '必填')
    await page.getByLabel('录制设备').fill('执法仪 3 号')
    // What somebody empties stays empty, and is asked for.
    const began = await page.getByLabel('开始时间').inputValue()
    await page.getByLabel('开始时间').fill('')
    await page.keyboard.press('F9')
    expect(await page.getByLabel('开始时间').inputValue()).toBe('')
    expect(await page.getByLabel('开始时间').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('开始时间').fill(began)
    await page.getByLabel('结束时间').fill(await page.getByLabel('开始时间').inputValue())
    await page.getByLabel('保存位置').fill('案管室录像服务器')
    await page.getByLabel('文件校验值').fill('ab'.repeat(32))
    await page.keyboard.press('F9')
    await says(page, 'form', '结束须晚于开始')
    const minutesAgo = (minutes: number): string =>
      new Date(Date.now() - minutes * 60_000)
        .toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
        .slice(0, 16)
        .replace(' ', 'T')
    await page.getByLabel('采取措施时间').fill(minutesAgo(10))
    await page.getByLabel('开始时间').fill(minutesAgo(12))
    await page.getByLabel('结束时间').fill(minutesAgo(5))
    await page.keyboard.press('F9')
    await says(page, 'section.verdict', '已登记 1 件物品')
    const { unfilmed } = await demo.get<CaseAccount>(OFFICER, `/api/cases/${encodeURIComponent(number)}`)
    expect(unfilmed.none).toHaveLength(1)
    await page.context().close()
  },
  TEST_MS,
)
