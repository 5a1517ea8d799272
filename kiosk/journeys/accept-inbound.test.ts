/** A list of another organ that was typed wrongly is withdrawn and typed anew; what it lacks is filled in as it is accepted, and both sides sign. */

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount, ItemCard, ShownInbound } from '../../server/custody/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../testing/every-size.ts'
import { axeFinds } from '../testing/usable.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const OFFICER = 'zhang-wei'
const CASE = '云监立〔2026〕5号'
const CASE_PATH = `/api/cases/${encodeURIComponent(CASE)}`

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** Strokes as a hand draws them, across the box. */
async function signIn(place: Locator, page: Page): Promise<void> {
  const box = place.locator('svg').last()
  await box.scrollIntoViewIfNeeded()
  const at = await box.boundingBox()
  if (at === null) throw new Error('there is no box to sign in')
  for (const [x1, y1, x2, y2] of [
    [0.2, 0.3, 0.5, 0.7],
    [0.6, 0.2, 0.7, 0.8],
  ] as const) {
    await page.mouse.move(at.x + at.width * x1, at.y + at.height * y1)
    await page.mouse.down()
    await page.mouse.move(at.x + at.width * x2, at.y + at.height * y2, { steps: 8 })
    await page.mouse.up()
  }
}

const lists = async (): Promise<readonly ShownInbound[]> =>
  (await demo.get<{ inbound: readonly ShownInbound[] }>(OFFICER, `${CASE_PATH}/inbound`)).inbound

test(
  'withdrawn, typed anew, filled in, signed and accepted; the wrong list and the right one are both kept',
  async () => {
    const entered = await demo.post(OFFICER, `${CASE_PATH}/inbound`, {
      ...{ organ: '某市公安局', number: '移交〔2026〕19号', day: '2026-01-05' },
      bringer: { name: '刘洋', post: '经侦支队民警' },
      lines: [
        { name: '手机', quantity: '2', unit: '部' },
        { name: '金条', quantity: '1', unit: '根' },
      ],
    })
    expect(entered.status).toBe(201)
    const page = await demo.open(browser, OFFICER, `/desk/cases/${encodeURIComponent(CASE)}/inbound`)
    await page.getByRole('button', { name: '撤回清单' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('撤回原因').fill('手机只有一部')
    await fitsEverySize(page)
    await page.setViewportSize(VIEWPORT)
    await dialog.getByRole('button', { name: '确认撤回' }).click()
    await says(page, 'main', '手机只有一部（张伟）')
    const account = await demo.get<CaseAccount>(OFFICER, CASE_PATH)
    expect(account.inboundsOpen).toBe(0)

    await page.getByRole('button', { name: '重新登记', exact: true }).click()
    await says(page, 'h2', '重新登记移交清单，代替 移交〔2026〕19号')
    const first = page.getByRole('group', { name: '第 1 行', exact: true })
    expect(await first.getByLabel('名称').inputValue()).toBe('手机')
    await first.getByLabel('数量').fill('1')
    await page.getByRole('button', { name: '登记清单' }).click()
    await page.locator('li[data-line="1"]').nth(1).waitFor()
    const [right, wrong] = [await lists()].map((all) => [
      all.find(({ replaces }) => replaces !== null),
      all.find(({ withdrawn }) => withdrawn !== null),
    ])[0] as [ShownInbound, ShownInbound]
    expect([right.replaces, wrong.lines[0]?.quantity, right.lines[0]?.quantity]).toEqual([wrong.id, '2', '1'])
    const lines = [1, 2].map((line) => ({ line, verdict: 'MATCHED' }))
    expect((await demo.post(OFFICER, `/api/inbound/${right.id}/checks`, { lines })).status).toBe(201)
    await page.reload()
    await says(page, 'main', '由其代替')
    await fitsEverySize(page)
    await page.setViewportSize(VIEWPORT)

    await page.getByRole('button', { name: '接收并登记' }).click()
    await page.getByRole('textbox', { name: '地点' }).fill('接待室')
    await page.getByLabel('与案件的关联').fill('与本案资金往来有关')
    await page.getByRole('combobox', { name: '持有人' }).selectOption('SIGNED')
    await page.getByRole('combobox', { name: '见证人' }).selectOption('SIGNED')
    for (const [n, name] of ['王某', '赵某'].entries())
      await page.getByRole('textbox', { name: '姓名' }).nth(n).fill(name)
    const gold = page.getByRole('group', { name: '第 2 行', exact: true })
    await gold.getByLabel('类别').selectOption('valuables')
    await gold.getByLabel('重量（克）').fill('100.5')
    await gold.getByLabel('特征').fill('刻有编号 A1')
    await gold.getByLabel('不能密封的原因').fill('尺寸过长')
    const theirs = page.getByRole('group', { name: '移交人（刘洋）' })
    const ours = page.getByRole('group', { name: '接收人（张伟）' })
    await signIn(theirs, page)
    await signIn(ours, page)
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.setViewportSize(VIEWPORT)
    await page.getByRole('button', { name: '接收 2 件' }).click()
    await says(page, 'main', '已接收 2 件')
    for (const side of ['bringer', 'receiver']) await page.locator(`[data-side="${side}"] svg`).waitFor()

    const accepted = (await lists()).find(({ id }) => id === right.id)
    expect(accepted?.signed).toMatchObject({ bringer: { on: 'screen' }, receiver: { on: 'screen', notSigned: null } })
    const item = accepted?.lines[1]?.item ?? ''
    const card = await demo.get<ItemCard>(OFFICER, `/api/items/${item}`)
    expect([card.features, card.weights.at(-1)?.weight_mg]).toEqual(['刻有编号 A1', 100_500])
    const paper = await demo.post(OFFICER, '/api/papers', { paper: 'inbound-check', of: right.id })
    expect(paper.status).toBe(201)

    await inEnglish(page)
    await saysNoChinese(page, 'main dt, main button, main [data-side] p', 3)
    await fitsEverySize(page)
  },
  TEST_MS,
)
