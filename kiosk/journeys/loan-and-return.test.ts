/** Journey 3: asked for at the desk, granted by another person, fetched and brought back at the bench, compared with how it went out. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemCode } from '../../server/demo/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { type Hands, handsAt, row, rowSays, says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云纪立〔2026〕1号'
/** A watch of this case went out days ago and should be back. */
const LATE_CASE = '云监立〔2026〕2号'
const [NECKLACE, WATCH] = ['白金项链', '劳力士手表'] as const
const LATE = '百达翡丽手表'
const ANOTHER = '紫砂壶'
const BENCH = { scanner: 'scanner-1', badge: 'badge-1' } as const
const DAY_MS = 86_400_000
const LIGHTER_BY_MG = 2_000
/** How much later one of two answers comes that a page reads side by side. */
const LATE_MS = 1_500
const REASON = '送省鉴定中心鉴定成色'

let demo: Demonstration
let browser: Browser
let officer: Page
let casePage: Page
let hands: Hands
let goods: ReadonlyMap<string, ItemCode>
let drawer = { payload: '', name: '' }

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  goods = new Map((await demo.itemsOf(CASE)).map((item) => [item.name, item]))
  drawer = (await demo.codes()).locations.find(({ storageClass }) => storageClass === 'precious') ?? drawer
  officer = await demo.open(browser, 'zhang-wei', '/desk')
  casePage = await officer.context().newPage()
  await casePage.goto(`${demo.url}/desk/cases/${encodeURIComponent(CASE)}`)
  hands = await handsAt(demo, await demo.openBench(browser, 'bench-1'), BENCH)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const of = (name: string): ItemCode => {
  const item = goods.get(name)
  if (item === undefined) throw new Error(`${CASE} has no ${name}`)
  return item
}

test(
  'the officer asks for two loans; each waits under his requests, and he has nothing to decide',
  async () => {
    await askFor(NECKLACE)
    await askFor(WATCH)
    const mine = section('我的申请')
    await says(officer, mine, of(NECKLACE).code)
    await says(officer, mine, of(WATCH).code)
    await says(officer, mine, '待审批')
    expect(await officer.locator(section('待我审批')).count()).toBe(0)
  },
  TEST_MS,
)

test(
  'the requester cannot grant his own request, past the screen either',
  async () => {
    const approval = await approvalOf(NECKLACE)
    const answer = await demo.post('zhang-wei', `/api/approvals/${approval}/grant`, {})
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ code: expect.stringMatching(/^(approvals|access)\./) as string })
    expect(await stateOf(approval)).toBe('asked')
    await hands.signIn('chen-jing')
    await hands.scan(of(NECKLACE).payload)
    await hands.taken(`${NECKLACE}：在库`)
    await says(hands.page, '.bench[data-ask="scan-anything"]', NECKLACE)
  },
  TEST_MS,
)

test(
  'the approver sees what, whose, why and until when on one page, and grants both at once',
  async () => {
    const desk = await demo.open(browser, 'sun-bo', '/desk')
    const waiting = section('待我审批')
    for (const name of [NECKLACE, WATCH]) {
      const request = desk.locator(`${waiting} li`, { has: desk.locator(`a[href$="${of(name).code}"]`) }).first()
      await request.waitFor()
      for (const word of ['调用 1 件物品', '张伟（第一审查调查室）', CASE, '鉴定', '归还期限', REASON, name])
        await request.filter({ hasText: word }).waitFor()
      await request.getByRole('radio', { name: '同意', exact: true }).check()
      await request.getByLabel('意见').fill('同意，按期归还')
    }
    await desk.getByRole('button', { name: '提交 2 项决定' }).click()
    await says(desk, '.region', '已同意')
    await says(officer, `${section('我的申请')} li:has(a[href$="${of(NECKLACE).code}"])`, /已批准.*孙博/s)
    await says(officer, `${section('我的申请')} li:has(a[href$="${of(WATCH).code}"])`, '已批准')
    await desk.context().close()
  },
  TEST_MS,
)

test(
  'at the bench the borrower signs with badge and PIN, the custodian confirms, and it is out with its due time',
  async () => {
    await handOut(NECKLACE)
    await rowSays(casePage, of(NECKLACE).code, '调用', '张伟')
    await handOut(WATCH)
    await rowSays(casePage, of(WATCH).code, '调用', '张伟')
    const item = await demo.get<{ loan: { dueAt: string } }>('zhang-wei', `/api/items/${of(NECKLACE).code}`)
    const days = (Date.parse(item.loan.dueAt) - Date.now()) / DAY_MS
    expect(days).toBeGreaterThan(1)
    expect(days).toBeLessThan(5)
  },
  TEST_MS,
)

