/** 未经批准的措施: what nobody approved is offered no way but back, and the gate says so until it was approved. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount } from '../../../server/custody/protocol.ts'
import { type Demonstration, startDemonstration } from '../../journeys/demonstration.ts'
import { says } from '../../journeys/hands.ts'
import { launchBrowser } from '../../testing/browser.ts'
import { fitsEverySize } from '../../testing/every-size.ts'
import { axeFinds } from '../../testing/usable.ts'

const START_MS = 240_000
const TEST_MS = 180_000
const CASE = '云监立〔2026〕5号'
const PATH = `/desk/cases/${encodeURIComponent(CASE)}`
const [OFFICER, DEPARTMENT, ORGAN] = ['zhang-wei', 'qian-lei', 'sun-bo'] as const
const BLOCKED = '措施未经批准，须补办批准或解除返还'

let demo: Demonstration
let browser: Browser
let page: Page
let car = ''

const account = () => demo.get<CaseAccount>(OFFICER, `/api/cases/${encodeURIComponent(CASE)}`)
/** What the gate says of the car. */
const blocked = async () => (await account()).blocks.find(({ item }) => item === car)

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
  const { status, body } = await demo.post(OFFICER, `/api/cases/${encodeURIComponent(CASE)}/items`, {
    measure: { noticeNumber: '查〔2026〕95号', place: '车库', kind: 'SEALED_UP' },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
    relevance: '涉嫌违纪违法事实中的财物',
    recordingLater: '录像正在拷贝',
    items: [
      {
        ...{ name: '小型轿车', category: 'vehicle', quantity: 1, unit: '辆', features: '黑色' },
        details: {
          ...{ plate: '云A12345', vin: 'LSVAA2BR1CN000001', keeping: 'THIRD_PARTY', address: '云州市城北停车场' },
          ...{ keeper: '云州停车场', undertaking: '保〔2026〕1号', registryNotice: '协〔2026〕1号' },
        },
      },
    ],
  })
  expect(status, JSON.stringify(body)).toBe(201)
  car = (body['items'] as readonly { code: string }[])[0]?.code ?? ''
  page = await demo.open(browser, OFFICER, PATH)
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const openGate = () => page.getByText('结案前须了结').click()

test(
  'of what nobody approved the proposal offers to give it back alone, and says why and what to do',
  async () => {
    await page.locator('tbody tr', { hasText: car }).locator('input[type="checkbox"]').check()
    await page.getByRole('button', { name: '提出处置 1 件' }).click()
    await says(page, 'dialog', '其中 1 件措施未经批准')
    await says(page, 'dialog', '先在案件台账“尚未批准的措施”中申请补办批准')
    const ways = page.getByLabel('处置方式').locator('option:not([value=""])')
    expect(await ways.count()).toBeGreaterThan(1)
    const open = await ways.evaluateAll((all) =>
      all.flatMap((one) => ((one as HTMLOptionElement).disabled ? [] : [one.textContent])),
    )
    expect(open).toEqual(['解除并返还'])
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.getByRole('dialog').getByRole('button', { name: '取消', exact: true }).click()
    const refused = await demo.post(OFFICER, '/api/custody/propose-disposal', {
      ...{ items: [car], way: 'TRANSFER', destination: 'procuratorate', suspectedCrime: true },
      ...{ reviewUnit: 'review', opinion: '移送' },
    })
    expect(refused).toMatchObject({ status: 409, body: { code: 'custody.measure-unapproved' } })
  },
  TEST_MS,
)

test(
  'the gate has a line for it with whose turn it is: the officer’s, the approvers’ once they are asked, and none once they agreed',
  async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await openGate()
    const line = page.locator('details', { hasText: BLOCKED })
    await line.first().waitFor()
    expect((await blocked())?.turn.zh).toBe('承办人员')
    await line.locator('summary').last().click()
    await says(page, 'main', car)
    const asked = await demo.post(OFFICER, '/api/approvals', {
      ...{ deed: { command: 'confirm-measure', items: [car] }, reason: '当时情况紧急' },
    })
    expect(asked.status, JSON.stringify(asked.body)).toBe(201)
    expect(await blocked()).toMatchObject({ what: { zh: '措施补办批准，待审批' }, turn: { zh: '审批人' } })
    await page.reload()
    await openGate()
    await says(page, 'main', '措施补办批准，待审批')
    for (const person of [DEPARTMENT, ORGAN]) {
      const granted = await demo.post(person, `/api/approvals/${String(asked.body['id'])}/grant`, {})
      expect(granted.status, JSON.stringify(granted.body)).toBe(200)
    }
    expect((await blocked())?.what.zh).toBe('尚未处置')
    await page.reload()
    await page.locator('tbody tr', { hasText: car }).locator('input[type="checkbox"]').check()
    await page.getByRole('button', { name: '提出处置 1 件' }).click()
    await says(page, 'dialog', '小型轿车')
    expect(await page.getByRole('dialog').getByText('措施未经批准').count()).toBe(0)
  },
  TEST_MS,
)
