/** Where there is no scanner: a card as the printer put it out is held before the camera, at the desk and at the bench. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { cameraShowing, filmOf } from '../testing/film.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { handsAt, row, rowSays, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const PRINT_MS = 60_000
/** Registered, not handed over. */
const CASE = '云监立〔2026〕5号'
const ITEM = '足金手镯'
const BENCH = { scanner: 'scanner-1', badge: 'badge-1' } as const
/** How wide the card of 60 mm lies in the picture of 1280 dots. */
const ACROSS_DOTS = 640

let demo: Demonstration
let browser: Browser
let item: ItemCode
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-camera-'))
  demo = await startDemonstration()
  const found = (await demo.itemsOf(CASE)).find(({ name }) => name === ITEM)
  if (found === undefined) throw new Error(`${CASE} has no ${ITEM}`)
  item = found
  const printing = await demo.post('zhang-wei', '/api/labels', {
    codes: [item.code],
    template: 'item-card',
    station: 'desk-1',
  })
  expect(printing).toMatchObject({ status: 202 })
  const card = await vi.waitFor(
    async () => {
      const [page] = await demo.printed('printer-2')
      if (page?.whole !== true) throw new Error('no card has come out')
      return page.png
    },
    { timeout: PRINT_MS, interval: 200 },
  )
  const film = await filmOf(card, ACROSS_DOTS)
  browser = await launchBrowser(await cameraShowing(join(folder, 'card.y4m'), film, 'allowed'))
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  await rm(folder, { recursive: true, force: true })
}, START_MS)

async function holdBeforeCamera(page: Page): Promise<void> {
  await page.getByRole('button', { name: '用摄像头扫码' }).click()
  await page.getByTestId('camera').waitFor({ state: 'detached' })
}

test(
  'the officer reads the new card back at the desk',
  async () => {
    const desk = await demo.open(browser, 'zhang-wei', `/desk/cases/${encodeURIComponent(CASE)}/cards`)
    await rowSays(desk, ITEM, '已打印', '待扫描')
    await holdBeforeCamera(desk)
    await says(desk, 'section.verdict', item.code)
    await rowSays(desk, ITEM, '已核对')
  },
  TEST_MS,
)

test(
  'the custodian looks the same card up at the bench',
  async () => {
    const hands = await handsAt(demo, await demo.openBench(browser, 'bench-1'), BENCH)
    await hands.signIn('chen-jing')
    await holdBeforeCamera(hands.page)
    await says(hands.page, '.bench', item.code)
    expect(await row(hands.page, ITEM).count()).toBe(0)
  },
  TEST_MS,
)
