/** Signing in through the organ's provider of identities, from the button to the page that was wanted, and what its link is at the administrators. */

import { createServer, type AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT, type EmulatedProvider, startProvider } from '../../../server/access/testing-provider.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const OFFICER = 'wang-qiang'

let there: EmulatedProvider
let demo: Demonstration
let browser: Browser
let page: Page

/** The provider must know where to send people back to before the server stands. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

beforeAll(async () => {
  there = await startProvider()
  const port = await freePort()
  const settings = {
    ...{ OIDC_ISSUER: there.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret },
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  }
  ;[demo, browser] = await Promise.all([startDemonstration(settings, ['--port', String(port)]), launchBrowser()])
  page = await (await browser.newContext({ viewport: VIEWPORT })).newPage()
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  await there?.close()
}, START_MS)

const leave = () => page.getByRole('button', { name: '用统一身份认证登录' }).click()
const signInThere = async (): Promise<void> => {
  await page.waitForURL((url) => url.href.startsWith(there.issuer))
  await page.getByRole('link').click()
}

test(
  'whom the provider knows and nobody here is told so, and begins again',
  async () => {
    there.says.login = 'nobody'
    await page.goto(demo.url)
    await leave()
    await signInThere()
    await says(page, 'section.verdict', 'access.provider-unknown')
    expect(new URL(page.url()).search).toBe('')
    await page.getByRole('link', { name: '返回登录页' }).click()
    await page.getByRole('button', { name: '用统一身份认证登录' }).waitFor()
  },
  TEST_MS,
)

test(
  'a person comes back to the page that was wanted, signed in',
  async () => {
    const { login, name } = demo.person(OFFICER)
    there.says.login = login
    await page.goto(`${demo.url}/desk`)
    await leave()
    await signInThere()
    await page.waitForURL(`${demo.url}/desk`)
    await says(page, 'header', name)
    await page.goto(demo.url)
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByRole('button', { name: '用统一身份认证登录' }).waitFor()
  },
  TEST_MS,
)

test(
  'the security administrator sees the link, and undoes it with a reason',
  async () => {
    const people = await demo.open(browser, 'an-security', `/manage/people`)
    const link = people.locator('[data-provider]')
    await people.locator(`button[data-person="${OFFICER}"]`).click()
    await link.getByRole('button', { name: '解除绑定' }).click()
    const dialog = people.getByRole('dialog')
    await dialog.getByLabel('理由').fill('人员账号已更换，已当面核实')
    await dialog.getByRole('button', { name: '解除绑定' }).click()
    await link.waitFor({ state: 'detached' })
  },
  TEST_MS,
)
