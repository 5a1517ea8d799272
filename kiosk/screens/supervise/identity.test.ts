/** 化名: the card says the alias; an officer and his head look the name up, and it is shown once. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signatureOf } from '../../../server/testing.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const OFFICER = 'zhang-wei'
const number = '云纪立〔2026〕97号'

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
  'a witness is registered by an alias, and two people look up who he is',
  async () => {
    const opened = await demo.post(OFFICER, '/api/cases', {
      ...{ number, title: '某案', track: 'DISCIPLINE', unit: 'dept-1', officers: [OFFICER, 'li-na'] },
    })
    expect(opened.status).toBe(201)
    const registered = await demo.post(OFFICER, `/api/cases/${encodeURIComponent(number)}/items`, {
      items: [{ name: '手表', category: 'general', quantity: 1, unit: '块' }],
      holder: { attendance: 'SIGNED', name: '持有人甲' },
      witness: { attendance: 'SIGNED', name: '欧阳某某', alias: '证人甲' },
      relevance: '涉嫌违纪违法事实中的财物',
      measure: { noticeNumber: '云纪暂扣〔2026〕97号', place: '办公室' },
    })
    expect(registered.status).toBe(201)
    const [item] = await demo.itemsOf(number)
    const page = await demo.open(browser, OFFICER, `/supervise/items/${item?.code ?? ''}`)
    await says(page, 'main', '证人甲（化名）')
    await page.getByRole('button', { name: '查看见证人真实身份' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('查看事由').fill('通知作证')
    const { badge, pin } = signatureOf('qian-lei')
    await dialog.getByLabel('工牌').fill(badge)
    await dialog.getByLabel('PIN').fill(pin)
    await dialog.getByRole('button', { name: '查看真实身份' }).click()
    await says(page, 'dialog', '真实姓名：欧阳某某')
    await dialog.getByRole('button', { name: '看毕，关闭' }).click()
    await says(page, 'main', '查看真实身份')
    expect(await page.locator('main').innerText()).not.toContain('欧阳某某')
    await page.context().close()
  },
  TEST_MS,
)
