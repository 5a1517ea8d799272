/** Granted requests as a supervisor meets their copies: what, who, when, why and of which case, narrowed, and as a file. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GrantedCopy } from '../../../server/approvals/protocol.ts'
import { deeds } from '../../../server/modules.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../../testing/every-size.ts'
import { axeFinds } from '../../testing/usable.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const SUPERVISOR = 'zhou-ping'

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
  'each copy says who asked and who granted, leads to its case and items, and can be narrowed and taken along',
  async () => {
    const { copies } = await demo.get<{ copies: readonly GrantedCopy[] }>(SUPERVISOR, '/api/approvals/granted')
    const [latest] = copies
    if (latest === undefined) throw new Error('the demonstration has granted nothing')
    const { approval, cases } = latest
    const page = await demo.open(browser, SUPERVISOR, '/supervise')
    await page.getByRole('button', { name: '已批准事项' }).click()
    await page.waitForURL(`${demo.url}/supervise/granted`)
    const rows = page.locator('li[data-copy]')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(copies.length)
    const first = await rows.first().innerText()
    for (const words of [approval.requester.name, approval.decidedBy?.name ?? '', approval.reason ?? '', ...cases])
      expect(first).toContain(words)
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)

    const kinds = page.getByLabel('事项', { exact: true }).locator('option')
    const offered = await kinds.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
    expect(offered.filter((one) => one !== '').toSorted()).toEqual(deeds.map(({ command }) => command).toSorted())
    await page.getByLabel('案号').fill('没有这个案号')
    await page.getByRole('button', { name: '查询' }).click()
    await says(page, 'main', '没有已批准的事项')
    await page.getByLabel('案号').fill(cases[0] ?? '')
    await page.getByRole('button', { name: '查询' }).click()
    const ofCase = copies.filter((one) => one.cases.includes(cases[0] ?? ''))
    await expect.poll(() => rows.count()).toBe(ofCase.length)
    const file = await page.getByRole('link', { name: 'CSV' }).getAttribute('href')
    expect(new URLSearchParams(file?.split('?')[1]).get('case')).toBe(cases[0])
    const table = await page.context().request.get(`${demo.url}${file}`)
    expect([table.status(), await table.text()]).toEqual([200, expect.stringContaining('申请时间')])

    await inEnglish(page)
    await saysNoChinese(page, 'main dt, main label, main button', 5)
    await fitsEverySize(page)
    await rows
      .first()
      .getByRole('link', { name: cases[0] ?? '' })
      .click()
    await page.waitForURL(`${demo.url}/desk/cases/${encodeURIComponent(cases[0] ?? '')}`)
  },
  TEST_MS,
)

test(
  'whoever supervises nothing is offered no such list',
  async () => {
    const page = await demo.open(browser, 'zhang-wei', '/supervise')
    await page.getByRole('button', { name: '监督看板' }).waitFor()
    expect(await page.getByRole('button', { name: '已批准事项' }).count()).toBe(0)
    await page.goto(`${demo.url}/supervise/granted`)
    await says(page, 'main', 'access.no-post')
    expect(await page.locator('li[data-copy]').count()).toBe(0)
  },
  TEST_MS,
)
