/**
 * A campaign: written by one and opened by another, papers made for its voters, one cast on a phone, counted once it is over, published; papers filled in
 * by hand; more time for an answer; a call-back.
 */

import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Level } from '../../devices/ballot/ballot.ts'
import { sealBallot, sealing } from '../../devices/ballot/seal.ts'
import { codesOf } from '../../server/rating/campaigns/codes.ts'
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

/** Overall levels by sheet, each by its place on the line, typed by figures one sheet after the other. */
async function typeIn(page: Page, levels: readonly number[]): Promise<void> {
  for (const [nth, chosen] of levels.entries()) {
    await says(page, 'form', `第 ${nth + 1} 张`)
    const marks = page.getByRole('radiogroup', { name: '总体评价' }).getByRole('radio')
    await marks.last().focus()
    await page.keyboard.press(String(chosen + 1))
    await expect.poll(() => marks.nth(chosen).isChecked()).toBe(true)
    // The next line is at hand at once.
    await expect.poll(() => marks.nth(chosen).evaluate((mark) => mark === document.activeElement)).toBe(false)
    if (nth < levels.length - 1) await page.getByRole('button', { name: '下一张' }).click()
  }
  await page.getByRole('button', { name: `提交 ${levels.length} 张` }).click()
}

test(
  'papers filled in by hand: ticked off a list, codes given up for them, typed by two, compared, one box taken back',
  async () => {
    const title = '手填评议'
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const group = { name: '服务对象', target: 12, weight: null }
    const content = {
      ...{ title, from: day(-1), to: day(7), questionnaire: 'conduct@1', departments: ['dept-1'], onPaper: true },
      groups: [group, { ...group, name: '群众代表' }],
    }
    const written = await demo.post(SUPERVISOR, '/api/rating/campaigns', { unit: 'organ', content })
    const campaign = `/api/rating/campaigns/${String(written.body['campaign'])}`
    expect((await demo.post(LEADER, `${campaign}/decide`, { what: 'open' })).status).toBe(200)
    const seed = '7'.repeat(64)
    expect((await demo.post(SUPERVISOR, `${campaign}/issues`, { group: 'g1', count: 12, seed })).status).toBe(201)

    const page = await demo.open(browser, SUPERVISOR, '/rating/campaigns')
    const panel = page.getByRole('region', { name: title })
    await panel.getByText('发放名单').click()
    const list = panel.locator('form').filter({ hasText: '姓名，一行一个' })
    await list.getByLabel('发给哪一组').selectOption({ label: '服务对象' })
    await list.getByLabel('姓名').fill('甲某\n乙某\n丙某')
    await list.getByRole('button', { name: '保存名单' }).click()
    await panel.getByLabel('乙某').check()
    await panel.getByText('已发 1，共 3 人').waitFor()
    expect(await axeFinds(page)).toEqual([])

    // A sheet more than codes were given up for is in no box.
    const codes = codesOf(seed, 12)
    await panel.locator('summary', { hasText: '换领纸质选票' }).click()
    await panel.getByLabel('交回的选票编码').fill(codes.slice(0, 10).join('\n'))
    await panel.getByRole('button', { name: '登记换领' }).click()
    await panel.getByText('换领纸质 10').waitFor()
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    expect(await vote(codes[0] ?? '', ['dept-1'], 5)).toBe(409)
    const openBox = async (sheets: number): Promise<void> => {
      await panel.getByRole('button', { name: '登记一箱手填选票' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('发给哪一组').selectOption({ label: '服务对象' })
      await dialog.getByLabel('清点张数').fill(String(sheets))
      for (const name of ['陈静', '刘洋'])
        if (!(await dialog.getByLabel(name).isChecked())) await dialog.getByLabel(name).check()
      await dialog.getByRole('button', { name: '登记一箱手填选票' }).click()
    }
    await openBox(11)
    await says(page, 'dialog', '不能再多')
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    await openBox(10)
    await says(page, '[role="status"]', '已登记')

    // Counted wrong: taken back with a reason, and counted anew.
    const boxes = await demo.open(browser, SUPERVISOR, '/rating/paper-boxes')
    await boxes.getByRole('button', { name: '撤回这一箱' }).click()
    await boxes.getByRole('dialog').getByLabel('撤回原因').fill('清点有误')
    expect(await axeFinds(boxes)).toEqual([])
    await fitsEverySize(boxes)
    await boxes.getByRole('dialog').getByRole('button', { name: '撤回这一箱' }).click()
    await says(boxes, '.tag', '已撤回，不计票')
    await openBox(10)
    await boxes.locator('.tag', { hasText: '待首次录入' }).waitFor()

    const [first, second] = [
      await demo.open(browser, 'chen-jing', '/rating/paper-boxes'),
      await demo.open(browser, 'liu-yang', '/rating/paper-boxes'),
    ]
    const read: readonly number[] = Array.from({ length: 10 }, (_, nth) => (nth < 2 ? 1 : 0))
    await first.getByRole('button', { name: '录入', exact: true }).click()
    await first.getByRole('radiogroup', { name: '总体评价' }).getByRole('radio').first().check()
    expect(await axeFinds(first)).toEqual([])
    await fitsEverySize(first)
    // What was typed is not dropped by one press.
    await first.getByRole('button', { name: '取消' }).click()
    await says(first, 'dialog', '已录的 1 张尚未提交')
    expect(await axeFinds(first)).toEqual([])
    await first.getByRole('dialog').getByRole('button', { name: '继续录入' }).click()
    await typeIn(first, read)
    await says(first, '.tag', '待第二人录入')
    await second.getByRole('button', { name: '录入', exact: true }).click()
    await typeIn(second, read.with(4, 3))
    await says(second, '.tag', '不一致')

    const leader = await demo.open(browser, LEADER, '/rating/paper-boxes')
    await leader.getByRole('button', { name: '复核', exact: true }).click()
    await says(leader, 'form', '第 5 张')
    await leader.getByRole('radiogroup', { name: '总体评价' }).getByRole('radio').first().check()
    await leader.getByRole('button', { name: '提交 1 张' }).click()
    await leader.locator('.tag', { hasText: '已密封' }).waitFor()
    expect(await axeFinds(leader)).toEqual([])
    await fitsEverySize(leader)
    for (const one of [page, boxes, first, second, leader]) await one.context().close()
  },
  TEST_MS,
)

test(
  'ratings of a hall on paper are typed in by the same form: nothing that was typed is dropped by one press',
  async () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const box = { counter: 'counter-1', clerk: 'wu-xia', from: today, to: today, sheets: 10 }
    expect((await demo.post('feng-yan', '/api/rating/boxes', box)).status).toBe(201)
    const page = await demo.open(browser, 'feng-yan', '/rating/boxes')
    await page.getByRole('button', { name: '录入', exact: true }).click()
    await says(page, 'form', '进度 1/10')
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.getByLabel('办理太慢').check()
    await page.getByRole('button', { name: '取消' }).click()
    await says(page, 'dialog', '已录的 1 张尚未提交')
    await page.getByRole('dialog').getByRole('button', { name: '继续录入' }).click()
    await typeIn(page, [0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
    await says(page, '.tag', '待第二人录入')
    await says(page, 'li', '录入：冯岩')
    await page.context().close()
  },
  TEST_MS,
)

test(
  'an answer that takes longer: more time is asked for at its page, decided by another, and stands there',
  async () => {
    const opened = await demo.post('feng-yan', '/api/rating/services', { counter: 'counter-1' })
    const invite = `/api/rating/services/${String(opened.body['service'])}/invite`
    const { token } = (await demo.post('feng-yan', invite, {})).body as { token: string }
    const asked = { token, contact: '13800000000', words: '材料交了三次' }
    expect((await demo.post('feng-yan', '/api/rating/answers', asked)).status).toBe(201)
    const page = await demo.open(browser, 'feng-yan', '/rating/follow-ups')
    await page.getByRole('button', { name: '申请延期' }).first().click()
    await page.getByRole('dialog').getByLabel('延期理由').fill('需向市局调档')
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.getByRole('dialog').getByRole('button', { name: '确认' }).click()
    await page.getByText('需向市局调档').waitFor()
    await page.getByText('待审批').waitFor()
    const { approvals } = await demo.get<{ approvals: { id: string; deed: { command: string } }[] }>(
      LEADER,
      '/api/approvals',
    )
    const one = approvals.find(({ deed }) => deed.command === 'extend-deadline')
    expect((await demo.post(LEADER, `/api/approvals/${one?.id ?? ''}/grant`, {})).status).toBe(200)
    await page.getByText('已批准').waitFor()
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.context().close()
  },
  TEST_MS,
)

test(
  'a call-back sample: ordered, drawn, one called at the page, results once all were',
  async () => {
    // Both days of a midnight that may come while it runs.
    const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const from = today()
    for (let nth = 0; nth < 12; nth += 1) {
      const opened = await demo.post('feng-yan', '/api/rating/services', { counter: 'counter-1', number: `B-${nth}` })
      const invite = `/api/rating/services/${String(opened.body['service'])}/invite`
      expect((await demo.post('feng-yan', invite, {})).status).toBe(200)
    }
    const page = await demo.open(browser, SUPERVISOR, '/rating/samples')
    await page.getByLabel('起日').fill(from)
    await page.getByLabel('止日').fill(today())
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
