/** Journey 8: what is in the store leaves it lawfully, by proposal, review, approval and act, and the case is closed when nothing is left. */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount, ItemCard } from '../../server/custody/protocol.ts'
import type { ItemCode } from '../../server/demo/protocol.ts'
import type { WorkPage } from '../../server/inbox/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕2号'
const CASE_PATH = `/desk/cases/${encodeURIComponent(CASE)}`
/** Where pictures of the screens go, for whoever wants to look at them. */
const PICTURES = process.env['JOURNEY_PICTURES']

let demo: Demonstration
let browser: Browser
let item: ItemCode
let disposal = ''
/** The item that a complaint is about. */
let disputed = ''

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const found = (await demo.itemsOf(CASE)).find(({ name }) => name === 'U盘')
  if (found === undefined) throw new Error(`${CASE} has no such item`)
  item = found
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}

async function choose(page: Page, label: string, words: string): Promise<void> {
  await page.getByLabel(label).selectOption({ label: words })
}

/** The proposals of a case, by their codes; a request that waits leads to its proposal too. */
const proposalsOf = (page: Page) => page.locator('a[href^="/desk/disposals/"]', { hasText: /^\s*D\w{13}\s*$/ })

/** Badge and PIN of others, each in a line of its own. */
async function sign(page: Page, ...people: readonly string[]): Promise<void> {
  for (const [index, id] of people.entries()) {
    if (index > 0) await page.getByRole('button', { name: '再加一人' }).click()
    const { badge, pin } = demo.person(id)
    await page.getByLabel('工牌', { exact: true }).nth(index).fill(badge)
    await page.getByLabel('PIN', { exact: true }).nth(index).fill(pin)
  }
}

test(
  'an officer corrects what he typed wrongly, from the item’s page, signed by a second officer and the custodian',
  async () => {
    const page = await demo.open(browser, 'zhang-wei', `/supervise/items/${item.code}`)
    await says(page, 'article h2', item.name)
    await page.keyboard.press('F2')
    await says(page, 'dialog h2', '办理')
    await page.getByLabel('红字更正').check()
    await page.getByLabel('名称').fill('加密U盘')
    await page.getByLabel('原因').fill('登记时漏写')
    await picture(page, '1-correct')
    await sign(page, 'li-na')
    await page.keyboard.press('Enter')
    await says(page, 'dialog', 'custody.keeper-signature')
    await page.getByRole('button', { name: '再加一人' }).click()
    const { badge, pin } = demo.person('chen-jing')
    await page.getByLabel('工牌', { exact: true }).nth(1).fill(badge)
    await page.getByLabel('PIN', { exact: true }).nth(1).fill(pin)
    await page.keyboard.press('Enter')
    await says(page, 'article h2', '加密U盘')
    await says(page, 'article', '物品卡待重打')
    await says(page, '[aria-label="流转经过"]', '原为 U盘，更正为 加密U盘')
    await picture(page, '2-corrected')
    await page.goto(`${demo.url}${CASE_PATH}/cards?items=${item.code}`)
    await says(page, 'main', `${item.code} 的物品卡上还是更正或重封以前的内容`)
    await picture(page, '3-card-stale')
    await page.getByRole('button', { name: '重新打印', exact: true }).click()
    await page.getByLabel('重新打印的原因').fill('更正')
    await page.getByRole('dialog').getByRole('button', { name: '重新打印 1 张' }).click()
    await expect
      .poll(async () => (await demo.get<ItemCard>('zhang-wei', `/api/items/${item.code}`)).cardStale, {
        timeout: TEST_MS / 4,
      })
      .toBe(false)
  },
  TEST_MS,
)

