/** 待审批: each request names its own things, the first of them at once and the rest when they are asked for, however many others wait. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const OFFICER = 'zhang-wei'
const number = '云监立〔2026〕96号'
const CASE_URL = `/api/cases/${encodeURIComponent(number)}`
const MANY = 23
/** As many as a request names at once. */
const NAMED = 20

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** Takes so many things of this name, and asks that they may stand without their recording. */
async function asks(name: string, quantity: number): Promise<void> {
  const measure = {
    noticeNumber: `扣字〔2026〕${name}`,
    place: '办公室',
    takenAt: new Date(Math.floor(Date.now() / 60_000) * 60_000 - 300_000).toISOString(),
  }
  const items = Array.from({ length: quantity }, (_, n) => ({
    ...{ name: `${name}${n + 1}号`, category: 'general', quantity: 1, unit: '部' },
  }))
  const signed = { holder: { attendance: 'SIGNED', name: '甲' }, witness: { attendance: 'SIGNED', name: '乙' } }
  const taken = await demo.post(OFFICER, `${CASE_URL}/items`, { measure, ...signed, items, relevance: '往来的财物' })
  expect(taken.status, JSON.stringify(taken.body)).toBe(201)
  const codes = (taken.body as { items: { code: string }[] }).items.map(({ code }) => code)
  const deed = { command: 'allow-unfilmed', items: codes }
  const asked = await demo.post(OFFICER, '/api/approvals', { deed, reason: '执法记录仪故障' })
  expect(asked.status, JSON.stringify(asked.body)).toBe(201)
}

test(
  'a request behind one of many things is named all the same, and of many the rest opens',
  async () => {
    const of = { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, 'li-na'] }
    expect((await demo.post(OFFICER, '/api/cases', of)).status).toBe(201)
    await asks('手机', MANY)
    await asks('相机', 1)
    const page = await demo.open(browser, 'qian-lei', '/desk')
    await page.getByRole('link', { name: '手机1号' }).waitFor()
    await page.getByRole('link', { name: '相机1号' }).waitFor()
    const named = page.getByRole('link', { name: /手机\d+号/ })
    expect(await named.count()).toBe(NAMED)
    await page.getByRole('button', { name: `其余 ${MANY - NAMED} 件` }).click()
    await expect.poll(() => named.count()).toBe(MANY)
    await page.context().close()
  },
  TEST_MS,
)
