/** A campaign: written by one and opened by another, papers made for its voters, one cast on a phone, counted once it is over, published; a call-back. */

import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Level } from '../../devices/ballot/ballot.ts'
import { sealBallot, sealing } from '../../devices/ballot/seal.ts'
import type { ShownCampaign } from '../../server/rating/campaigns/protocol.ts'
import type { ShownKey } from '../../server/rating/protocol.ts'
import type { SampledService } from '../../server/rating/samples/protocol.ts'
import { parseCsv } from '../../server/csv.ts'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize } from '../testing/every-size.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 300_000
const TEST_MS = 300_000
const TARGET_PX = 60
const [SUPERVISOR, LEADER] = ['zhou-ping', 'sun-bo'] as const
const TITLE = '行风评议（上半年）'

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser(), sealing])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

async function axeFinds(page: Page): Promise<unknown[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    return (await axe.run()).violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))
  })
}

async function smallTargets(page: Page): Promise<unknown[]> {
  const boxes = await Promise.all(
    (await page.locator('button:visible, a:visible, input:visible').all()).map(async (one) => ({
      box: await one.boundingBox(),
      text: await one.innerText(),
    })),
  )
  return boxes.filter(({ box }) => box !== null && (box.width < TARGET_PX || box.height < TARGET_PX))
}

