import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { loadActor } from '../../access/actor.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { turnClocks } from '../../clock/keeper.ts'
import { quietLog } from '../../database/testing.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { paperSources, triggers } from '../../modules.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import { yearOf } from '../account/annual.ts'
import { annualLines } from '../account/annual-reads.ts'
import { sale, sellingEarly } from '../disposal/testing.ts'
import { custodyDeeds } from '../module.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import type { CaseAccount, ItemCard, PaperOffer, ShownDisposal } from '../protocol.ts'
import { booksOf } from '../reconciling/reads.ts'
import { custodyRoutes } from '../routes.ts'
import { sightOf } from '../sight/sight.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { type Claim, settlementOf, waterfall } from './waterfall.ts'
import { onFilm } from '../testing-film.ts'
import { withLeave } from '../testing-leave.ts'

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
  const officers = ['zhang-wei', 'li-na', 'tang-yue']
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
  await onFilm(server.deps, [code])
  await withLeave(server.deps, [code])
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

/** What the three days run over now. */
const awaited = async (): Promise<string[]> => {
  await surplusClocks()
  const found = await sql<{ item: string }>`
    select substr(subject, 6) as item from clock_subjects join clocks on clocks.id = clock
    where open and clocks.rule = 'DL-12' order by 1
  `.execute(server.database.db)
  return found.rows.map(({ item }) => item)
}

it('what is over is set aside by an officer and finance, once, and goes back by itself while the rest pays', async () => {
  const [money = ''] = await awaited()
  const before = await get<CaseAccount>('zhang-wei', of)
  const { fen: sold_fen } = before.ledger.accounts.find((one) => one.account === 'proceeds') ?? { fen: 0 }
  const stated = { lateFee_fen: 0, fine_fen: 0, costs_fen: 0, document: '云税处〔2026〕5号' }
  await post('zhang-wei', `${of}/target`, { ...stated, amount_fen: sold_fen - 70_001 })
  const card = (person: string, item: string) => get<ItemCard>(person, `/api/items/${item}`)
  const { holder, ...whole } = await card('zhang-wei', money)
  expect([whole.dividable_fen, whole.share]).toEqual([70_001, null])
  expect((await card('zhou-ping', money)).dividable_fen).toBeNull()
  const period = { unit: holder.who.slice('unit/'.length), account: sale.account, from: '2026-03-01', to: '2026-03-31' }
  const { paidIn } = await booksOf(server.database.db, period)
  expect(paidIn).toMatchObject([{ item: money, amount_fen: sold_fen }])

  const divides = (surplus_fen: number, signers: readonly string[]) =>
    server.as('zhang-wei', {
      ...({ method: 'POST', url: '/api/custody/divide-money' } as const),
      payload: {
        ...{ items: [{ item: money, surplus_fen }], reason: '退还余款' },
        ...(signers.length === 0 ? {} : { signatures: signers.map(signatureOf) }),
      },
    })
  clock += 1_000
  server.setNow(new Date(clock).toISOString())
  expect((await divides(70_001, [])).json()).toMatchObject({ code: 'custody.finance-missing' })
  expect((await divides(70_001, ['li-na'])).json()).toMatchObject({ code: 'custody.finance-missing' })
  expect((await divides(70_002, ['guo-tao'])).json()).toMatchObject({ code: 'custody.surplus-over' })
  const both = await Promise.all([divides(70_001, ['guo-tao']), divides(70_001, ['guo-tao'])])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
  const done = both.find(({ statusCode }) => statusCode === 200)
  const [covered = '', surplus = ''] = done?.json<{ items: { code: string }[] }>().items.map((one) => one.code) ?? []
  expect(await card('zhang-wei', surplus)).toMatchObject({
    ...{ share: { value: 'surplus' }, proceeds: { amount_fen: 70_001 }, dividable_fen: null, holder },
    ...{ custodyStatus: { value: 'DEPOSITED' }, origin: { how: 'split', from: [{ code: money }] } },
  })
  expect((await card('zhang-wei', covered)).proceeds?.amount_fen).toBe(sold_fen - 70_001)
  expect(await awaited()).toEqual([surplus])

  // Nothing came in and nothing went out: the bank has one receipt for the whole.
  expect(await booksOf(server.database.db, period)).toEqual({ paidIn, paidOut: [] })
  const after = await get<CaseAccount>('zhang-wei', of)
  expect(after.ledger.balances).toBe(true)
  expect(after.worth?.settlement).toMatchObject({ sold_fen, held_fen: sold_fen, surplus_fen: 70_001, agrees: true })

  const back = await post<{ approval: string }>('zhang-wei', '/api/custody/propose-disposal', {
    ...{ items: [surplus], way: 'RETURN', destination: 'holder', ground: 'decided', suspectedCrime: false },
    opinion: '退还余款',
  })
  await post('qian-lei', `/api/approvals/${back.approval}/grant`, {})
  await post('tang-yue', '/api/custody/release', {
    ...{ items: [surplus], noticeNumber: '退〔2026〕1号', signatures: [signatureOf('li-na')] },
    receiver: { relation: 'holder', name: '持有人甲', identity: '居民身份证 110101', signed: true },
  })
  expect(await awaited()).toEqual([])
  const books = await booksOf(server.database.db, period)
  expect(books.paidIn).toEqual(paidIn)
  expect(books.paidOut).toMatchObject([{ item: surplus, amount_fen: 70_001, voucher: null }])
  expect((await get<CaseAccount>('zhang-wei', of)).worth?.settlement).toMatchObject({
    ...{ returned_fen: 70_001, held_fen: sold_fen - 70_001, agrees: true },
  })
  // The year after, in which nothing happened, begins with what this one ends with.
  const { db } = server.database
  const now = server.deps.now()
  const sight = await sightOf(db, await loadActor(db, 'zhou-ping', now), now)
  const moneyOf = async (year: number) =>
    (await annualLines(db, sight, { period: yearOf(year), units: null })).find(({ category }) => category === 'cash')
  const held = { pieces: 1, fen: sold_fen - 70_001, mg: 0 }
  expect(await moneyOf(2026)).toMatchObject({ balances: true, closing: held })
  expect(await moneyOf(2027)).toMatchObject({ balances: true, opening: held, closing: held })
  const { modules, keys } = server
  const { key, installation } = keys
  const folder = checkpointFolderOf(keys)
  const found = await verifyStore({ db: server.database.ownerDb, modules, folder, key, installation })
  expect(found.faults).toEqual([])
})
