/** 检查、审理、执行分离 on the screens: who has another role in a tax case is offered nothing, and reads why before he presses anything. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DisposalPage } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'

const START_MS = 240_000
const TEST_MS = 180_000
/** An officer of the tax cases of the demonstration, another of them, and one of the department who has no part in them. */
const [OFFICER, SECOND, EXECUTOR] = ['wang-qiang', 'zhao-min', 'luo-jia'] as const
/** The head of the department, who decides for it. */
const HEAD = 'he-fang'
const CONFISCATED = { way: 'CONFISCATE', destination: 'treasury', opinion: '建议没收', reviewUnit: 'review' } as const
const SOLD = {
  ...{ way: 'SELL', destination: 'special-account', opinion: '易变质，建议先行变卖', appraisal: '价认〔2026〕1号' },
  sale: { ground: 'perishable', method: 'sell', estimate_fen: 500_000, holderOpinion: '同意变卖' },
} as const

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

async function done(person: string, path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await demo.post(person, path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}
/** Proposed by the officer: the paper, and its first request. */
async function proposed(item: string, more: object): Promise<{ paper: string; request: string }> {
  const body = { items: [item], suspectedCrime: false, ...more }
  const { disposal, approval } = await done(OFFICER, '/api/custody/propose-disposal', body)
  return { paper: String(disposal), request: String(approval) }
}
async function approved(item: string, more: object, approvers: readonly string[]): Promise<string> {
  const { paper } = await proposed(item, more)
  for (const approver of approvers) {
    const { waiting } = await demo.get<DisposalPage>(OFFICER, `/api/disposals/${paper}`)
    await done(approver, `/api/approvals/${waiting}/grant`, {})
  }
  return paper
}
const carriedOut = (item: string, more: object, signers: readonly string[]) => {
  const signatures = signers.map((person) => ({ badge: demo.person(person).badge, pin: demo.person(person).pin }))
  return done('chen-jing', '/api/custody/dispose', { items: [item], ...more, signatures })
}
async function stored(number: string): Promise<readonly string[]> {
  return (await demo.itemsOf(number))
    .filter(({ custody, frozen, weight_mg, fetchedBy }) => {
      return custody.value === 'IN_STORE' && !frozen && weight_mg === null && fetchedBy === null
    })
    .map(({ code }) => code)
}

test(
  'who carried out one disposal is offered no other to decide, and reads in both languages why where he opens it by its address',
  async () => {
    const [one = '', other = ''] = await stored('云税稽〔2026〕8号')
    const first = await approved(one, CONFISCATED, ['shen-yi', 'sun-bo'])
    await carriedOut(one, { payment: { voucher: '缴款书 001' } }, ['guo-tao', HEAD])
    const { request } = await proposed(other, SOLD)
    const page = await demo.open(browser, HEAD, `/desk?request=${request}`)
    await says(page, 'main', '您打开的申请')
    await says(
      page,
      '[role="alert"]',
      new RegExp(`何芳 自 \\d{4}-.*执行处置 ${first}起.*为执行人员，不得再作为审理人员`),
    )
    await says(page, '[role="alert"]', '税收征管法实施细则 85')
    await says(page, 'main', '没有等您审批的事项')
    expect(await page.getByRole('radio', { name: '同意', exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: 'English' }).click()
    await says(
      page,
      '[role="alert"]',
      new RegExp(`has been in execution .* carried out a disposal ${first}.* its review`),
    )
    await page.context().close()
  },
  TEST_MS,
)

test(
  'an officer of the case has no form to carry out what no store keeps, and reads why; one who has no part in it has the form',
  async () => {
    const [item = ''] = await stored('云税稽〔2026〕7号')
    await approved(item, SOLD, [HEAD, 'sun-bo'])
    const sale = {
      ...{ contract: '成交〔2026〕1号', price_fen: 480_000, voucher: '进账单 001', account: '专户 6222' },
      ...{ buyer: { name: '买受人丁', identity: '营业执照 91' }, belowReason: '经两次公告仅此一人应价' },
    }
    const { proceeds } = await carriedOut(item, { sale }, ['guo-tao'])
    const paper = await approved(String(proceeds), { ...CONFISCATED, way: 'RECOVER' }, ['shen-yi', 'sun-bo'])
    const officer = await demo.open(browser, SECOND, `/desk/disposals/${paper}`)
    await says(officer, 'main', '不由您执行')
    await says(officer, '[role="alert"]', /赵敏 自 .*为检查人员，不得再作为执行人员经办/)
    expect(await officer.getByLabel('PIN', { exact: true }).count()).toBe(0)
    await officer.context().close()
    const executor = await demo.open(browser, EXECUTOR, `/desk/disposals/${paper}`)
    await executor.getByLabel('PIN', { exact: true }).first().waitFor()
    expect(await executor.getByText('不由您执行').count()).toBe(0)
    await executor.context().close()
  },
  TEST_MS,
)
