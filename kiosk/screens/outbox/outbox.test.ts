/** An administrator gives his own address, tries the channel on himself, and sees how far each message came. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServer, startMailServer } from '../../../server/outbox/testing-mail-server.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { rowSays, says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../../testing/every-size.ts'

const START_MS = 240_000
const TEST_MS = 180_000

let demo: Demonstration
let browser: Browser
let mail: MailServer
let page: Page

beforeAll(async () => {
  mail = await startMailServer()
  const environment = { SMTP_URL: `smtp://127.0.0.1:${mail.port}?tls=none`, SMTP_FROM: 'clearhold@mail.test' }
  ;[demo, browser] = await Promise.all([startDemonstration(environment), launchBrowser()])
  page = await demo.open(browser, 'xu-system', '/account')
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  await mail?.close()
}, START_MS)

test(
  'everybody gives his own address; what is off says so',
  async () => {
    const form = page.locator('form[aria-labelledby="notice-addresses"]')
    await form.locator('input[name="mail"]').fill('xu@mail.test')
    await says(page, 'form[aria-labelledby="notice-addresses"]', '本单位没有启用此渠道')
    await form.getByRole('button', { name: '保存地址' }).click()
    await says(page, 'form[aria-labelledby="notice-addresses"]', '地址已保存')
    await page.reload()
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('input[name="mail"]')?.value === 'xu@mail.test',
    )
  },
  TEST_MS,
)

test(
  'a trial arrives; one that the mail server refuses is given up with its words, and sent again',
  async () => {
    await page.goto(`${demo.url}/manage/outbox`)
    await page.getByRole('button', { name: '给自己试发' }).click()
    await rowSays(page, '许系', '已送达', '250 2.0.0 taken as test-1')
    expect(mail.received.map(({ to }) => to)).toEqual([['RCPT TO:<xu@mail.test>']])
    mail.manner = 'unknown-receiver'
    await page.getByRole('button', { name: '给自己试发' }).click()
    await rowSays(page, '已放弃', '550 5.1.1 no such user here')
    mail.manner = 'accepts'
    await page.locator('tbody tr', { hasText: '已放弃' }).getByRole('button', { name: '重发' }).click()
    await page.locator('tbody tr', { hasText: '已送达' }).nth(1).waitFor()
    expect(mail.received).toHaveLength(2)
  },
  TEST_MS,
)

test(
  'every size holds it, in both languages, with nothing beyond the edge',
  async () => {
    await fitsEverySize(page)
    await inEnglish(page)
    await saysNoChinese(page, 'main h2, main p, main dt, main th, main button', 10)
  },
  TEST_MS,
)
