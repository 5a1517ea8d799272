/** Journey: what the sale of a tax case leaves over is set aside by an officer and finance, and both parts say where they came from. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAccount, ItemCard } from '../../server/custody/protocol.ts'
import { launchBrowser } from '../testing/browser.ts'
import { fitsEverySize, inEnglish, saysNoChinese } from '../testing/every-size.ts'
import { axeFinds } from '../testing/usable.ts'
import { type Demonstration, startDemonstration } from './demonstration.ts'
import { says } from './hands.ts'

const START_MS = 240_000
const TEST_MS = 240_000
const [OFFICER, CUSTODIAN, OTHER_CUSTODIAN, FINANCE] = ['wang-qiang', 'chen-jing', 'liu-yang', 'guo-tao'] as const
const [HEAD, LEADER] = ['he-fang', 'sun-bo'] as const
const CASE = '云税稽〔2026〕7号'
const PRICE = 480_000
const path = (rest = ''): string => `/api/cases/${encodeURIComponent(CASE)}${rest}`

let demo: Demonstration
let browser: Browser

beforeAll(async () => {
  ;[demo, browser] = await Promise.all([startDemonstration(), launchBrowser()])
}, START_MS)

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
}, START_MS)

const signed = (...people: readonly string[]) => ({
  signatures: people.map((id) => {
    const { badge, pin } = demo.person(id)
    return { badge, pin }
  }),
})

async function does(person: string, address: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await demo.post(person, address, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

/** The first thing of the case, sold; the code of its money. */
async function sells(): Promise<string> {
  const { items } = await demo.get<CaseAccount>(OFFICER, path())
  const item = items[0]?.code ?? ''
  const proposed = await does(OFFICER, '/api/custody/propose-disposal', {
    ...{ items: [item], way: 'SELL', destination: 'special-account', suspectedCrime: false },
    ...{ opinion: '易腐，建议先行变卖', appraisal: '价认〔2026〕1号' },
    sale: { ground: 'perishable', method: 'sell', estimate_fen: PRICE, holderOpinion: '同意变卖' },
  })
  await does(HEAD, `/api/approvals/${String(proposed['approval'])}/grant`, {})
  const { waiting } = await demo.get<{ waiting: string }>(OFFICER, `/api/disposals/${String(proposed['disposal'])}`)
  await does(LEADER, `/api/approvals/${waiting}/grant`, {})
  const done = await does(CUSTODIAN, '/api/custody/dispose', {
    ...{ items: [item], ...signed(OTHER_CUSTODIAN, FINANCE) },
    sale: {
      ...{ contract: '成交〔2026〕1号', price_fen: PRICE, voucher: '进账单 001', account: '专户 6222' },
      buyer: { name: '买受人丁', identity: '营业执照 91' },
    },
  })
  return String(done['proceeds'])
}

/** Signs in the dialog, and asks. */
async function divides(page: Page, finance: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  const { badge, pin } = demo.person(finance)
  await dialog.getByLabel('工牌').fill(badge)
  await dialog.getByLabel('PIN').fill(pin)
  await dialog.getByRole('button', { name: '拆出余款' }).click()
}

test(
  'the surplus is set aside from the money of a sale, to the fen, and the account says that all is there',
  async () => {
    const money = await sells()
    await does(OFFICER, path('/target'), {
      ...{ amount_fen: 400_000, lateFee_fen: 9_999, fine_fen: 0, costs_fen: 0, document: '云税处〔2026〕7号' },
    })
    const page = await demo.open(browser, OFFICER, `/supervise/items/${money}`)
    await page.getByRole('button', { name: '拆出余款' }).click()
    const dialog = page.getByRole('dialog')
    await says(page, 'dialog', '共 4,800.00 元，可拆出余款 700.01 元')
    expect(await dialog.getByLabel('余款').inputValue()).toBe('700.01')
    await says(page, 'dialog', '抵缴部分 4,099.99 元')
    expect(await axeFinds(page)).toEqual([])
    await fitsEverySize(page)
    await page.setViewportSize({ width: 1280, height: 800 })
    await dialog.getByLabel('余款').fill('4800')
    await says(page, 'dialog', '余款须少于全部金额')
    await dialog.getByLabel('余款').fill('700.02')
    await dialog.getByLabel('原因').fill('退还余款')
    await divides(page, FINANCE)
    await says(page, 'dialog', '可退的余款只有 700.01 元')
    await dialog.getByLabel('余款').fill('700.01')
    await divides(page, FINANCE)
    await dialog.waitFor({ state: 'hidden' })
    await says(page, 'main', '已拆分为')
    expect(await page.getByRole('button', { name: '拆出余款' }).count()).toBe(0)

    const { succeeded } = await demo.get<ItemCard>(OFFICER, `/api/items/${money}`)
    const surplus = succeeded?.into.at(-1)?.code ?? ''
    await page.getByRole('link', { name: '变价款（余款）' }).first().click()
    await says(page, 'main', '拆分自')
    await says(page, 'main', '700.01 元')
    expect(page.url()).toContain(surplus)
    await inEnglish(page)
    await says(page, 'main', 'Goes back')
    await saysNoChinese(page, 'main dt', 1)
    await fitsEverySize(page)
    await page.getByRole('button', { name: '中文' }).click()
    await page.goto(`${demo.url}/desk/cases/${encodeURIComponent(CASE)}`)
    await says(page, 'main', '应退余款 700.01 元')
    await says(page, 'main', '试算平衡')
  },
  TEST_MS,
)