test(
  'he proposes that the item is confiscated, to be reviewed by the office for that',
  async () => {
    const page = await demo.open(browser, 'zhang-wei', CASE_PATH)
    await page.locator('tbody tr', { hasText: item.code }).locator('input[type="checkbox"]').check()
    await page.getByRole('button', { name: '提出处置 1 件' }).click()
    await choose(page, '处置方式', '没收')
    await choose(page, '审理部门', '案件审理室')
    await page.getByLabel('处置意见').fill('用于存储往来账目，属违法所得的凭证')
    await picture(page, '4-propose')
    await page.getByRole('dialog').getByRole('button', { name: '提出', exact: true }).click()
    const link = proposalsOf(page).first()
    await link.waitFor()
    disposal = (await link.innerText()).trim()
    await picture(page, '5-case')
    await link.click()
    await says(page, 'main', '待审理、审批')
    await says(page, 'main', '案件审理室')
    await picture(page, '6-proposed')
  },
  TEST_MS,
)

test(
  'the office reviews, the organ approves, each at his own desk',
  async () => {
    for (const [person, words, name] of [
      ['shen-yi', '审理处置', '7-review'],
      ['sun-bo', '批准处置', '8-approve'],
    ] as const) {
      const page = await demo.open(browser, person, '/desk')
      const asked = page.locator('main li', { hasText: words }).filter({ hasText: item.code })
      await asked.first().waitFor()
      await picture(page, name)
      await asked.first().locator('label[data-choice="grant"]').click()
      await page.keyboard.press('Control+Enter')
      await asked.first().waitFor({ state: 'detached' })
      await page.context().close()
    }
    const page = await demo.open(browser, 'zhang-wei', `/desk/disposals/${disposal}`)
    await says(page, 'main', '已批准，待执行')
  },
  TEST_MS,
)

test(
  'the custodian carries it out with the voucher and somebody of finance, and strikes it off',
  async () => {
    const page = await demo.open(browser, 'chen-jing', `/desk/disposals/${disposal}`)
    await page.getByLabel('缴款书或支付凭证号').fill('国库缴字〔2026〕8号')
    await sign(page, 'guo-tao')
    await picture(page, '9-carry-out')
    await page.getByRole('button', { name: '执行 1 件' }).click()
    await says(page, 'main', '已执行')
    await page.getByRole('button', { name: '销账 1 件' }).click()
    await says(page, '[role="status"], [aria-live]', '已销账')
    await picture(page, '10-struck-off')
    const card = await demo.get<ItemCard>('zhang-wei', `/api/items/${item.code}`)
    expect(card).toMatchObject({ custodyStatus: { value: 'OUT' }, dispositionStatus: { value: 'CLOSED' } })
  },
  TEST_MS,
)