test(
  'a custodian or a stranger to the case cannot fetch or return',
  async () => {
    await hands.scan(of(NECKLACE).payload)
    await hands.asked('请归还人刷工牌')
    await says(hands.page, 'section.item dl', '应还')
    await hands.scan(demo.person('chen-jing').badge)
    await hands.refused('custody.same-person', '陈静')
    await hands.badge('wang-qiang')
    await hands.refused('custody.returner', '王强')
    await hands.asked('请归还人刷工牌')
    await hands.card('CANCEL')
    await hands.taken('已取消，没有登记任何内容')
  },
  TEST_MS,
)

test(
  'what is late is shown as late, at the desk and at the bench',
  async () => {
    const late = (await demo.itemsOf(LATE_CASE)).find(({ name }) => name === LATE)
    await says(officer, `${section('超期未还')} li:has(a[href$="${late?.code}"])`, '已超期 1 天')
    await hands.scan(late?.payload ?? '')
    await hands.asked('请归还人刷工牌')
    await says(hands.page, 'section.item .states [data-state="fault"]', '已逾期')
    await hands.page.getByRole('button', { name: '取消办理' }).click()
    await hands.taken('已取消，没有登记任何内容')
  },
  TEST_MS,
)

test(
  'brought back with the same weight, seal and condition it is in store again',
  async () => {
    await compareReturn(NECKLACE, of(NECKLACE).weight_mg ?? 0)
    await hands.asked('请扫描库位')
    for (const point of ['weight', 'seal', 'condition'])
      await hands.page.locator(`[data-point="${point}"][data-verdict="same"]`).waitFor()
    await hands.scan(drawer.payload)
    await hands.taken(`${NECKLACE} 已归还，存 ${drawer.name}`)
    await rowSays(casePage, of(NECKLACE).code, '在库')
  },
  TEST_MS,
)

test(
  'two grams lighter the return stops: an incident, the item frozen, both heads told',
  async () => {
    await compareReturn(WATCH, (of(WATCH).weight_mg ?? 0) - LIGHTER_BY_MG)
    await hands.asked('与借出时不符，不能入库')
    await hands.page.locator('[data-point="weight"][data-verdict="different"]').waitFor()
    await hands.page.locator('[data-point="seal"][data-verdict="same"]').waitFor()
    await hands.card('CANCEL')
    await hands.refused('custody.difference-open', '不能取消或撤销')
    await hands.card('REFUSE')
    await hands.asked('登记异常？登记后冻结')
    await hands.card('CONFIRM')
    await hands.refused(
      'custody.return-stopped',
      '未入库，已登记异常并冻结，已通知双方负责人',
      '公安机关涉案财物管理若干规定',
    )
    await rowSays(casePage, of(WATCH).code, '异常冻结')

    await hands.scan(of(WATCH).payload)
    await hands.taken('有未了结的异常')
    for (const head of ['qian-lei', 'guo-tao']) {
      const desk = await demo.open(browser, head, '/desk')
      await says(desk, `${section('异常通知')} li:has(a[href$="${of(WATCH).code}"])`, '1 件物品登记异常，已冻结')
      await desk.context().close()
    }
  },
  TEST_MS,
)

test(
  'an approver concludes the incident on the desk: neither borrower nor custodian can; officer and custodian read the outcome',
  async () => {
    const conclude = { items: [of(WATCH).code], conclusion: '经查系表带一节脱落，已找回补正', takeAsFound: true }
    for (const person of ['zhang-wei', 'chen-jing']) {
      const { status, body } = await demo.post(person, '/api/custody/resolve', conclude)
      expect(status, JSON.stringify(body)).toBe(403)
    }
    // The line of the conclusion may come before the line of the open incident has gone: both stand there for a moment.
    await officer.route(/\/api\/incidents\?(?!.*state=)/, async (route) => {
      await pause(LATE_MS)
      await route.continue()
    })
    const desk = await demo.open(browser, 'sun-bo', '/desk')
    const waiting = desk.locator(`${section('待我处理的异常')} li:has(form)`, { hasText: of(WATCH).code })
    for (const word of ['短少', CASE, '陈静', '张伟', '钱磊', '郭涛']) await waiting.filter({ hasText: word }).waitFor()
    await waiting.locator('[data-point="weight"][data-verdict="different"]').waitFor()
    const submit = waiting.getByRole('button', { name: '作出结论并解除冻结' })
    await waiting.getByLabel('结论').fill(conclude.conclusion)
    expect(await submit.isDisabled()).toBe(true)
    await waiting.getByRole('radio', { name: /^以发现的 .* 克为准$/ }).check()
    await submit.click()
    const asking = desk.getByRole('dialog')
    for (const word of [WATCH, conclude.conclusion, '以发现的', '物品解除冻结', '不能更改，也不能撤回'])
      await asking.filter({ hasText: word }).waitFor()
    await asking.getByRole('button', { name: '返回修改' }).click()
    await asking.waitFor({ state: 'detached' })
    await submit.click()
    await asking.getByRole('button', { name: '确认作出结论' }).click()
    await says(desk, '.region', `${WATCH}的异常已有结论，已解除冻结`)
    await waiting.waitFor({ state: 'detached' })
    await desk.context().close()
    await says(
      officer,
      `${section('异常处理')} li:has(a[href$="${of(WATCH).code}"])`,
      /短少：已有结论.*孙博.*已找回补正/s,
    )
    const keeper = await demo.open(browser, 'chen-jing', '/desk')
    await says(keeper, `${section('异常处理')} li:has(a[href$="${of(WATCH).code}"])`, conclude.conclusion)
    await keeper.context().close()
    await row(casePage, of(WATCH).code).filter({ hasNotText: '异常冻结' }).waitFor()

    await compareReturn(WATCH, (of(WATCH).weight_mg ?? 0) - LIGHTER_BY_MG)
    await hands.asked('请扫描库位')
    await hands.scan(drawer.payload)
    await hands.taken(`${WATCH} 已归还，存 ${drawer.name}`)
    await rowSays(casePage, of(WATCH).code, '在库')
  },
  TEST_MS,
)

