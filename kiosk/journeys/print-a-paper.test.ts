/**
 * Journey: a paper goes straight to a station's office printer, which is out of paper at first, and comes out as it is archived; signed by
 * hand it is scanned, and the sheets stand with it.
 */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShownPaper } from '../../server/custody/protocol.ts'
import { jpeg } from '../../server/files/testing-pictures.ts'
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

test(
  'its signed sheets are attached, another scan says why it takes their place, and the page of the paper shows both',
  async () => {
    await page.goto(`${demo.url}${CASE_PATH}`)
    const attach = async (name: string, begin: string, reason?: string): Promise<void> => {
      await page.getByRole('button', { name: begin }).first().click()
      const dialog = page.getByRole('dialog')
      const confirm = dialog.getByRole('button', { name: '归档' })
      await dialog
        .locator('input[type="file"]')
        .first()
        .setInputFiles([{ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }])
      await says(page, 'dialog', 'a.pdf')
      expect(await confirm.isDisabled()).toBe(true)
      const buffer = await jpeg(600, 800, name.length)
      await dialog
        .locator('input[type="file"]')
        .first()
        .setInputFiles([{ name, mimeType: 'image/jpeg', buffer }])
      if (reason !== undefined) {
        expect(await confirm.isDisabled()).toBe(true)
        await dialog.getByLabel('更换理由').fill(reason)
      }
      await confirm.click()
      await dialog.waitFor({ state: 'detached' })
    }
    await attach('1.jpg', '上传签名扫描件')
    await says(page, 'td', '签名扫描件 1 页')
    await attach('page-2.jpg', '更换签名扫描件', '前一份不清晰')
    await says(page, 'td', '已更换 1 页')
    await says(page, 'td', '前一份不清晰')
    const paper = await issued()
    expect(paper?.scans.map(({ reason }) => reason)).toEqual([null, '前一份不清晰'])
    await page.goto(`${demo.url}/papers?scan=${encodeURIComponent(paper?.number ?? '')}`)
    await says(page, 'main', '签名扫描件 1 页')
    const sheet = await page.getByRole('link', { name: '第 1 页' }).last().getAttribute('href')
    expect((await bytesOf(sheet ?? '')).subarray(0, 2).toString('hex')).toBe('ffd8')
  },
  TEST_MS,
)
