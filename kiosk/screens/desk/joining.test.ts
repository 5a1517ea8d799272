/** 增加承办人员: a head takes an officer into a case of few, and the case says so; who handles it is offered no such thing. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize } from '../../testing/every-size.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕2号'
const PATH = `/desk/cases/${encodeURIComponent(CASE)}`
const [OFFICER, HEAD] = ['zhang-wei', 'qian-lei'] as const
const REASON = '人手不足，处置须由其他承办人员执行'

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
  'a head takes an officer in, and everybody who opens the case reads who, why and by whose word',
  async () => {
    const officer = await demo.open(browser, OFFICER, PATH)
    await officer.getByText('案件信息').first().waitFor()
    expect(await officer.getByRole('button', { name: '增加承办人员' }).count()).toBe(0)

    const head = await demo.open(browser, HEAD, PATH)
    await head.getByRole('button', { name: '增加承办人员' }).click()
    const dialog = head.getByRole('dialog')
    const joiner = dialog.getByRole('checkbox').first()
    const name = (await dialog.locator('fieldset label').first().innerText()).trim()
    await joiner.check()
    await dialog.getByLabel('理由').fill(REASON)
    await fitsEverySize(head)
    await head.setViewportSize({ width: 1280, height: 800 })
    await dialog.getByRole('button', { name: '增加', exact: true }).click()
    await says(head, 'main', REASON)
    await says(officer, 'main', REASON)
    const account = await demo.get<{ officers: { name: string }[] }>(OFFICER, `/api/cases/${encodeURIComponent(CASE)}`)
    expect(account.officers.map((one) => one.name)).toContain(name)
  },
  TEST_MS,
)
