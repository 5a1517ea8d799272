/** 待我审批: what an approver writes on a request outlives what others do with that request in the meantime. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShownApproval } from '../../../server/approvals/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize, inEnglish } from '../../testing/every-size.ts'
import { axeFinds } from '../../testing/usable.ts'
import { isTaken, withStaying } from './overtaken.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const DAY_MS = 86_400_000
const STORED_CASE = '云纪立〔2026〕1号'
/** Who holds the post of the department still reads what was decided there; who is above it reads only what waits. */
const [OFFICER, DEPARTMENT, ORGAN] = ['zhang-wei', 'qian-lei', 'sun-bo'] as const
const OPINION = '价值尚未认定，先不出库'

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

/** A loan of something that nobody else asks for: what is asked for twice at a time is refused. */
async function ask(): Promise<string> {
  const stored = (await demo.itemsOf(STORED_CASE)).filter(({ custody }) => custody.value === 'IN_STORE')
  const dueAt = new Date(Date.now() + 3 * DAY_MS).toISOString()
  for (const { code } of stored) {
    const deed = { command: 'borrow', items: [code], dueAt, purpose: 'COURT' }
    const { status, body } = await demo.post(OFFICER, '/api/approvals', { deed, reason: '庭审示证' })
    if (status === 201) return String(body['id'])
    expect(status, JSON.stringify(body)).toBe(409)
  }
  throw new Error(`nothing of ${STORED_CASE} is free to be asked for`)
}

const rowOf = (id: string): string => `[data-decides="${id}"]`

async function write(page: Page, id: string): Promise<void> {
  const row = page.locator(rowOf(id))
  await row.locator('[data-choice="refuse"]').click()
  await row.getByLabel('意见').fill(OPINION)
}

async function send(person: string, id: string, verdict: 'grant' | 'withdraw'): Promise<void> {
  const { status, body } = await demo.post(person, `/api/approvals/${id}/${verdict}`, {})
  expect(status, JSON.stringify(body)).toBe(200)
}

test('what stays stands where it stood, and nothing stands twice', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ id })) as [{ id: string }, ...{ id: string }[]]
  const ids = (rows: readonly { id: string }[]): string => rows.map(({ id }) => id).join('')
  const all = [a, b, c] as { id: string }[]
  expect(ids(withStaying(all, [a, c] as { id: string }[], () => true))).toBe('abc')
  expect(ids(withStaying(all, [d] as { id: string }[], ({ id }) => id !== 'b'))).toBe('acd')
  expect(ids(withStaying(all, [c, a] as { id: string }[], () => false))).toBe('ca')
  expect(ids(withStaying([], [a, a] as { id: string }[], () => true))).toBe('a')
})

test('a decision whose answer was lost is told from one that was never sent, and from another that was', () => {
  const granted = { state: 'granted', decidedBy: { person: 'a', name: '甲' }, opinion: '可以', levels: [] } as const
  const own = { person: 'a', choice: 'grant', opinion: '可以 ' } as const
  expect(isTaken(granted, own)).toBe(true)
  expect(isTaken(granted, { ...own, person: 'b' })).toBe(false)
  expect(isTaken(granted, { ...own, choice: 'refuse' })).toBe(false)
  expect(isTaken(granted, { ...own, opinion: '不宜' })).toBe(false)
})

test(
  'what another decides meanwhile stays with what was written on it, says who decided and how, and goes once that is seen',
  async () => {
    const id = await ask()
    const page = await demo.open(browser, DEPARTMENT, '/desk')
    const other = await demo.open(browser, ORGAN, '/desk')
    await write(page, id)
    await other.locator(rowOf(id)).locator('[data-choice="grant"]').click()
    await other.getByRole('button', { name: '提交 1 项决定' }).click()
    await other.locator(rowOf(id)).waitFor({ state: 'detached' })
    await says(page, rowOf(id), /已由 孙博 于 .+ 同意/)
    await says(page, rowOf(id), '您的决定没有提交')
    await says(page, rowOf(id), OPINION)
    const row = page.locator(rowOf(id))
    expect(await row.getByRole('radio').count()).toBe(0)
    expect(await row.getByRole('textbox').count()).toBe(0)
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await inEnglish(page)
    await says(page, rowOf(id), /孙博 granted it at/)
    await row.getByRole('button', { name: 'Understood' }).click()
    await row.waitFor({ state: 'detached' })
    await Promise.all([page.context().close(), other.context().close()])
  },
  TEST_MS,
)

test(
  'what is taken back meanwhile says so to whoever may still read it, and to others that it no longer waits',
  async () => {
    const id = await ask()
    const [near, above] = await Promise.all([DEPARTMENT, ORGAN].map((who) => demo.open(browser, who, '/desk')))
    if (near === undefined || above === undefined) throw new Error('two pages were opened')
    await write(near, id)
    await write(above, id)
    await send(OFFICER, id, 'withdraw')
    await says(near, rowOf(id), '已由申请人撤回')
    await says(above, rowOf(id), '已不在待办中')
    for (const page of [near, above]) {
      await says(page, rowOf(id), OPINION)
      await page.context().close()
    }
  },
  TEST_MS,
)

test(
  'a decision that comes too late is refused, and why stands there until it is seen',
  async () => {
    const id = await ask()
    const page = await demo.open(browser, DEPARTMENT, '/desk')
    await page.locator(rowOf(id)).locator('[data-choice="refuse"]').click()
    // The other decides while this decision is on its way.
    await page.route(`**/api/approvals/${id}/refuse`, async (route) => {
      await send(ORGAN, id, 'grant')
      await route.continue()
    })
    await page.getByRole('button', { name: '提交 1 项决定' }).click()
    await says(page, rowOf(id), 'approvals.decided')
    await says(page, rowOf(id), /已由 孙博 于 .+ 同意/)
    expect((await demo.get<ShownApproval>(DEPARTMENT, `/api/approvals/${id}`)).state).toBe('granted')
    await page.locator(rowOf(id)).getByRole('button', { name: '知道了' }).click()
    await page.locator(rowOf(id)).waitFor({ state: 'detached' })
    await page.context().close()
  },
  TEST_MS,
)
