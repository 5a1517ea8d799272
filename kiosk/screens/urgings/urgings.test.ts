/** A supervisor asks for a notice, a leader lets it be issued, the addressee answers, and the supervisor judges the answer. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { row, rowSays, says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../../testing/every-size.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const NUMBER = /^督〔\d{4}〕1号$/

let demo: Demonstration
let browser: Browser
let supervisor: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'from the card of an item to a settled notice',
  async () => {
    const [{ code: item = '' } = {}] = await demo.itemsOf('云纪立〔2026〕1号')
    supervisor = await demo.open(browser, 'zhou-ping', `/supervise/items/${item}`)
    await supervisor.getByRole('button', { name: '提出督办' }).click()
    const form = supervisor.locator('#begin-urging')
    expect(await form.locator('input[name="about"]').inputValue()).toBe(item)
    await form.locator('select[name="unit"]').selectOption('dept-1')
    await form.locator('select[name="reason"]').selectOption('time-passed')
    await form.locator('textarea').fill('请说明未移交的原因并限期移交')
    await supervisor.getByRole('button', { name: '报请批准' }).click()
    await says(supervisor, 'body', '已报请批准')
    const leader = await demo.open(browser, 'sun-bo', '/desk')
    const asked = leader.locator('[data-decides]', { hasText: '督办通知' })
    await asked.waitFor()
    await says(leader, '[data-decides]', '请说明未移交的原因并限期移交')
    await asked.locator('[data-choice="grant"]').click()
    await leader.getByRole('button', { name: '提交 1 项决定' }).click()
    await row(supervisor, '待回复').waitFor()
    expect(await supervisor.locator('tbody td').first().innerText()).toMatch(NUMBER)

    const head = await demo.open(browser, 'qian-lei', '/')
    await head.getByRole('link', { name: '督办通知待回复' }).click()
    await head.locator('textarea[name="answer"]').fill('物品已于今日移交')
    await head.getByRole('button', { name: '提交回复' }).click()
    await says(head, 'main', '待审核')
    await head.context().close()
    await leader.context().close()

    await rowSays(supervisor, '待审核', '超过办理期限')
    await row(supervisor, '待审核').click()
    await says(supervisor, 'main', '物品已于今日移交')
    await supervisor.getByRole('button', { name: '认可办结' }).click()
    await says(supervisor, 'main', '已办结')
  },
  TEST_MS,
)

test(
  'every size holds it, in both languages, with nothing beyond the edge',
  async () => {
    await fitsEverySize(supervisor)
    await inEnglish(supervisor)
    await saysNoChinese(supervisor, 'main h2:not(:first-child), main dt, main button', 5)
  },
  TEST_MS,
)
