/** An approver with a telephone: what waits, whom he stands in for, several at once with a verdict each. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const PHONE = { width: 390, height: 844 }
/** Smaller than this is missed by a thumb (WCAG 2.2, 2.5.8, and the house's own 40). */
const TARGET_PX = 40

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'a deputy is named on one telephone and decides on another, two at once, each with its own verdict',
  async () => {
    const about = (await demo.itemsOf('云纪立〔2026〕1号')).slice(0, 2)
    const dueAt = new Date(Date.now() + 5 * 86_400_000).toISOString()
    for (const { code } of about) {
      const deed = { command: 'urge', from: 'supervision', about: `item/${code}`, unit: 'dept-1', person: null }
      const asked = { deed: { ...deed, reason: 'other', method: 'letter', dueAt }, reason: `请说明 ${code} 的情况` }
      expect((await demo.post('zhou-ping', '/api/approvals', asked)).status).toBe(201)
    }
    const chief = await demo.open(browser, 'sun-bo', '/account')
    await chief.setViewportSize(PHONE)
    const form = chief.locator('form[aria-labelledby="deputies"]')
    await form.locator('select[name="deputy"] option[value="shen-yi"]').waitFor({ state: 'attached' })
    await form.locator('select[name="deputy"]').selectOption('shen-yi')
    await form.getByRole('button', { name: '委托代理' }).click()
    await says(chief, 'form[aria-labelledby="deputies"]', '代理中')
    expect(await chief.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)

    const deputy = await demo.open(browser, 'shen-yi', '/desk')
    await deputy.setViewportSize(PHONE)
    const waiting = deputy.locator('[data-decides]', { hasText: '督办通知' }).filter({ hasText: '您代 孙博 审批' })
    await waiting.nth(1).waitFor()
    expect(await deputy.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    const verdicts = await waiting.locator('[data-choice]').evaluateAll((all) => all.map((one) => one.clientHeight))
    expect(verdicts).toHaveLength(6)
    expect(Math.min(...verdicts)).toBeGreaterThanOrEqual(TARGET_PX)
    await waiting.nth(0).locator('[data-choice="grant"]').click()
    await waiting.nth(1).locator('[data-choice="refuse"]').click()
    await deputy.getByRole('button', { name: '提交 2 项决定' }).click()
    await waiting.first().waitFor({ state: 'detached' })
    const { approvals } = await demo.get<{
      approvals: { state: string; decidedBy: { name: string } | null; decidedFor: { name: string } | null }[]
    }>('zhou-ping', '/api/approvals')
    const decided = approvals.filter(({ decidedFor }) => decidedFor?.name === '孙博')
    expect(decided.map(({ state, decidedBy }) => `${state} ${decidedBy?.name}`).toSorted()).toEqual([
      'granted 沈毅',
      'refused 沈毅',
    ])
  },
  TEST_MS,
)
