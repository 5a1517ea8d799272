/** 提出处置: what was typed stays until it is proposed or cleared, and what is asked for or wrong is said beside its field. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize } from '../../testing/every-size.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕2号'
const PATH = `/desk/cases/${encodeURIComponent(CASE)}`
const OFFICER = 'zhang-wei'
const OPINION = '系违纪所得，建议没收后上缴'

let demo: Demonstration
let browser: Browser
let page: Page
let item = ''

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  item =
    (await demo.itemsOf(CASE)).find(
      ({ custody, frozen, fetchedBy }) => custody.value === 'IN_STORE' && !frozen && fetchedBy === null,
    )?.code ?? ''
  page = await demo.open(browser, OFFICER, PATH)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const opinion = () => page.getByLabel('处置意见')

async function propose(): Promise<void> {
  const choice = page.locator('tbody tr', { hasText: item }).locator('input[type="checkbox"]')
  if (!(await choice.isChecked())) await choice.check()
  await page.getByRole('button', { name: '提出处置 1 件' }).click()
  await opinion().waitFor()
}

/** Until it is heard: a browser without a screen drops a key that is sent in the frame in which a dialog opens. */
async function escape(): Promise<void> {
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape')
      return opinion().count()
    })
    .toBe(0)
}

test(
  'what was typed is there again after Escape, after 取消 and after the page was loaded anew, until it is cleared',
  async () => {
    await propose()
    await page.getByLabel('处置方式').selectOption({ label: '没收' })
    await opinion().fill(OPINION)
    await escape()

    await propose()
    expect(await opinion().inputValue()).toBe(OPINION)
    expect(await page.getByLabel('处置方式').locator('option:checked').innerText()).toBe('没收')
    await says(page, 'dialog', '已取回上次填写的内容')
    await fitsEverySize(page)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('dialog').getByRole('button', { name: '取消', exact: true }).click()

    const draft = `/api/session/draft?about=${encodeURIComponent(`dispose/${CASE}`)}`
    await expect.poll(async () => JSON.stringify(await demo.get(OFFICER, draft))).toContain(OPINION)
    await page.reload()
    await propose()
    await expect.poll(() => opinion().inputValue()).toBe(OPINION)

    await page.getByRole('button', { name: '清空重填' }).click()
    expect(await opinion().inputValue()).toBe('')
    await expect.poll(async () => JSON.stringify(await demo.get(OFFICER, draft))).not.toContain(OPINION)
    await escape()
    await propose()
    expect(await opinion().inputValue()).toBe('')
    await escape()
  },
  TEST_MS,
)

test(
  'who signs is said beside the way that wants it, and what is no amount as soon as it is typed',
  async () => {
    await propose()
    const way = page.getByLabel('处置方式')
    await way.selectOption({ label: '没收' })
    await says(page, 'dialog', '执行时须承办部门以外的财务人员签名')
    await way.selectOption({ label: '先行变卖（拍卖）' })
    const estimate = page.getByLabel('估价')
    await estimate.fill('82,4')
    await says(page, 'dialog', '请填写金额，最多两位小数')
    await estimate.fill('82.4')
    await expect.poll(() => page.getByRole('dialog').getByText('请填写金额，最多两位小数').count()).toBe(0)
    await way.selectOption({ label: '解除并返还' })
    await expect.poll(() => page.getByRole('dialog').getByText('执行时须承办部门以外的财务人员签名').count()).toBe(0)
    await page.getByRole('button', { name: '取消', exact: true }).click()
  },
  TEST_MS,
)
