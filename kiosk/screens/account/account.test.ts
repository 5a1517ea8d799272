/** A dealt password is changed by the person himself before anything else; later he changes his PIN by himself. */

import type { Browser, Page, WebSocket } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Demonstration, startDemonstration, VIEWPORT } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const LINE_MS = 60_000
const OFFICER = 'wang-qiang'
const NEW_PASSWORD = 'known to nobody else'
const NEW_PIN = '830274'

let demo: Demonstration
let browser: Browser
let page: Page
let dealt: string
/** Every line that the page has opened. */
const lines: WebSocket[] = []

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const change = { command: 'org.deal-secret', person: OFFICER, kind: 'password' }
  const { body: proposed } = await demo.post('xu-system', '/api/proposals', { change })
  const { body: confirmed } = await demo.post('an-security', `/api/proposals/${String(proposed['id'])}/confirm`, {})
  dealt = `${String(proposed['half'])}${String(confirmed['half'])}`
  const context = await browser.newContext({ viewport: VIEWPORT })
  page = await context.newPage()
  page.on('websocket', (line) => lines.push(line))
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

async function enter(password: string): Promise<void> {
  await page.goto(demo.url)
  await page.getByRole('button', { name: '改用账号与口令' }).click()
  await page.getByLabel('账号').fill(demo.person(OFFICER).login)
  await page.getByLabel('口令').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

async function fill(kind: string, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields))
    await page.locator(`form[data-kind="${kind}"] input[name="${name}"]`).fill(value)
}

test(
  'what was dealt opens the form that changes it, and nothing else',
  async () => {
    await enter(dealt)
    await says(page, 'form h2', '请把一次性口令改成只有您知道的口令')
    expect(await page.getByRole('link', { name: '我的账号' }).count()).toBe(0)
    expect(await page.locator('input[name="old"]').count()).toBe(0)
    const refused = await page.evaluate(async () => (await fetch('/api/cases')).json() as Promise<{ code: string }>)
    expect(refused).toMatchObject({ status: 403, code: 'access.must-change' })

    await fill('password', { secret: NEW_PASSWORD, again: 'something else' })
    await says(page, 'form[data-kind="password"]', '两次输入的不一样')
    expect(await page.getByRole('button', { name: '修改口令' }).isDisabled()).toBe(true)
    await fill('password', { secret: 'woaini1314', again: 'woaini1314' })
    await page.getByRole('button', { name: '修改口令' }).click()
    await says(page, 'section.verdict', 'access.weak-secret')
    await fill('password', { secret: NEW_PASSWORD, again: NEW_PASSWORD })
    await page.getByRole('button', { name: '修改口令' }).click()
    await page.getByRole('link', { name: '我的账号' }).waitFor()
    await says(page, 'main', '岗位：')
  },
  TEST_MS,
)

test(
  'the dealt one is worth nothing afterwards, the new one opens the house',
  async () => {
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByRole('button', { name: '改用账号与口令' }).waitFor()
    await enter(dealt)
    await says(page, 'section.verdict', 'access.wrong-secret')
    await enter(NEW_PASSWORD)
    await page.getByRole('link', { name: '我的账号' }).waitFor()
  },
  TEST_MS,
)

test(
  'on his own page he changes his PIN, with the present one',
  async () => {
    const { badge, pin } = demo.person(OFFICER)
    await page.getByRole('link', { name: '我的账号' }).click()
    await fill('pin', { old: '999999', secret: NEW_PIN, again: NEW_PIN })
    await page.getByRole('button', { name: '修改 PIN' }).click()
    await says(page, 'section.verdict', 'access.wrong-old')
    await fill('pin', { old: pin })
    // The answer comes after the server has ended the session that asked, and told the line of it.
    const line = await vi.waitFor(
      () => {
        const open = lines.find((one) => one.url().includes('/api/live') && !one.isClosed())
        if (open === undefined) throw new Error('the page has no line')
        return open
      },
      { timeout: LINE_MS },
    )
    const ended = line.waitForEvent('close', { timeout: LINE_MS })
    await page.route('**/api/session/secret', async (route) => {
      const response = await route.fetch()
      await ended
      await route.fulfill({ response })
    })
    await page.getByRole('button', { name: '修改 PIN' }).click()
    await says(page, 'section.verdict[data-state="ok"]', '工牌 PIN 已修改')
    expect(await page.locator('input[name="secret"]').last().inputValue()).toBe('')
    const answer = await fetch(`${demo.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ badge, pin: NEW_PIN }),
    })
    expect(answer.status).toBe(200)
  },
  TEST_MS,
)
