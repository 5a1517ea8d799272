/** A shelf is walked on the page of its count and photographed; who answers for the count sees what was photographed. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jpeg } from '../../../server/files/testing-pictures.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const [COUNTER, HEAD] = ['chen-jing', 'guo-tao'] as const

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
  'what lies on a shelf is photographed with its walk, and shown to who ordered it alone',
  async () => {
    const { locations } = await demo.get<{ locations: { code: string; name: string }[] }>(
      COUNTER,
      '/api/stores/store-1/locations?limit=500',
    )
    const shelf = locations[0]?.code ?? ''
    const { body } = await demo.post(HEAD, '/api/counts', {
      ...{ store: 'store-1', scope: { kind: 'locations', locations: [shelf] }, counters: [COUNTER] },
      dueAt: new Date(Date.now() + 86_400_000).toISOString(),
    })
    const path = `/counts/${String(body['code'])}`
    const page = await demo.open(browser, COUNTER, path)
    await page.getByLabel('库位编号').fill(shelf)
    await page.getByLabel('库位编号').press('Enter')
    const photo = { name: 'shelf.jpg', mimeType: 'image/jpeg', buffer: await jpeg(640, 480, 3) }
    await page.locator('input[type=file]').setInputFiles(photo)
    await page.getByRole('button', { name: /shelf\.jpg/ }).waitFor()
    await page.getByRole('button', { name: /本库位盘完/ }).waitFor()
    await page.getByRole('button', { name: /^本库位盘完/ }).click()
    await page.getByText('已盘完').first().waitFor()
    expect(await page.getByRole('heading', { name: /盘点照片/ }).count()).toBe(0)
    const desk = await demo.open(browser, HEAD, path)
    await desk.getByRole('heading', { name: /盘点照片/ }).waitFor()
    const shown = desk.locator('section', { has: desk.getByRole('heading', { name: /盘点照片/ }) }).locator('img')
    await expect.poll(() => shown.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
  },
  TEST_MS,
)