/** What a voter's browser sends. */
async function vote(code: string, departments: readonly string[], level: Level): Promise<number> {
  const key = (await (await fetch(`${demo.url}/api/rating/key`)).json()) as ShownKey
  const content = {
    v: 1,
    questionnaire: 'conduct@1',
    level,
    answers: { clean: level },
    reasons: [],
    words: null,
  } as const
  const ballots = departments.map((department) => {
    const sealed = sealBallot({ ...content, key: null }, Buffer.from(key.publicKey, 'base64'))
    return { department, ballot: Buffer.from(sealed).toString('base64') }
  })
  const answer = await fetch(`${demo.url}/api/rating/ballot-papers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ code, key: key.id, ballots }),
  })
  return answer.status
}

async function tally(): Promise<string> {
  const root = join(import.meta.dirname, '..', '..')
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'server/cli/tally.ts')], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: join(demo.dataDir, 'demo') },
  })
  return stdout
}

test(
  'from the first word to the published result',
  async () => {
    const page = await demo.open(browser, SUPERVISOR, '/rating/campaigns')
    await page.getByRole('button', { name: '拟定评议' }).click()
    await page.getByLabel('名称').fill(TITLE)
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    await page.getByLabel('起日').fill(day(-1))
    await page.getByLabel('止日').fill(day(7))
    await page.getByLabel('第一审查调查室').check()
    await page.getByLabel('第二审查调查室').check()
    await says(page, 'form', '规范收费')
    for (const nth of [3, 2]) await page.locator('form li').nth(nth).getByRole('button', { name: '删去' }).click()
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.getByRole('button', { name: '保存' }).click()
    await says(page, '.tag', '拟定中')
    expect(await page.getByRole('button', { name: '启用' }).count()).toBe(0)

    const leader = await demo.open(browser, LEADER, '/rating/campaigns')
    await leader.getByRole('button', { name: '启用' }).click()
    await leader.getByRole('dialog').getByRole('button', { name: '启用' }).click()
    await says(leader, '.tag', '投票中')

    await page.getByLabel('发给哪一组').selectOption({ label: '服务对象' })
    await page.getByLabel('张数').fill('12')
    await page.getByRole('button', { name: '制作选票' }).click()
    await says(page, 'li', '编码不留存')
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '编码表 CSV' }).click(),
    ])
    const rows = parseCsv(await readFile(await file.path(), 'utf8')).rows.slice(1)
    const [code = '', ...others] = rows.map(([first = '']) => first)
    expect(others).toHaveLength(11)

    const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await phone.goto(`${demo.url}/ballot#${code}`)
    await says(phone, 'main', '您的选票计入：服务对象')
    expect(await smallTargets(phone)).toEqual([])
    expect(await axeFinds(phone)).toEqual([])
    await phone.getByRole('button', { name: '开始评价' }).click()
    await phone.getByRole('group', { name: '总体评价' }).getByRole('button').first().click()
    await phone.getByRole('group', { name: '清正廉洁' }).getByRole('button').nth(1).click()
    expect(await smallTargets(phone)).toEqual([])
    expect(await axeFinds(phone)).toEqual([])
    expect(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await phone.getByRole('button', { name: '下一个' }).click()
    await says(phone, 'h2', '第二审查调查室')
    await phone.getByRole('button', { name: '不了解，跳过' }).click()
    await says(phone, '.list', '非常满意')
    expect(await axeFinds(phone)).toEqual([])
    await phone.getByRole('button', { name: '提交选票' }).click()
    await says(phone, '[role="status"]', '谢谢您的评议')
    expect(phone.url()).toBe(`${demo.url}/ballot`)
    // Typed again, in small letters and without hyphens, it is known and was used.
    await phone.reload()
    await phone.getByLabel('选票编码').fill(code.toLowerCase().replaceAll('-', ''))
    await phone.getByRole('button', { name: '开始' }).click()
    await says(phone, 'main', '这张选票已经用过')

    for (const [nth, other] of others.slice(0, 9).entries())
      expect(await vote(other, ['dept-1', 'dept-2'], nth === 0 ? 2 : 4)).toBe(201)
    const { campaigns } = await demo.get<{ campaigns: ShownCampaign[] }>(SUPERVISOR, '/api/rating/campaigns')
    expect(campaigns[0]?.groups[0]).toMatchObject({ issued: 12, used: 10 })
    const { status } = await demo.post(LEADER, `/api/rating/campaigns/${campaigns[0]?.id ?? ''}/decide`, {
      what: 'close',
    })
    expect(status).toBe(200)
    expect(await tally()).toContain('账目相符')

    await leader.reload()
    const line = leader.getByRole('row', { name: /第一审查调查室/ }).first()
    await line.filter({ hasText: '90.0%' }).waitFor()
    expect(await line.innerText()).toContain('9/10')
    // Nine judged the second department: too few to be opened.
    expect(
      await leader
        .getByRole('row', { name: /第二审查调查室/ })
        .first()
        .innerText(),
    ).not.toContain('%')
    expect(await axeFinds(leader)).toEqual([])
    await fitsEverySize(leader)
    await leader.getByRole('button', { name: '发布结果' }).click()
    await leader.getByRole('dialog').getByRole('button', { name: '发布结果' }).click()
    await says(leader, '.tag', '已发布')
    for (const one of [page, leader, phone]) await one.context().close()
  },
  TEST_MS,
)

test(
  'a call-back sample: ordered, drawn, one called at the page, results once all were',
  async () => {
    for (let nth = 0; nth < 12; nth += 1) {
      const opened = await demo.post('feng-yan', '/api/rating/services', { counter: 'counter-1', number: `B-${nth}` })
      const invite = `/api/rating/services/${String(opened.body['service'])}/invite`
      expect((await demo.post('feng-yan', invite, {})).status).toBe(200)
    }
    const page = await demo.open(browser, SUPERVISOR, '/rating/samples')
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    await page.getByLabel('起日').fill(today)
    await page.getByLabel('止日').fill(today)
    await page.getByLabel('抽取件数').fill('10')
    await page.getByLabel('应完成件数').fill('10')
    await page.getByRole('button', { name: '下达抽样' }).click()
    await page.getByRole('button', { name: '抽取', exact: true }).click()
    await page.getByRole('button', { name: '记录回访' }).first().click()
    await page.getByLabel('结果').selectOption({ label: '接受回访' })
    await page.getByLabel('您对这次服务总体满意吗').selectOption({ label: '满意' })
    await page.getByLabel('除规定的以外').selectOption({ label: '有' })
    await says(page, 'dialog', '12388')
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await says(page, 'main', '完成 1 / 应完成 10')
    expect(await axeFinds(page)).toEqual([])

    const { samples } = await demo.get<{ samples: { id: string }[] }>(SUPERVISOR, '/api/rating/samples?hall=hall-1')
    const path = `/api/rating/samples/${samples[0]?.id ?? ''}`
    const { services } = await demo.get<{ services: SampledService[] }>(SUPERVISOR, `${path}/services`)
    const said = { level: 5, toldAtOnce: true, clean: true }
    for (const { service } of services.filter(({ over }) => !over))
      expect((await demo.post(SUPERVISOR, `${path}/calls`, { service, outcome: 'answered', said })).status).toBe(200)
    await page.reload()
    await says(page, '.results', '100.0%')
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.context().close()
  },
  TEST_MS,
)
