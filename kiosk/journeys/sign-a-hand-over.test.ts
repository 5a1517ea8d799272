/** Journey: both sides sign a hand-over with their own hand, and the entry slip carries what they drew. */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ListSummary, PaperSignatures } from '../../server/custody/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize } from '../testing/every-size.ts'
import { type Demonstration, startDemonstration, VIEWPORT } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const [OFFICER, CUSTODIAN] = ['li-na', 'chen-jing'] as const
/** Where pictures of the screens go, for whoever wants to look at them. */
const PICTURES = process.env['JOURNEY_PICTURES']

let demo: Demonstration
let browser: Browser
let page: Page
let list = ''

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const { lists } = await demo.get<{ lists: readonly ListSummary[] }>(OFFICER, '/api/lists?state=done')
  for (const { code } of lists) {
    const asked = await placesOf(code)
    const [giver, taker] = (['giver', 'taker'] as const).map((as) => asked.find((one) => one.as === as)?.person?.who)
    if (giver === `person/${OFFICER}` && taker === `person/${CUSTODIAN}`) list = code
  }
  page = await demo.open(browser, OFFICER, `/desk/lists/${list}`)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

async function placesOf(code: string): Promise<PaperSignatures['places']> {
  return (await demo.get<PaperSignatures>(OFFICER, `/api/lists/${code}/signatures`)).places
}

async function picture(name: string): Promise<void> {
  if (PICTURES === undefined) return
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}

/** Strokes as a hand draws them, across the box. */
async function write(): Promise<void> {
  const pad = page.getByRole('dialog').getByRole('group', { name: '签名框' }).locator('svg')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (box === null) throw new Error('there is no box to sign in')
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  for (const [from, to] of [
    [at(0.2, 0.3), at(0.45, 0.7)],
    [at(0.5, 0.25), at(0.6, 0.8)],
  ] as const) {
    await page.mouse.move(...from)
    await page.mouse.down()
    await page.mouse.move(...to, { steps: 8 })
    await page.mouse.up()
  }
}

test(
  'the officer signs for himself, then the custodian beside him with badge and PIN; nobody signs twice',
  async () => {
    await says(page, 'main', '经手签名')
    await picture('1-list')
    await page.getByRole('button', { name: '签名', exact: true }).click()
    const confirm = page.getByRole('dialog').getByRole('button', { name: '确认签名' })
    await says(page, 'dialog', `移交人（${demo.person(OFFICER).name}）`)
    await fitsEverySize(page)
    await page.setViewportSize(VIEWPORT)
    await expect.poll(() => confirm.isDisabled()).toBe(true)
    await write()
    await picture('2-giver')
    await confirm.click()
    await says(page, 'main', '触屏手写')

    await page.getByRole('button', { name: '签名', exact: true }).click()
    await says(page, 'dialog', `接收人（${demo.person(CUSTODIAN).name}）`)
    await write()
    await expect.poll(() => confirm.isDisabled()).toBe(true)
    const { badge, pin } = demo.person(CUSTODIAN)
    await page.getByRole('dialog').getByLabel('工牌').fill(badge)
    await page.getByRole('dialog').getByLabel('PIN').fill(pin)
    await picture('3-taker')
    await confirm.click()
    await expect.poll(async () => (await placesOf(list)).every(({ signature }) => signature !== null)).toBe(true)
    await says(page, 'main', `${demo.person(OFFICER).name} 在场采集`)
    await picture('4-signed')
    await expect.poll(() => page.getByRole('button', { name: '签名', exact: true }).count()).toBe(0)
    expect(await placesOf(list)).toMatchObject([
      { as: 'giver', signature: { person: { who: `person/${OFFICER}` }, by: { who: `person/${OFFICER}` } } },
      { as: 'taker', signature: { person: { who: `person/${CUSTODIAN}` }, by: { who: `person/${OFFICER}` } } },
    ])
  },
  TEST_MS,
)