test(
  'what is written between the reading of a page and the opening of its line is on it all the same',
  async () => {
    const { promise: opened, resolve: open } = Promise.withResolvers<undefined>()
    const late = await officer.context().newPage()
    await late.routeWebSocket(/\/api\/live/, async (line) => {
      await opened
      line.connectToServer()
    })
    await late.goto(`${demo.url}/desk`)
    await says(late, section('我的申请'), of(WATCH).code)
    const dueAt = new Date(Date.now() + DAY_MS).toISOString()
    const deed = { command: 'borrow', items: [of(ANOTHER).code], dueAt, purpose: 'APPRAISAL' }
    const { status, body } = await demo.post('zhang-wei', '/api/approvals', { deed, reason: REASON })
    expect(status, JSON.stringify(body)).toBe(201)
    open(undefined)
    await says(late, section('我的申请'), of(ANOTHER).code)
    await late.close()
  },
  TEST_MS,
)

/** A part of a desk page, by its heading. */
function section(title: string): string {
  return `section:has(> .head h2:has-text("${title}"))`
}

async function askFor(name: string): Promise<void> {
  await row(casePage, of(name).code).getByRole('checkbox').check()
  await casePage.getByRole('button', { name: '申请调用 1 件 F9' }).click()
  const asking = casePage.getByRole('dialog')
  await asking.getByLabel('事由').selectOption({ label: '鉴定' })
  await asking.getByLabel('理由').fill(REASON)
  await asking.getByRole('button', { name: '提出申请' }).click()
  await says(casePage, '.region', '申请已提出，等待审批')
  await asking.waitFor({ state: 'detached' })
  await row(casePage, of(name).code).getByRole('checkbox', { checked: false }).waitFor()
}

interface ListedApproval {
  readonly id: string
  readonly state: string
  readonly deed: { readonly items: readonly string[] }
}

async function approvals(): Promise<readonly ListedApproval[]> {
  return (await demo.get<{ approvals: ListedApproval[] }>('zhang-wei', '/api/approvals')).approvals
}

async function approvalOf(name: string): Promise<string> {
  const found = (await approvals()).find(({ deed }) => deed.items.includes(of(name).code))
  if (found === undefined) throw new Error(`nobody asked for ${name}`)
  return found.id
}

async function stateOf(approval: string): Promise<string | undefined> {
  return (await approvals()).find(({ id }) => id === approval)?.state
}

async function handOut(name: string): Promise<void> {
  // What was weighed before is taken off.
  await demo.emulate('scale-1', { weigh_mg: 0 })
  await hands.scan(of(name).payload)
  await hands.taken(`${name}：已批准调用`)
  await hands.badge('zhang-wei')
  await hands.pin('zhang-wei')
  await hands.taken(`张伟 已签收，请把 ${name} 放上电子秤`)
  await says(hands.page, '[data-pan="empty"]', '秤上是空的')
  await demo.emulate('scale-1', { weigh_mg: of(name).weight_mg ?? 0 })
  await hands.taken('相符；确认由 张伟 领走')
  await hands.card('CONFIRM')
  await hands.taken('出库 1 件，由 张伟 领走')
}

/** The officer brings an item back; it is weighed, its seal and its condition are as they were. */
async function compareReturn(name: string, weight_mg: number): Promise<void> {
  // What was weighed before is taken off; what comes back is put on when the scale is seen to be empty.
  await demo.emulate('scale-1', { weigh_mg: 0 })
  await hands.scan(of(name).payload)
  await hands.asked('请归还人刷工牌')
  await hands.badge('zhang-wei')
  await hands.pin('zhang-wei')
  await says(hands.page, '[data-pan="empty"]', '秤上是空的')
  await demo.emulate('scale-1', { weigh_mg: weight_mg })
  await hands.asked('封条完好')
  await hands.press('完好')
  await hands.asked('外观与照片一致？')
  await hands.press('一致')
}
