/** Maintenance at the screen before raters: by a long touch or a key, badge and PIN, device states, tests, and back to rating. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize } from '../testing/every-size.ts'
import { axeFinds, smallTargets } from '../testing/usable.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'

const START_MS = 300_000
const TEST_MS = 480_000
const PATIENCE_MS = 45_000

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
  'the system administrator holds the name of the counter, signs, sees the devices and tries them; no test press is a vote',
  async () => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })).newPage()
    await page.goto(`${demo.url}/counter/counter-1/rate`)
    const name = page.locator('button.counter')
    await name.waitFor({ timeout: PATIENCE_MS })
    await name.hover()
    await page.mouse.down()
    const number = page.getByLabel('工牌号', { exact: false })
    await number.waitFor({ timeout: PATIENCE_MS })
    await page.mouse.up()
    expect(await axeFinds(page)).toEqual([])
    expect(await smallTargets(page)).toEqual([])
    await fitsEverySize(page)

    const { badge, pin } = demo.person('xu-system')
    const sign = async (secret: string): Promise<void> => {
      await number.fill('')
      for (const letter of badge) await page.getByRole('button', { name: letter, exact: true }).click()
      await page.getByRole('button', { name: '下一步' }).click()
      await page.getByLabel('PIN 码').waitFor({ timeout: PATIENCE_MS })
      expect(await smallTargets(page)).toEqual([])
      for (const digit of secret) await page.getByRole('button', { name: digit, exact: true }).click()
      expect(await page.getByLabel('PIN 码').getAttribute('type')).toBe('password')
      await page.getByRole('button', { name: '进入检修' }).click()
    }
    await sign(`${pin.slice(0, -1)}${pin.endsWith('0') ? '1' : '0'}`)
    await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor({ timeout: PATIENCE_MS })
    await sign(pin)
    const pad = page.locator('[data-device]', { hasText: '评价器' }).first()
    await pad.getByText('正常').waitFor({ timeout: PATIENCE_MS })
    expect(await axeFinds(page)).toEqual([])
    expect(await smallTargets(page)).toEqual([])
    await fitsEverySize(page)

    const waiting = async (): Promise<number> =>
      (await demo.get<{ total: { waiting: number } }>('feng-yan', '/api/rating/summary?hall=hall-1')).total.waiting
    const before = await waiting()
    const pressed = Number(/\d+/.exec((await pad.getByText('已按').textContent()) ?? '')?.[0])
    await demo.emulate((await pad.getAttribute('data-device')) ?? '', { press: 2 })
    await pad.getByText(`已按 ${pressed + 1} 次`).waitFor({ timeout: PATIENCE_MS })
    const opened = await demo.post('feng-yan', '/api/rating/services', { counter: 'counter-1' })
    const invite = `/api/rating/services/${String(opened.body['service'])}/invite`
    expect((await demo.post('feng-yan', invite, {})).body).toMatchObject({ code: 'rating.in-maintenance' })
    expect(await waiting()).toBe(before)

    await page.getByRole('button', { name: '试声音' }).click()
    await page.getByRole('button', { name: '试屏幕' }).click()
    await page.getByRole('button', { name: '全屏变色，轻触返回' }).click()
    await page.getByRole('button', { name: '结束检修' }).click()
    await page.getByText('吴霞').waitFor({ timeout: PATIENCE_MS })
    expect((await demo.post('feng-yan', invite, {})).status).toBe(200)
    await page.locator('[data-step="level"]').waitFor({ timeout: PATIENCE_MS })
    // A key is as good; but nobody comes between a rater and his vote.
    await page.keyboard.press('F9')
    expect(await page.getByText('设备检修').count()).toBe(0)
    await page.context().close()
  },
  TEST_MS,
)
