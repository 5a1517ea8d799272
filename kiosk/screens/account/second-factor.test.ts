/** Somebody sets up an authenticator app on his own page, and is asked for a code of it at the next sign-in by password. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, stepAt } from '../../../server/access/one-time-code.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const WHO = 'zhou-ping'
const CLERK = 'zheng-kai'
const FORM = 'form[aria-labelledby="second-factor"]'

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const context = await browser.newContext({ viewport: VIEWPORT })
  page = await context.newPage()
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

async function enter(who = WHO): Promise<void> {
  const { login, password } = demo.person(who)
  await page.goto(demo.url)
  await page.getByRole('button', { name: '改用账号与口令' }).click()
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('口令').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** RFC 4648. */
function bytesOf(text: string): Buffer {
  const letters = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from((letters.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

test(
  'the app is set up by its QR code, recovery codes are shown once, and a code is asked for at the next sign-in',
  async () => {
    await enter()
    await page.getByRole('link', { name: '我的账号' }).click()
    await says(page, `${FORM} p[data-state]`, '还没有设置')
    await page.locator(`${FORM} input[name="factor-password"]`).fill(demo.person(WHO).password)
    await page.getByRole('button', { name: '设置身份验证器' }).click()
    await page.locator(`${FORM} img`).waitFor()
    const drawn = await page.locator(`${FORM} img`).evaluate((image) => (image as HTMLImageElement).naturalWidth)
    expect(drawn).toBeGreaterThan(0)
    const secret = bytesOf(await page.locator(`${FORM} .secret`).innerText())
    await page.locator(`${FORM} input[name="first-code"]`).fill(codeOf(secret, stepAt(Date.now())))
    await page.getByRole('button', { name: '启用动态码' }).click()
    await page.locator(`${FORM} .recovery li`).first().waitFor()
    const recovery = await page.locator(`${FORM} .recovery li`).allInnerTexts()
    expect(recovery).toHaveLength(10)
    await page.reload()
    await page.getByText('还有 10 个恢复码').waitFor()
    expect(await page.content()).not.toContain(recovery[0])

    await page.context().clearCookies()
    await enter()
    const code = page.locator('form input[name="code"]')
    await code.waitFor()
    await code.fill('000000')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('动态码不正确或已过时').waitFor()
    await code.fill(recovery[3] ?? '')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('link', { name: '我的账号' }).click()
    await page.getByText('还有 9 个恢复码').waitFor()
  },
  TEST_MS,
)

test(
  'a post that the security administrator chose leaves who has no app nothing but to set one up',
  async () => {
    const security = await demo.open(browser, 'an-security', '/manage/people')
    await security.getByRole('button', { name: '须有动态码的岗位' }).click()
    await security.locator('dialog input[name="clerk"]').check()
    await security.getByRole('button', { name: '保存要求' }).click()
    await security.getByText('登录要求已保存').waitFor()
    await page.context().clearCookies()
    await enter(CLERK)
    await page.getByRole('heading', { name: '您的岗位须先设置动态码' }).waitFor()
    await page.goto(`${demo.url}/manage/people`)
    await page.getByRole('heading', { name: '您的岗位须先设置动态码' }).waitFor()
    await page.locator(`${FORM} input[name="factor-password"]`).fill(demo.person(CLERK).password)
    await page.getByRole('button', { name: '设置身份验证器' }).click()
    const secret = bytesOf(await page.locator(`${FORM} .secret`).innerText())
    await page.locator(`${FORM} input[name="first-code"]`).fill(codeOf(secret, stepAt(Date.now())))
    await page.getByRole('button', { name: '启用动态码' }).click()
    await page.locator(`${FORM} .recovery li`).nth(9).waitFor()
    await page.getByRole('button', { name: '已抄好，开始使用' }).click()
    await page.locator(FORM).waitFor({ state: 'detached' })
    await page.goto(demo.url)
    await page.getByRole('link', { name: '我的账号' }).waitFor()
  },
  TEST_MS,
)
