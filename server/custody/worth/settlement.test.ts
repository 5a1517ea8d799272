import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { paperSources, triggers } from '../../modules.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import { sale, sellingEarly } from '../disposal/testing.ts'
import { custodyDeeds } from '../module.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import type { CaseAccount, PaperOffer, ShownDisposal } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { sql } from 'kysely'
import { turnClocks } from '../../clock/keeper.ts'
import { quietLog } from '../../database/testing.ts'
import { type Claim, settlementOf, waterfall } from './waterfall.ts'

const CASE = '云税稽〔2026〕17号'
const of = `/api/cases/${encodeURIComponent(CASE)}`
const ORDER: readonly Claim[] = ['tax', 'lateFee', 'fine', 'costs']
const due = { tax: 300_000, lateFee: 20_000, fine: 50_000, costs: 10_000 }
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let code: string

async function answer<T>(person: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  const got = await server.as(person, { method, url, ...(payload === undefined ? {} : { payload }) })
  expect(got.statusCode, got.body).toBeLessThan(300)
  return got.json<T>()
}
const get = <T>(person: string, url: string): Promise<T> => answer<T>(person, 'GET', url)
const post = <T>(person: string, url: string, payload: object): Promise<T> => answer<T>(person, 'POST', url, payload)
/** Clocks of a surplus, oldest first: over what, what began them, and what ended them. */
const surplusClocks = async (): Promise<{ over: string[]; by: string; ended: string | null }[]> => {
  await turnClocks({ ...server.deps, triggers, log: quietLog })
  const found = await sql<{ over: string[]; by: string; ended: string | null }>`
    select (select array_agg(one ->> 'subject') from jsonb_array_elements(state -> 'subjects') one) as over,
      state #>> '{source,type}' as by, state #>> '{evidence,type}' as ended
    from clocks where state ->> 'event' = 'saleSettled' order by state #>> '{source,seq}'
  `.execute(server.database.db)
  return found.rows
}
const settlement = async () => (await get<CaseAccount>('zhang-wei', of)).worth?.settlement

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(disposalRoutes, deps)
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  // What stands in a register before clocks are kept starts none.
  await surplusClocks()
  const officers = ['zhang-wei', 'li-na']
  await post('zhang-wei', '/api/cases', { number: CASE, title: '某某案', track: 'TAX', unit: 'dept-1', officers })
  const measure = { ...taking.measure, kind: 'SEIZED', emergency: true }
  const { items } = await post<{ items: { code: string }[] }>('zhang-wei', `${of}/items`, {
    ...{ ...taking, measure, items: [general] },
  })
  code = items[0]?.code ?? ''
  const photo = { type: 'custody.add-photo', items: [{ item: code, photos: [PHOTO] }] }
  const at = new Date((clock += 1_000)).toISOString()
  await server.deps.act({ person: 'zhang-wei' }, photo, { cause: 'photo', at })
  const shelf = { name: '一号架', storageClass: 'ordinary', capacity: 9 }
  const { code: location } = await post<{ code: string }>('chen-jing', '/api/stores/store-1/locations', shelf)
  await post('zhang-wei', '/api/custody/hand-over', { items: [code], store: 'store-1' })
  const signatures = [signatureOf('zhang-wei')]
  await post('chen-jing', '/api/custody/check-in', { items: [code], location, signatures })
})
afterAll(() => server.close())

it('money pays one claim after another, each whole before the next, to the fen; nothing is lost on the way', () => {
  expect(waterfall(ORDER, due, 400_001)).toEqual({
    steps: [
      { claim: 'tax', due_fen: 300_000, covered_fen: 300_000, left_fen: 100_001 },
      { claim: 'lateFee', due_fen: 20_000, covered_fen: 20_000, left_fen: 80_001 },
      { claim: 'fine', due_fen: 50_000, covered_fen: 50_000, left_fen: 30_001 },
      { claim: 'costs', due_fen: 10_000, covered_fen: 10_000, left_fen: 20_001 },
    ],
    ...{ covered_fen: 380_000, surplus_fen: 20_001, short_fen: 0 },
  })
  const short = waterfall(ORDER, due, 310_000)
  expect(short).toMatchObject({ covered_fen: 310_000, surplus_fen: 0, short_fen: 70_000 })
  expect(short.steps.map(({ covered_fen }) => covered_fen)).toEqual([300_000, 10_000, 0, 0])
  for (let money = 0; money < 500_000; money += 9_973) {
    const { covered_fen, surplus_fen, steps } = waterfall(ORDER, due, money)
    expect(covered_fen + surplus_fen).toBe(money)
    expect(steps.reduce((sum, step) => sum + step.covered_fen, 0)).toBe(covered_fen)
  }
})

