/** 依法例外 on the screens: what lawfully stays open is said to be, wherever it stands, and nobody is urged about it. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShownClock } from '../../../server/clock/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const OFFICER = 'zhang-wei'
const SUPERVISOR = 'zhou-ping'
const NUMBER = '云监立〔2026〕98号'
const GROUND = '被调查人逃匿，通缉满一年，申请没收程序'
const DAY_MS = 86_400_000

let demo: Demonstration
let browser: Browser
let items: readonly string[] = []

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const ahead = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10)
  const officers = [OFFICER, 'li-na']
  await demo.post(OFFICER, '/api/cases', {
    ...{ number: NUMBER, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers },
  })
  const registered = await demo.post(OFFICER, `/api/cases/${encodeURIComponent(NUMBER)}/items`, {
    items: ['账册', '名册'].map((name) => ({
      ...{ name, category: 'general', quantity: 1, unit: '本', details: { retentionOn: ahead } },
    })),
    measure: {
      ...{ noticeNumber: '云监扣〔2026〕98号', place: '办公室', officers },
      takenAt: new Date(Date.now() - DAY_MS).toISOString(),
    },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
    relevance: '往来的账目',
  })
  items = (registered.body['items'] as readonly { code: string }[]).map(({ code }) => code)
  const asked = await demo.post(OFFICER, '/api/approvals', {
    deed: { command: 'keep-open', items: [items[0]], ground: 'at-large', document: '通缉令 3', wantedOn: '2025-01-05' },
    reason: '逃匿',
  })
  const granted = await demo.post('sun-bo', `/api/approvals/${String(asked.body['id'])}/grant`, {})
  expect(granted.status).toBe(200)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'its deadline is not counted on the list, and no supervisor is offered to urge it',
  async () => {
    let clocks: readonly ShownClock[] = []
    const held = async (): Promise<number> => {
      const path = '/api/deadlines?state=excepted'
      clocks = (await demo.get<{ deadlines: readonly ShownClock[] }>(SUPERVISOR, path)).deadlines
      return clocks.filter(({ rule }) => rule === 'DL-57').length
    }
    await expect.poll(held, { timeout: 30_000 }).toBe(1)
    const page = await demo.open(browser, SUPERVISOR, '/deadlines')
    await page.getByRole('combobox', { name: '状态' }).selectOption('excepted')
    const row = page.getByRole('row', { name: /DL-57/ }).first()
    await expect.poll(() => row.innerText()).toMatch(/依法例外[^]*不计到期[^]*停止计算前为/)
    await row.click()
    await says(page, 'dialog', '不就它督办')
    expect(await page.locator('dialog').getByRole('button', { name: '提出督办' }).count()).toBe(0)
    await page.context().close()
  },
  TEST_MS,
)

test(
  'the items of the case and the life of the item name the ground',
  async () => {
    const page = await demo.open(browser, OFFICER, `/desk/cases/${encodeURIComponent(NUMBER)}`)
    const row = (code = '') => page.getByRole('row', { name: code }).innerText()
    await expect.poll(() => row(items[0])).toContain(`依法例外：${GROUND}`)
    expect(await row(items[1])).not.toContain('依法例外')
    await page.goto(`${demo.url}/supervise/items/${items[0]}`)
    await expect
      .poll(() => page.locator('main').innerText())
      .toMatch(new RegExp(`批准依法保留[^]*${GROUND}[^]*通缉令 3`))
    // Upright as well, and of a day that is past: its disposal stands beside what it stayed open on.
    await page.setViewportSize({ width: 800, height: 1280 })
    await page.goto(`${demo.url}/as-of/items/${items[0]}`)
    await expect
      .poll(() => page.locator('main table').innerText())
      .toMatch(new RegExp(`处置[^]*${items[0]}[^]*依法例外：${GROUND}[^]*未定`))
    // A code stands on one line, or nobody reads it.
    const lines = await page.locator('main td.code').evaluate((cell) => {
      const range = document.createRange()
      range.selectNodeContents(cell)
      return range.getClientRects().length
    })
    expect(lines).toBe(1)
    await page.context().close()
  },
  TEST_MS,
)