test(
  'the gate tells what is still in the way and whose turn it is, and lets nothing through',
  async () => {
    const account = await demo.get<CaseAccount>('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}`)
    expect(account.ledger.balances).toBe(true)
    expect(account.blocks.map((block) => block.item)).not.toContain(item.code)
    const page = await demo.open(browser, 'zhang-wei', CASE_PATH)
    await says(page, 'main', '试算平衡')
    await page.getByText('结案前须了结').click()
    await picture(page, '11-gate')
    expect(await page.getByRole('button', { name: '案结物清，结案' }).count()).toBe(0)
    const refused = await demo.post('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}/close`, {})
    expect(refused).toMatchObject({ status: 409, body: { code: 'custody.case-not-clean' } })
  },
  TEST_MS,
)

test(
  'a complaint about an item is accepted by the supervisor and upheld by an approver; the officers are told to put it right',
  async () => {
    const account = await demo.get<CaseAccount>('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}`)
    const of = account.items.find(({ custody, disputed }) => custody.value === 'IN_STORE' && !disputed)
    if (of === undefined) throw new Error('nothing of the case is in store')
    disputed = of.code
    const path = `/supervise/items/${of.code}`
    const accepting = await demo.open(browser, 'zhou-ping', path)
    await accepting.getByRole('button', { name: '受理申诉' }).click()
    await choose(accepting, '申诉事由', '对无关财物采取措施')
    await accepting.getByLabel('申诉内容').fill('与案件无关')
    await picture(accepting, '12-complaint')
    await accepting.getByRole('dialog').getByRole('button', { name: '受理申诉' }).click()
    await says(accepting, 'main', '申诉未处理')
    await accepting.context().close()
    const deciding = await demo.open(browser, 'qian-lei', path)
    await deciding.getByRole('button', { name: '处理申诉' }).click()
    await choose(deciding, '处理决定', '申诉成立')
    await deciding.getByLabel('理由和处理意见').fill('查明无关，应予返还')
    await deciding.getByRole('dialog').getByRole('button', { name: '处理申诉' }).click()
    await says(deciding, 'main', '申诉成立，待纠正')
    await picture(deciding, '13-upheld')
    const { work } = await demo.get<WorkPage>('zhang-wei', '/api/work')
    expect(work.filter(({ kind }) => kind === 'complaint').map(({ id }) => id)).toEqual([of.code])
  },
  TEST_MS,
)

test(
  'it goes to appraisal with an officer of the case and comes back compared, with the report and the value',
  async () => {
    const page = await demo.open(browser, 'chen-jing', `/supervise/items/${disputed}`)
    await page.getByRole('button', { name: '送鉴定' }).click()
    await page.getByLabel('鉴定机构').fill('云州市价格认定中心')
    await page.getByLabel('鉴定委托书号').fill('云委字〔2026〕3号')
    const due = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 16)
    await page.getByLabel('应返回时间').fill(due)
    await sign(page, 'zhang-wei')
    await picture(page, '14-appraisal')
    await page.getByRole('dialog').getByRole('button', { name: '送鉴定' }).click()
    await says(page, 'main', '送鉴定在外')
    await page.getByRole('button', { name: '鉴定返回' }).click()
    await page.getByLabel('鉴定文书号').fill('云价认〔2026〕3号')
    await page.getByLabel('鉴定价值').fill('80000.50')
    const card = await demo.get<ItemCard>('chen-jing', `/api/items/${disputed}`)
    const weight = card.weights.at(-1)
    if (card.weighed && weight !== undefined) await page.getByLabel('重量（克）').fill(String(weight.weight_mg / 1_000))
    if (card.sealStatus.value === 'SEALED' || card.sealStatus.value === 'RESEALED') await choose(page, '封条', '完好')
    await choose(page, '外观', '与送出时一致')
    await page.getByLabel('存放位置').selectOption({ index: 1 })
    await sign(page, 'zhang-wei')
    await picture(page, '15-returned')
    await page.getByRole('dialog').getByRole('button', { name: '鉴定返回' }).click()
    await says(page, 'main', '80,000.50')
    expect(await demo.get<ItemCard>('chen-jing', `/api/items/${disputed}`)).toMatchObject({
      ...{ custodyStatus: { value: 'IN_STORE' }, appraisal: null },
      appraised: [{ report: '云价认〔2026〕3号', value_fen: 8_000_050 }],
    })
  },
  TEST_MS,
)

test(
  'a proposal is taken back by whoever made it, and its paper says so',
  async () => {
    const page = await demo.open(browser, 'zhang-wei', CASE_PATH)
    await page.locator('tbody tr', { hasText: disputed }).locator('input[type="checkbox"]').check()
    await page.getByRole('button', { name: '提出处置 1 件' }).click()
    await choose(page, '处置方式', '没收')
    await choose(page, '审理部门', '案件审理室')
    await page.getByLabel('处置意见').fill('误提')
    await page.getByRole('dialog').getByRole('button', { name: '提出', exact: true }).click()
    const link = proposalsOf(page).filter({ hasNotText: disposal }).first()
    await link.waitFor()
    await link.click()
    await page.getByRole('button', { name: '撤回申请' }).click()
    await picture(page, '16-withdraw')
    await page.getByRole('button', { name: '确认撤回' }).click()
    await says(page, 'main', '此处置审批单不再有效')
    const card = await demo.get<ItemCard>('zhang-wei', `/api/items/${disputed}`)
    expect(card.dispositionStatus.value).toBe('NONE')
  },
  TEST_MS,
)
