/** Deadlines as people meet them: what is late is seen by who answers, a calendar is imported, a rule is changed by two. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShownDeadline, ShownRule } from '../../../server/clock/protocol.ts'
import type { ShownLoan } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 120_000

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const rows = (page: Page) => page.getByRole('region', { name: '期限' }).locator('tbody tr')

test(
  'a supervisor sees what is late first, in words and in colour, and narrows the list to one department',
  async () => {
    const page = await demo.open(browser, 'zhou-ping', '/deadlines')
    const first = rows(page).first()
    // While it loads, rows stand there without words.
    await expect.poll(() => first.innerText()).toMatch(/已超期[^]*DL-18[^]*第一审查调查室[^]*超期/)
    expect(await first.locator('.tag[data-state="refused"]').innerText()).toContain('已超期')
    await says(page, '[data-unit="dept-1"]', '已超期 1')
    await page.getByLabel('责任部门').selectOption('dept-2')
    await expect.poll(() => rows(page).filter({ hasText: '第一审查调查室' }).count()).toBe(0)
    expect(await rows(page).filter({ hasText: '第二审查调查室' }).count()).toBeGreaterThan(0)
    await page.getByLabel('状态').selectOption('overdue')
    await says(page, 'main', '没有符合条件的期限')
    await page.context().close()
  },
  TEST_MS,
)

test(
  'an officer sees what he answers for alone, without a name or the title of a case',
  async () => {
    const page = await demo.open(browser, 'wang-qiang', '/deadlines')
    await rows(page).first().waitFor()
    const text = await page.locator('main').innerText()
    expect(text).not.toContain('第一审查调查室')
    expect(text).not.toMatch(/案$/m)
    await page.context().close()
  },
  TEST_MS,
)

test(
  'the system administrator is told of every wrong line, and imports only what is wholly right',
  async () => {
    const page = await demo.open(browser, 'xu-system', '/deadlines')
    await says(page, 'main', '2027 年的日历尚未导入')
    await page.getByRole('button', { name: '导入日历' }).click()
    const dialog = page.locator('dialog')
    await dialog.getByLabel('年份').fill('２０２７')
    await dialog.getByLabel('来源').fill('试用：2027 年安排')
    await dialog
      .getByLabel('文件内容')
      .fill('date,kind,name\n2027-01-01,off,元旦\n2027-02-30,off,春节\n2027-01-04,work,元旦')
    await dialog.getByRole('button', { name: '试读' }).click()
    await says(page, 'dialog', '2 处有误')
    await says(page, 'dialog', '第 3 行')
    await says(page, 'dialog', '2027-01-04 不是周末')
    const submit = dialog.getByRole('button', { name: '导入日历' })
    expect(await submit.isDisabled()).toBe(true)
    await dialog.getByLabel('文件内容').fill('2027-01-01,off,元旦\n2027-01-03,work,元旦\n')
    expect(await submit.isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: '试读' }).click()
    await says(page, 'dialog', '放假 1 天，调休上班 1 天')
    await submit.click()
    await says(page, '[data-calendar="2027"]', '试用：2027 年安排')
    await says(page, '[data-calendar="2027"]', demo.person('xu-system').name)
    await expect.poll(() => page.locator('main').innerText()).not.toContain('尚未导入')
    await page.context().close()
  },
  TEST_MS,
)

test(
  'the security administrator proposes another term, a supervisor confirms it, and what runs keeps its day',
  async () => {
    const before = await demo.get<{ deadlines: readonly { id: string; dueAt: string }[] }>(
      'zhou-ping',
      '/api/deadlines?limit=200',
    )
    const security = await demo.open(browser, 'an-security', '/deadlines')
    await security.getByRole('row', { name: /DL-04/ }).click()
    const dialog = security.locator('dialog')
    await dialog.getByLabel('期间').fill('20 天')
    await says(security, 'dialog', '写法应如')
    await dialog.getByLabel('期间').fill('20d')
    await dialog.getByRole('button', { name: '提出更改' }).click()
    await says(security, '[data-proposal]', '20 天')
    expect(await security.getByRole('button', { name: '确认更改' }).count()).toBe(0)

    const supervisor = await demo.open(browser, 'zhou-ping', '/deadlines')
    await says(supervisor, '[data-proposal]', /期间\s*30 天\s*20 天/)
    await supervisor.getByRole('button', { name: '确认更改' }).click()
    await supervisor.locator('[data-proposal]').waitFor({ state: 'detached' })
    await expect.poll(() => supervisor.getByRole('row', { name: /^DL-04/ }).innerText()).toMatch(/20 天[^]*第 2 版/)
    const after = await demo.get<typeof before>('zhou-ping', '/api/deadlines?limit=200')
    expect(after.deadlines.map(({ id, dueAt }) => [id, dueAt])).toEqual(
      before.deadlines.map(({ id, dueAt }) => [id, dueAt]),
    )
    await security.context().close()
    await supervisor.context().close()
  },
  TEST_MS,
)

test(
  'a supervisor reads every change of a rule before he confirms it, in words: colours, who is told, extensions and pauses too',
  async () => {
    const { rules } = await demo.get<{ rules: readonly ShownRule[] }>('an-security', '/api/deadline-rules')
    const present = rules.find(({ rule }) => rule === 'DL-06')?.terms
    if (present === undefined) throw new Error('there is no DL-06')
    const [first, ...rest] = present.ladder
    if (first === undefined) throw new Error('DL-06 has no ladder')
    const ladder = [{ ...first, colour: 'red', tell: ['responsible', 'leader'] }, ...rest.slice(0, -1)]
    const terms = { ...present, deferrable: false, extend: null, pausable: false, ladder }
    const asked = await demo.post('an-security', '/api/deadline-rules/proposals', { rule: 'DL-06', terms })
    const id = String(asked.body['id'])
    const supervisor = await demo.open(browser, 'zhou-ping', '/deadlines')
    const rowsOf = supervisor.locator(`[data-proposal="${id}"] tbody tr`)
    await rowsOf.first().waitFor()
    expect((await rowsOf.allInnerTexts()).map((text) => text.split('\t').map((cell) => cell.trim()))).toEqual([
      ['可否延期', '可以延期', '不得延期'],
      ['每次延长', '30 天，最多 1 次；机关审批', '未规定延长'],
      ['鉴定时间', '不计入期限，可中止计算', '计入期限'],
      ['提醒：到期前 5 天', '黄色提醒，告知责任人员', '红色警示，告知责任人员、上级审批领导'],
      ['提醒：超期 7 天', '红色警示，告知上级审批领导', '不提醒'],
    ])
    await supervisor.context().close()
  },
  TEST_MS,
)

test(
  'an officer asks for more time for what is late; the approver reads it on his desk and grants it; it is late no more',
  async () => {
    const { deadlines } = await demo.get<{ deadlines: readonly { id: string }[] }>(
      'zhou-ping',
      '/api/deadlines?state=overdue',
    )
    const id = deadlines[0]?.id ?? ''
    const shown = await demo.get<ShownDeadline>('zhou-ping', `/api/deadlines/${id}`)
    expect(shown.warnings.length).toBeGreaterThan(0)
    const borrower = (
      await demo.get<{ loans: readonly ShownLoan[] }>('zhou-ping', '/api/loans?overdue=true')
    ).loans.find(({ loan }) => loan === shown.matter.id)?.borrower.who
    const officer = await demo.open(browser, borrower?.replace('person/', '') ?? '', '/')
    await officer.locator('[data-work="deadline"] a').first().click()
    await says(officer, 'dialog', '已发提醒')
    const dialog = officer.locator('dialog')
    await dialog.getByRole('button', { name: '申请调用延期' }).click()
    await dialog.getByLabel('新的归还时间').fill('2026-01-01T09:00')
    await says(officer, 'dialog', '应晚于')
    // Beyond the first warning of the ladder, five days before.
    const due = new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10)
    await dialog.getByLabel('新的归还时间').fill(`${due}T09:00`)
    await dialog.getByLabel('理由').fill('鉴定尚未完成')
    await dialog.getByRole('button', { name: '提交申请' }).click()
    await says(officer, 'dialog', '已发提醒')

    const approver = await demo.open(browser, 'qian-lei', '/desk')
    const request = approver.locator('li', { hasText: '申请调用延期' }).first()
    await request.waitFor()
    expect(await request.innerText()).toMatch(new RegExp(`${shown.items[0]}[^]*${due} 09:00[^]*鉴定尚未完成`))
    await request.locator('label[data-choice="grant"]').click()
    await approver.keyboard.press('Control+Enter')
    await expect
      .poll(async () => (await demo.get<ShownDeadline>('zhou-ping', `/api/deadlines/${id}`)).standing, {
        timeout: 60_000,
      })
      .toBe('running')
    await officer.context().close()
    await approver.context().close()
  },
  TEST_MS,
)
