/** An officer writes an item's tag at the desk, on the page of cards; before the bench's reader the tag is the item. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { handsAt, row, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕5号'
const [BLANK, OTHER_BLANK] = ['E28011606000020000000001', 'E28011606000020000000002'] as const

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const onReader = async (device: string): Promise<readonly string[]> => (await demo.instrument(device)).tags ?? []

test(
  'one blank tag is written for the item that is shown; no tag, several, or one that is taken are said and left alone',
  async () => {
    const [first, second] = await demo.itemsOf(CASE)
    if (first === undefined || second === undefined) throw new Error(`${CASE} has no items`)
    const desk = await demo.open(browser, 'zhang-wei', `/desk/cases/${encodeURIComponent(CASE)}/cards`)
    const write = desk.getByTestId('tag').getByRole('button', { name: '写入电子标签' })
    await row(desk, first.code).click()
    await says(desk, '[data-testid="tag"]', first.code)
    await write.click()
    await says(desk, '[data-testid="tag"]', '读写器上没有标签')
    await demo.emulate('rfid-2', { tags: [BLANK, OTHER_BLANK] })
    await write.click()
    await says(desk, '[data-testid="tag"]', '不止一枚标签')
    expect((await onReader('rfid-2')).toSorted()).toEqual([BLANK, OTHER_BLANK])

    await demo.emulate('rfid-2', { tags: [BLANK] })
    await write.click()
    await says(desk, '[data-testid="tag"]', `${first.code} 的电子标签已写入并绑定`)
    const [epc = '', ...others] = await onReader('rfid-2')
    expect(others).toEqual([])
    expect(epc).not.toBe(BLANK)
    await says(desk, '[data-testid="tag"]', epc)

    await row(desk, second.code).click()
    await says(desk, '[data-testid="tag"]', second.code)
    await expect.poll(() => desk.getByTestId('tag').innerText()).not.toContain(epc)
    await write.click()
    await says(desk, '[data-testid="tag"]', '没有改写')
    expect(await onReader('rfid-2')).toEqual([epc])

    const bench = await demo.openBench(browser, 'bench-1')
    const hands = await handsAt(demo, bench, { scanner: 'scanner-1', badge: 'badge-1' })
    await hands.signIn('chen-jing')
    await demo.emulate('rfid-2', { tags: [] })
    await demo.emulate('rfid-1', { tags: [epc] })
    await says(bench, 'main', first.code)
    await desk.context().close()
    await bench.context().close()
  },
  TEST_MS,
)
