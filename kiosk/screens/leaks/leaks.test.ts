/** 泄露事件台账: registered by an officer, seen to by a supervisor, closed by him. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize, inEnglish } from '../../testing/every-size.ts'

const START_MS = 240_000
const TEST_MS = 240_000

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
  'an officer registers a leak and what was done; a supervisor closes it, saying why somebody was not told',
  async () => {
    const page = await demo.open(browser, 'zhang-wei', '/leaks')
    await says(page, 'main', '没有登记泄露事件')
    await page.getByRole('button', { name: '登记泄露事件' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('类别').selectOption('WORK')
    await says(page, 'dialog', '发现后 24 小时内报告')
    await dialog.getByLabel('泄露情况').fill('案情在群聊中被谈及')
    await dialog.getByLabel('涉及人员').fill('当事人一人')
    await dialog.getByRole('button', { name: '登记泄露事件' }).click()
    const leak = page.getByRole('region', { name: '工作秘密、案情泄露' })
    await leak.getByRole('button', { name: '登记补救措施' }).click()
    await dialog.getByLabel('采取了什么措施').fill('已撤回并删除')
    await dialog.getByRole('button', { name: '登记补救措施' }).click()
    await says(page, 'dd', '已撤回并删除')
    expect(await leak.getByRole('button', { name: '办结' }).count()).toBe(0)
    await fitsEverySize(page)
    await page.context().close()
    const watch = await demo.open(browser, 'zhou-ping', '/leaks')
    await watch.getByRole('region', { name: '工作秘密、案情泄露' }).getByRole('button', { name: '办结' }).click()
    const closing = watch.getByRole('dialog')
    await closing.getByLabel('办结意见').fill('已消除影响')
    await closing.getByLabel('不告知的理由').fill('分管领导已在场')
    await closing.getByRole('button', { name: '办结' }).click()
    await says(watch, 'section', '已办结')
    await inEnglish(watch)
    await says(watch, 'section', 'Closed')
    await fitsEverySize(watch)
    await watch.context().close()
  },
  TEST_MS,
)
