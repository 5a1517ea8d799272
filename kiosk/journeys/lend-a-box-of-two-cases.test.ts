/** A container with things of two cases is asked for whole from the page of one of them, granted once, and handed out by one scan. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { handsAt, row, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const BENCH = { scanner: 'scanner-1', badge: 'badge-1' } as const
const BOX = '两案证物箱'

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** Something of the case that may be lent by itself, unweighed. */
async function lending(number: string): Promise<ItemCode | undefined> {
  return (await demo.itemsOf(number)).find(
    ({ custody, frozen, fetchedBy, weight_mg }) =>
      custody.value === 'IN_STORE' && !frozen && fetchedBy === null && weight_mg === null,
  )
}

test(
  'what else lies in it is named with its case; one request, one decision, one scan',
  async () => {
    const { cases } = await demo.get<{ cases: { number: string }[] }>('zhang-wei', '/api/cases')
    const found: { number: string; item: ItemCode }[] = []
    for (const { number } of cases) {
      const item = await lending(number)
      if (item !== undefined && found.length < 2) found.push({ number, item })
    }
    const [one, other] = found
    if (one === undefined || other === undefined) throw new Error('zhang-wei handles two cases with something in store')
    const codes = [one.item.code, other.item.code]
    const place = (await demo.codes()).locations.find(
      ({ payload, storageClass, capacity, occupied }) =>
        storageClass === 'ordinary' && !payload.startsWith('C') && capacity > occupied + 2,
    )
    const location = place?.payload.split('-')[0] ?? ''
    const made = await demo.post('chen-jing', '/api/stores/store-1/containers', { name: BOX, location, capacity: 5 })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const box = String(made.body['code'])
    const moved = await demo.post('chen-jing', '/api/custody/move', { items: codes, location: box })
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)

    const desk = await demo.open(browser, 'zhang-wei', `/desk/cases/${encodeURIComponent(one.number)}`)
    await row(desk, one.item.code).getByRole('checkbox').check()
    await desk.getByRole('button', { name: '申请调用 1 件 F9' }).click()
    const asking = desk.getByRole('dialog')
    await asking.getByLabel('调用方式').selectOption({ label: `整箱调用（容器 ${box}）` })
    await asking.getByText(`箱内另有 1 件（${other.number}），一并申请、一并出库`).waitFor()
    await asking.locator(`a[href$="${other.item.code}"]`).waitFor()
    await asking.getByText('申请调用 2 件物品').waitFor()
    // By itself it is what was chosen again, and nothing else.
    await asking.getByLabel('调用方式').selectOption({ label: '逐件调用' })
    await asking.getByText('申请调用 1 件物品').waitFor()
    await asking.getByLabel('调用方式').selectOption({ label: `整箱调用（容器 ${box}）` })
    await asking.getByLabel('事由').selectOption({ label: '鉴定' })
    await asking.getByLabel('理由').fill('两案并送省鉴定中心')
    await asking.getByRole('button', { name: '提出申请' }).click()
    await says(desk, '.region', '申请已提出，等待审批')
    await desk.context().close()

    const approver = await demo.open(browser, 'sun-bo', '/desk')
    const request = approver.locator('li', { has: approver.locator(`a[href$="${other.item.code}"]`) }).first()
    for (const { number } of found) await request.filter({ hasText: number }).waitFor()
    await request.filter({ hasText: '整箱调用' }).waitFor()
    await request.getByRole('radio', { name: '同意', exact: true }).check()
    await approver.getByRole('button', { name: /^提交 1 项决定/ }).click()
    await says(approver, '.region', '已同意')
    await approver.context().close()

    const hands = await handsAt(demo, await demo.openBench(browser, 'bench-1'), BENCH)
    await hands.signIn('chen-jing')
    await hands.scan((await demo.codes()).locations.find(({ name }) => name.includes(BOX))?.payload ?? box)
    await hands.taken(`整箱调用：${BOX}`)
    await hands.badge('zhang-wei')
    await hands.pin('zhang-wei')
    await hands.asked('确认由 张伟 领走')
    await hands.card('CONFIRM')
    await hands.taken(`${BOX} 连同 2 件物品出库，由 张伟 领走`)
    for (const { number, item } of found)
      expect((await demo.itemsOf(number)).find(({ code }) => code === item.code)?.custody.value).toBe('BORROWED')
  },
  TEST_MS,
)
