/** A real browser whose camera is shown a label of ours, and one that has no camera, may not use it, or loses it. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeCode, makeLabelCode } from '../../labels/item-code.ts'
import { toPng } from '../../labels/render.ts'
import { itemCard } from '../../labels/templates/item-card.ts'
import { launchBrowser } from '../testing/browser.ts'
import { cameraShowing, filmOf } from '../testing/film.ts'
import { serveSources } from '../testing/pages.ts'

const START_MS = 120_000
const TEST_MS = 120_000
const PATIENCE_MS = 60_000
/** An address that is not this machine's and not https: the browser keeps the camera from it. */
const INSECURE = 'http://clearhold.test'
const CODE = makeCode({ kind: 'item', unit: 'ZK', year: 2026, serial: 9080706 })
const CARD = {
  code: CODE,
  issue: 1,
  name: '黄金首饰一批',
  quantity: '100.25',
  unit: '克',
  category: '贵重物品',
  storageClass: '贵重 · 双人双锁',
  caseNumber: '清纪监〔2026〕0012 号',
  seq: 12,
  of: 99,
  date: { kind: 'intake', day: '2026-11-21' },
  sealNumber: null,
} as const

let folder: string
let sources: Awaited<ReturnType<typeof serveSources>>
/** One for each camera, since starting one is slow; each page is a context of its own. */
const browsers = new Map<readonly string[], Promise<Browser>>()
let context: BrowserContext | undefined
/** Cameras, as switches of the browser: before one lies a label, the other sees an empty table. */
let label: readonly string[]
let table: readonly string[]
let denied: readonly string[]
const none: readonly string[] = ['--use-fake-ui-for-media-stream']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-camera-'))
  const film = await filmOf(await toPng(itemCard(CARD, '60x40', 'datamatrix'), 203), 700)
  label = await cameraShowing(join(folder, 'label.y4m'), film, 'allowed')
  table = await cameraShowing(join(folder, 'table.y4m'), await filmOf(null), 'allowed')
  denied = await cameraShowing(join(folder, 'denied.y4m'), film, 'denied')
  sources = await serveSources()
}, START_MS)

afterEach(() => context?.close())

afterAll(async () => {
  for (const browser of browsers.values()) await (await browser).close()
  await sources?.close()
  await rm(folder, { recursive: true, force: true })
}, START_MS)

/** The page of all parts with the camera opened from its field. Every track that was ever given is kept to be looked at. */
async function opened(camera: readonly string[], origin = sources.address): Promise<Page> {
  const browser = browsers.get(camera) ?? launchBrowser(camera)
  browsers.set(camera, browser)
  context = await (await browser).newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addInitScript(() => {
    const kept: MediaStreamTrack[] = []
    Object.assign(window, { kept })
    const { mediaDevices } = navigator
    if (mediaDevices === undefined) return
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted)
      kept.push(...stream.getTracks())
      return stream
    }
  })
  await context.route(`${INSECURE}/**`, async (route) => {
    const there = route.request().url().replace(INSECURE, sources.address)
    await route.fulfill({ response: await route.fetch({ url: there }) })
  })
  const page = await context.newPage()
  await page.goto(`${origin}/gallery`)
  await page.getByRole('button', { name: '用摄像头扫码' }).click()
  return page
}

const tracks = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { kept: MediaStreamTrack[] }).kept.map(({ readyState }) => readyState))

const sight = (page: Page, state: string) => page.locator(`[data-testid="camera"][data-sight="${state}"]`)

test(
  'a label of ours is read, reaches the screen as a scan, and the camera is off',
  async () => {
    const page = await opened(label)
    await page
      .getByTestId('heard')
      .filter({ hasText: makeLabelCode(CODE, 1) })
      .waitFor()
    await page.getByTestId('camera').waitFor({ state: 'detached' })
    expect(await tracks(page)).toEqual(['ended'])
  },
  TEST_MS,
)

test(
  'a camera that is taken away in mid-look is said to be gone, and looks again when it is back',
  async () => {
    const page = await opened(table)
    await sight(page, 'looking').waitFor()
    await page.evaluate(() => {
      const [track] = (window as unknown as { kept: MediaStreamTrack[] }).kept
      track?.stop()
      track?.dispatchEvent(new Event('ended'))
    })
    await sight(page, 'hindered').filter({ hasText: '摄像头断开了' }).waitFor()
    await page.getByRole('button', { name: '重试' }).click()
    await sight(page, 'looking').waitFor()
    expect(await tracks(page)).toEqual(['ended', 'live'])
  },
  TEST_MS,
)

test(
  'Escape closes it, and the camera is off',
  async () => {
    const page = await opened(table)
    await sight(page, 'looking').waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('camera').waitFor({ state: 'detached' })
    expect(await tracks(page)).toEqual(['ended'])
  },
  TEST_MS,
)

test.each([
  ['that may not be used', () => denied, undefined, '浏览器未允许使用摄像头'],
  ['that is not there', () => none, undefined, '没有找到摄像头'],
  ['at an insecure address', () => label, INSECURE, '不是安全连接'],
] as const)(
  'a camera %s is said in words, with what to do',
  async (_name, camera, origin, words) => {
    const page = await opened(camera(), origin)
    await sight(page, 'hindered').filter({ hasText: words }).waitFor()
    expect(await page.getByTestId('camera').innerText()).toContain('手工输入')
    expect(await tracks(page)).toEqual([])
  },
  TEST_MS,
)
