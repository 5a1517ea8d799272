/** Journey: a paper goes straight to a station's office printer, which is out of paper at first, and comes out as it is archived. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShownPaper } from '../../server/custody/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 120_000
const [OFFICER, PRINTER, DESK] = ['zhang-wei', 'office-1', '一室登记台'] as const
const CASE = '云监立〔2026〕5号'
const CASE_PATH = `/desk/cases/${encodeURIComponent(CASE)}`

let demo: Demonstration
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  page = await demo.open(browser, OFFICER, CASE_PATH)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

async function issued(): Promise<ShownPaper | undefined> {
  const of = `/api/papers?case=${encodeURIComponent(CASE)}`
  return (await demo.get<{ papers: readonly ShownPaper[] }>(OFFICER, of)).papers[0]
}

async function bytesOf(path: string): Promise<Buffer> {
  // With the page's own session, as its frame reads it.
  const answer = await page.request.get(`${demo.url}${path}`)
  expect(answer.status()).toBe(200)
  return answer.body()
}

test(
  'what does not come out says why and may be sent again; what comes out is the archived file, in sight on the panel',
  async () => {
    const notice = page.locator('li', { hasText: 'F-01' })
    await notice.getByRole('button', { name: '出具', exact: true }).first().click()
    await says(page, 'td', 'F-01')
    const paper = await issued()

    await demo.emulate(PRINTER, { paperOut: true })
    const send = page.getByRole('button', { name: `送到${DESK}` }).first()
    await send.click()
    await says(page, '.print', '没有打出')
    await says(page, '.print', '缺纸')
    await demo.emulate(PRINTER, { paperOut: false })
    await send.click()
    await says(page, '.print', '打印机已打出')

    const { office } = await demo.instrument(PRINTER)
    const [printed, ...others] = office?.papers ?? []
    expect(others).toEqual([])
    expect(printed?.pages).toBeGreaterThan(0)
    const out = await bytesOf(`/api/demo/emulators/${PRINTER}/papers/${printed?.id}.pdf`)
    expect(out.equals(await bytesOf(`/api/papers/${paper?.paper}/file.pdf`))).toBe(true)

    await page.goto(`${demo.url}/demo`)
    await page.getByRole('button', { name: DESK }).click()
    await says(page, `[data-device="${PRINTER}"] li`, `${printed?.pages} 页`)
    await page.frameLocator(`[data-device="${PRINTER}"] iframe`).owner().waitFor()
  },
  TEST_MS,
)
