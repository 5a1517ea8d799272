/** A container is asked for whole at the desk, granted, handed out by one scan of its label and taken back by one, under its seal. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { type Hands, handsAt, row, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云纪立〔2026〕1号'
const BENCH = { scanner: 'scanner-1', badge: 'badge-1' } as const
const [BOX, SEAL] = ['证物箱甲', 'XF2026001'] as const

let demo: Demonstration
let browser: Browser
let hands: Hands
let items: readonly ItemCode[] = []
let box = ''
let shelf = { payload: '', name: '' }

const signs = (person: string) => ({ badge: demo.person(person).badge, pin: demo.person(person).pin })

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

test(
  'two custodians put two things into a container and seal it; the officer asks for the whole of it, and it is granted',
  async () => {
    const lying = (await demo.itemsOf(CASE)).filter(
      ({ custody, frozen, fetchedBy, weight_mg }) =>
        custody.value === 'IN_STORE' && !frozen && fetchedBy === null && weight_mg === null,
    )
    items = lying.slice(0, 2)
    expect(items).toHaveLength(2)
    const codes = items.map(({ code }) => code)
    const places = (await demo.codes()).locations.filter(({ storageClass }) => storageClass === 'ordinary')
    shelf =
      places.find(({ payload, capacity, occupied }) => !payload.startsWith('C') && capacity > occupied + 2) ?? shelf
    const location = shelf.payload.split('-')[0] ?? ''
    const made = await demo.post('chen-jing', '/api/stores/store-1/containers', { name: BOX, location, capacity: 5 })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const code = String(made.body['code'])
    const moved = await demo.post('chen-jing', '/api/custody/move', { items: codes, location: code })
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
    const sealed = { number: SEAL, signatures: [signs('liu-yang')] }
    expect((await demo.post('chen-jing', `/api/containers/${code}/seal`, sealed)).status).toBe(200)
    box = (await demo.codes()).locations.find(({ name }) => name.includes(BOX))?.payload ?? code

    const desk = await demo.open(browser, 'zhang-wei', `/desk/cases/${encodeURIComponent(CASE)}`)
    for (const one of codes) await row(desk, one).getByRole('checkbox').check()
    await desk.getByRole('button', { name: '申请调用 2 件 F9' }).click()
    const asking = desk.getByRole('dialog')
    await asking.getByLabel('调用方式').selectOption({ label: `整箱调用（容器 ${code}）` })
    await asking.getByLabel('事由').selectOption({ label: '鉴定' })
    await asking.getByLabel('理由').fill('送省鉴定中心')
    await asking.getByRole('button', { name: '提出申请' }).click()
    await says(desk, '.region', '申请已提出，等待审批')
    await desk.context().close()

    const approver = await demo.open(browser, 'sun-bo', '/desk')
    const request = approver.locator('li', { has: approver.locator(`a[href$="${codes[0]}"]`) }).first()
    await request.filter({ hasText: '整箱调用' }).waitFor()
    await request.getByRole('radio', { name: '同意', exact: true }).check()
    await approver.getByRole('button', { name: /^提交 1 项决定/ }).click()
    await says(approver, '.region', '已同意')
    await approver.context().close()
  },
  TEST_MS,
)

test(
  'one scan of its label hands it out with all that is in it; its things do not go by themselves',
  async () => {
    hands = await handsAt(demo, await demo.openBench(browser, 'bench-1'), BENCH)
    await hands.signIn('chen-jing')
    // What is refused is said aloud, by a clip that comes along.
    const spoken = hands.page.waitForResponse((answer) => answer.url().endsWith('/voices/zh-CN/bench-refused'))
    await hands.scan(items[0]?.payload ?? '')
    await hands.refused('custody.container-granted', '整箱调用')
    const clip = await spoken
    expect([clip.status(), clip.headers()['content-type']]).toEqual([200, 'audio/mpeg'])
    await hands.scan(box)
    await hands.taken(`整箱调用：${BOX}`)
    await hands.badge('zhang-wei')
    await hands.pin('zhang-wei')
    await hands.asked('确认由 张伟 领走')
    await hands.card('CONFIRM')
    await hands.taken(`${BOX} 连同 2 件物品出库，由 张伟 领走`)
    for (const { code } of items)
      expect((await demo.itemsOf(CASE)).find((one) => one.code === code)?.custody.value).toBe('BORROWED')
    const page: Page = await demo.open(browser, 'chen-jing', '/stores/store-1')
    await page.locator('tbody tr', { hasText: BOX }).filter({ hasText: '整箱调出，张伟' }).waitFor()
    await page.context().close()
  },
  TEST_MS,
)

test(
  'one scan takes it back; its seal is looked at, and what is in it comes back under it',
  async () => {
    await hands.scan(box)
    await hands.asked('请归还人刷工牌')
    await hands.badge('zhang-wei')
    await hands.pin('zhang-wei')
    await hands.asked(`容器封条完好，编号 ${SEAL}？`)
    await hands.card('CONFIRM')
    await hands.asked('请扫描容器的库位')
    await hands.scan(shelf.payload)
    await hands.taken(`${BOX} 连同 2 件物品已归还，存 ${shelf.name}`)
    for (const { code } of items) {
      const card = await demo.get<{ container: { name: string } | null; custodyStatus: { value: string } }>(
        'zhang-wei',
        `/api/items/${code}`,
      )
      expect(card).toMatchObject({ container: { name: BOX }, custodyStatus: { value: 'IN_STORE' } })
    }
  },
  TEST_MS,
)