it('more given back than is over, or more paid than is due, is said to differ', () => {
  const money = { sold_fen: 400_000, elsewhere_fen: 0, paid_fen: 380_000, returned_fen: 20_000, held_fen: 0 }
  expect(settlementOf(ORDER, due, money).agrees).toBe(true)
  expect(settlementOf(ORDER, due, { ...money, paid_fen: 300_000, returned_fen: 100_000 }).agrees).toBe(false)
  expect(settlementOf(ORDER, due, { ...money, held_fen: 1 }).agrees).toBe(false)
})

it('what a sale of the case brought pays what is due, as its account has it in double entry, and the party is told', async () => {
  expect(await settlement()).toBeNull()
  const stated = {
    amount_fen: 300_000,
    lateFee_fen: 20_000,
    fine_fen: 50_000,
    costs_fen: 10_000,
    document: '云税处〔2026〕3号',
  }
  await post('zhang-wei', `${of}/target`, stated)
  // A fine is paid by the sale; nothing is held for it.
  expect((await get<CaseAccount>('zhang-wei', of)).worth?.target?.total_fen).toBe(330_000)
  expect(await settlement()).toBeNull()
  const proposed = await post<{ disposal: string; approval: string }>('zhang-wei', '/api/custody/propose-disposal', {
    ...{ items: [code], suspectedCrime: false, ...sellingEarly },
  })
  await post('qian-lei', `/api/approvals/${proposed.approval}/grant`, {})
  const { waiting } = await get<ShownDisposal>('zhang-wei', `/api/disposals/${proposed.disposal}`)
  await post('sun-bo', `/api/approvals/${waiting}/grant`, {})
  const signatures = [signatureOf('guo-tao')]
  await post('chen-jing', '/api/custody/dispose', { items: [code], sale, signatures })
  const account = await get<CaseAccount>('zhang-wei', of)
  const { fen } = account.ledger.accounts.find((one) => one.account === 'proceeds') ?? { fen: 0 }
  expect(account.worth?.settlement).toMatchObject({
    ...{ sold_fen: fen, held_fen: fen, paid_fen: 0, returned_fen: 0, elsewhere_fen: 0, agrees: true },
    ...{ covered_fen: 380_000, surplus_fen: fen - 380_000, short_fen: 0 },
  })
  expect(account.worth?.settlement?.steps.map(({ claim }) => claim.words.zh)).toEqual([
    ...['税款', '滞纳金', '罚款', '拍卖、变卖等费用'],
  ])
  const { offers } = await get<{ offers: PaperOffer[] }>('zhang-wei', `${of}/paper-offers`)
  expect(offers.map(({ kind }) => kind.value)).toEqual(expect.arrayContaining(['settlement', 'money-ledger']))
  const { paper, number } = await post<{ paper: string; number: string }>('zhang-wei', '/api/papers', {
    ...{ paper: 'settlement', of: CASE },
  })
  expect(number).toBe('抵〔2026〕02-0001号')
  const file = await server.as('zhang-wei', { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
  const { pages } = readPdf(file.rawPayload)
  expect(pages).toHaveLength(3)
  for (const part of ['变价所得', '4800.00', '3000.00', '1000.00', '应退余款', '云税处〔2026〕3号'])
    expect(pages[0]?.text).toContain(part)
  // It is to be served, and stands among what is open until it was.
  expect((await get<CaseAccount>('zhang-wei', of)).unserved.map((one) => one.number)).toContain(number)
  const ledger = await post<{ paper: string }>('zhang-wei', '/api/papers', { paper: 'money-ledger', of: CASE })
  const filed = await server.as('zhang-wei', { method: 'GET', url: `/api/papers/${ledger.paper}/file.pdf` })
  // The voucher of the bank, and the register as people call it.
  expect(readPdf(filed.rawPayload).pages[0]?.text.replaceAll('\n', '')).toContain(`${sale.voucher}；`)
})

it('the three days run while something is over, and not while what is owed takes all', async () => {
  const { ledger } = await get<CaseAccount>('zhang-wei', of)
  const { fen: sold_fen } = ledger.accounts.find((one) => one.account === 'proceeds') ?? { fen: 0 }
  const stated = { lateFee_fen: 0, fine_fen: 0, costs_fen: 0, document: '云税处〔2026〕4号' }
  const states = (amount_fen: number) => post('zhang-wei', `${of}/target`, { ...stated, amount_fen })
  const [first] = await surplusClocks()
  expect(first).toMatchObject({ by: 'custody.proceeds-deposited', ended: null })
  const over = first?.over
  expect(over).toEqual([expect.stringMatching(/^item\//)])
  // Less is owed: the days that run are not counted again.
  await states(sold_fen - 2)
  expect(await surplusClocks()).toHaveLength(1)
  await states(sold_fen)
  expect(await surplusClocks()).toEqual([{ over, by: 'custody.proceeds-deposited', ended: 'custody.target-stated' }])
  await states(sold_fen - 1)
  expect((await surplusClocks()).slice(1)).toEqual([{ over, by: 'custody.target-stated', ended: null }])
})
