/** 逐张拍照: what is wanted of each item is asked for one picture after the other, and what is left out stays an open point. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { jpeg } from '../../../server/files/testing-pictures.ts'
import type { CaseAccount, ItemCard } from '../../../server/custody/protocol.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const OFFICER = 'zhang-wei'
const number = '云纪立〔2026〕96号'

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
  'the dialog asks for one picture after the other; what was skipped is an open point of the case',
  async () => {
    const opened = await demo.post(OFFICER, '/api/cases', {
      ...{ number, title: '某案', track: 'DISCIPLINE', unit: 'dept-1', officers: [OFFICER, 'li-na'] },
    })
    expect(opened.status).toBe(201)
    const base = `/api/cases/${encodeURIComponent(number)}`
    const items = [{ name: '手表', category: 'general', quantity: 1, unit: '块' }]
    const who = (name: string) => ({ attendance: 'SIGNED', name })
    const registered = await demo.post(OFFICER, `${base}/items`, {
      ...{ items, holder: who('持有人甲'), witness: who('见证人乙'), relevance: '涉嫌违纪的礼品' },
      measure: { noticeNumber: '云纪暂扣〔2026〕96号', place: '办公室' },
    })
    expect(registered.status).toBe(201)
    const [item] = await demo.itemsOf(number)
    const page = await demo.open(browser, OFFICER, `/desk/cases/${encodeURIComponent(number)}`)
    const point = page.getByRole('region', { name: '须拍摄的照片不全' })
    await point.getByRole('button', { name: '逐张补拍' }).click()
    const dialog = page.getByRole('dialog')
    const steps = dialog.getByRole('list', { name: '须拍摄的照片' })
    await expect.poll(() => steps.locator('[data-state="now"]').innerText()).toBe('全貌')
    await dialog
      .locator('input[type="file"]')
      .setInputFiles([{ name: '全貌.jpg', mimeType: 'image/jpeg', buffer: await jpeg(320, 240) }])
    await dialog.getByRole('button', { name: '上传 1 张' }).click()
    await expect.poll(() => steps.locator('[data-state="now"]').innerText()).toBe('细目（放比例尺）')
    await expect.poll(() => steps.locator('[data-state="done"]').innerText()).toBe('全貌')
    await dialog.getByRole('button', { name: '跳过此张' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await says(page, 'section', '细目（放比例尺）')
    const account = await demo.get<CaseAccount>(OFFICER, base)
    expect(account.unpictured.map(({ views }) => views.map(({ value }) => value))).toEqual([['DETAIL']])
    const card = await demo.get<ItemCard>(OFFICER, `/api/items/${item?.code ?? ''}`)
    expect(card.photos.map(({ view }) => view?.value)).toEqual(['OVERALL'])
    await page.context().close()
  },
  TEST_MS,
)
