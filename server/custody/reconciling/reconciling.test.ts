import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvalRoutes } from '../../approvals/routes.ts'
import { loadActor } from '../../access/actor.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { deeds } from '../../modules.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import type { ShownReconciliation, TriedStatement } from '../protocol.ts'
import { disposalRoutes } from '../disposal/routes.ts'
import { custodyRoutes } from '../routes.ts'
import { cash, PHOTO, taking } from '../testing.ts'
import { type BookEntry, compareStatement } from './reconciling.ts'
import { reconcilingWork } from './reads.ts'
import { readStatement } from './statement.ts'
import { onFilm } from '../testing-film.ts'
import { withLeave } from '../testing-leave.ts'

const [OFFICER, OTHER, THIRD, FINANCE] = ['zhang-wei', 'li-na', 'tang-yue', 'guo-tao'] as const
const ACCOUNT = '专户6222'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')

const post = (person: string, url: string, payload: object) => {
  server.setNow(new Date((clock += 1_000)).toISOString())
  return server.as(person, { method: 'POST', url, payload })
}

const csv = (...rows: string[]): string => Buffer.from(['日期,收入,支出,凭证号', ...rows].join('\n')).toString('base64')

/** Money of a case that two people counted and finance paid in. */
async function paidIn(number: string, notes: number, voucher: string): Promise<string> {
  const line = {
    ...cash,
    seal: { number: `F-${voucher}`, signers: [OFFICER, OTHER] },
    details: { currency: 'CNY', cashUse: 'DEPOSIT' },
  }
  const path = `/api/cases/${encodeURIComponent(number)}`
  const answer = await post(OFFICER, `${path}/items`, { items: [line], ...taking, relevance: '收受的款项' })
  const item = answer.json<{ items: { code: string }[] }>().items[0]?.code ?? ''
  const photo = { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] }
  await server.deps.act({ person: OFFICER }, photo, { cause: `photo ${voucher}` })
  for (const person of [OFFICER, OTHER])
    await post(person, `/api/items/${item}/cash-counts`, { lines: [{ face_minor: 10_000, bundles: 0, loose: notes }] })
  await onFilm(server.deps, [item])
  await withLeave(server.deps, [item])
  await post(OFFICER, '/api/custody/hand-over', { items: [item], store: 'store-1' })
  const paid = await post(OFFICER, '/api/custody/deposit', {
    ...{ items: [{ item, voucher, amount_fen: notes * 10_000 }], account: ACCOUNT },
    signatures: [signatureOf(FINANCE)],
  })
  expect(paid.statusCode, paid.body).toBe(200)
  return item
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(disposalRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds })
    },
  })
  const open = {
    number: '专户案',
    title: '某案',
    track: 'SUPERVISION',
    unit: 'dept-1',
    officers: [OFFICER, OTHER, THIRD],
  }
  await post(OFFICER, '/api/cases', open)
})
afterAll(() => server.close())

describe('a statement beside the books', () => {
  const shown = { item: 'W1', case: '一案', day: '2026-03-02', amount_fen: 70_000, voucher: 'A1' }
  const book: BookEntry = { ...shown, act: 'paid in' }
  const line = { row: 2, day: '2026-03-04', amount_fen: 70_000, voucher: 'A1' }

  it('matches the same receipt, the same sum and a near day, each line once', () => {
    expect(compareStatement([line], [book]).matched).toEqual([{ item: 'W1', row: 2 }])
    for (const other of [{ amount_fen: 70_001 }, { voucher: 'A2' }, { voucher: null }, { day: '2026-03-06' }])
      expect(compareStatement([{ ...line, ...other }], [book])).toEqual({
        ...{ matched: [], openAtBank: [{ ...line, ...other }], openInBooks: [shown] },
      })
    const twice = compareStatement([line, { ...line, row: 3 }], [book])
    expect(twice.openAtBank.map(({ row }) => row)).toEqual([3])
  })

  it('matches what one act paid by one receipt as one line, however the number is spaced', () => {
    const both: BookEntry[] = [
      { ...book, voucher: '缴款书 001' },
      { ...book, item: 'W2', amount_fen: 5, voucher: '缴款书 001' },
    ]
    const paid = { ...line, amount_fen: 70_005, voucher: '缴款书001' }
    expect(compareStatement([paid], both).matched).toEqual([
      { item: 'W1', row: 2 },
      { item: 'W2', row: 2 },
    ])
    const other = [both[0], { ...both[1], act: 'another' }] as BookEntry[]
    expect(compareStatement([paid], other).openInBooks).toHaveLength(2)
  })

  it('matches without a receipt only where one line and one act of that sum are the only ones of those days', () => {
    const unnumbered: BookEntry = { ...book, voucher: null }
    expect(compareStatement([{ ...line, voucher: 'bank 7' }], [unnumbered]).matched).toEqual([{ item: 'W1', row: 2 }])
    expect(compareStatement([line, { ...line, row: 3 }], [unnumbered])).toMatchObject({
      ...{ matched: [], openAtBank: [{ row: 2 }, { row: 3 }], openInBooks: [{ item: 'W1' }] },
    })
    const another: BookEntry = { ...unnumbered, item: 'W2', act: 'another' }
    expect(compareStatement([line], [unnumbered, another]).matched).toEqual([])
    expect(compareStatement([{ ...line, day: '2026-03-06' }], [unnumbered]).matched).toEqual([])
  })

  it('is read as banks write it, and says which row is wrong', () => {
    const read = readStatement(
      Buffer.from(
        '交易日期,借方金额,贷方金额,凭证号码,对方户名\n2026/03/02,,"1,700.50",A1,某人\n2026-03-03,5.00,,,\nx,,1,,\n2026-03-03,,1.234,A,',
      ),
    )
    expect(read.lines).toEqual([{ row: 2, day: '2026-03-02', amount_fen: 170_050, voucher: 'A1' }])
    expect(read.paidOut).toEqual([{ row: 3, day: '2026-03-03', amount_fen: 500, voucher: null }])
    expect(read.faults.map(({ row }) => row)).toEqual([4, 5])
    const both = readStatement(Buffer.from('日期,收入,支出,凭证号\n2026-03-02,1,2,A 1'))
    expect(both.faults.map(({ what }) => what.zh)).toEqual(['一行里收入、支出都有金额'])
  })
})

it('is tried without a trace, recorded whole by finance alone, and what stands open waits on its list until it does not', async () => {
  const found = await paidIn('专户案', 7, 'A001')
  const missing = await paidIn('专户案', 3, 'A002')
  const of = { unit: 'keeping', account: ACCOUNT, from: '2026-03-01', to: '2026-03-31' }
  const one = csv('2026-03-03,700.00,,A001', '2026-03-05,12.34,,B9', '2026-03-06,,5.00,')
  const work = async () => {
    const { db, now } = server.deps
    const asked = { actor: await loadActor(db, FINANCE, now()), now: now(), after: null, limit: 50 }
    return (await reconcilingWork(db, asked)).map(({ what }) => what.zh)
  }
  for (const person of [OFFICER, 'qian-lei'])
    expect((await post(person, '/api/reconciliations/try', { ...of, file: one })).json()).toMatchObject({
      code: 'custody.not-finance',
    })
  const tried = (await post(FINANCE, '/api/reconciliations/try', { ...of, file: one })).json<TriedStatement>()
  expect(tried).toMatchObject({
    ...{ matched: [{ item: found, row: 2 }], openAtBank: [{ row: 3, amount_fen: 1_234, voucher: 'B9' }], paidOut: 1 },
    out: { matched: [], openAtBank: [{ row: 4, amount_fen: 500, voucher: null }], openInBooks: [] },
    ...{ openInBooks: [{ item: missing, case: '专户案', amount_fen: 30_000, voucher: 'A002' }], faults: [] },
  })
  expect(await work()).toEqual([])
  const faulty = await post(FINANCE, '/api/reconciliations', { ...of, file: csv('2026-03-03,700.00,,A001', '3月,1,,') })
  expect(faulty.json()).toMatchObject({ code: 'custody.statement-faults' })
  const late = await post(FINANCE, '/api/reconciliations', { ...of, to: '2026-03-04', file: one })
  expect(late.json()).toMatchObject({ code: 'custody.statement-period' })
  const wrong = await post(FINANCE, '/api/reconciliations', {
    ...of,
    file: Buffer.from('甲,乙\n1,2').toString('base64'),
  })
  expect(wrong.json()).toMatchObject({ code: 'custody.statement-headings' })
  const recorded = await post(FINANCE, '/api/reconciliations', { ...of, file: one })
  expect(recorded.statusCode, recorded.body).toBe(201)
  expect(recorded.json()).toMatchObject({ open: 3 })
  expect(await work()).toEqual(['专户对账有 3 笔未对上'])
  const list = async (person: string) =>
    (await server.as(person, { url: '/api/reconciliations' })).json<{ reconciliations: ShownReconciliation[] }>()
      .reconciliations
  expect(await list(FINANCE)).toMatchObject([
    { account: ACCOUNT, openInBooks: [{ item: missing }], by: { name: '郭涛' } },
  ])
  expect(await list('qian-lei')).toEqual([])
  const whole = csv('2026-03-03,700.00,,A001', '2026-03-03,300.00,,A002')
  expect((await post(FINANCE, '/api/reconciliations', { ...of, file: whole })).json()).toMatchObject({ open: 0 })
  expect(await work()).toEqual([])
})

it('shows nothing of the money of a case to a finance head who is recused from it; the record stays whole', async () => {
  const number = '回避案'
  const officers = [OFFICER, OTHER, THIRD]
  await post(OFFICER, '/api/cases', { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers })
  const his = await paidIn(number, 5, 'R001')
  const open = await paidIn(number, 2, 'R002')
  const of = { unit: 'keeping', account: ACCOUNT, from: '2026-03-01', to: '2026-03-31' }
  const statement = csv('2026-03-02,500.00,,R001')
  const before = (await post(FINANCE, '/api/reconciliations/try', { ...of, file: statement })).json<TriedStatement>()
  expect(before).toMatchObject({ matched: [{ item: his, row: 2 }], apart: 0 })
  expect(before.openInBooks.map(({ item }) => item)).toContain(open)
  expect((await post(FINANCE, '/api/reconciliations', { ...of, file: statement })).statusCode).toBe(201)
  const recuse = { type: 'custody.recuse', case: number, person: FINANCE, ground: 'RELATIVE', reason: '某事' }
  await server.deps.act({ person: 'qian-lei' }, recuse, { cause: 'stands aside' })
  const told = [
    await post(FINANCE, '/api/reconciliations/try', { ...of, file: statement }),
    await server.as(FINANCE, { url: '/api/reconciliations' }),
  ]
  for (const answer of told) {
    expect(answer.statusCode, answer.body).toBe(200)
    for (const part of [his, open, number, 'R002']) expect(answer.body).not.toContain(part)
  }
  expect(told[0]?.json<TriedStatement>()).toMatchObject({ matched: [], apart: 2 })
  const [last] = told[1]?.json<{ reconciliations: ShownReconciliation[] }>().reconciliations ?? []
  expect(last).toMatchObject({ matched: [], apart: 2 })
  // Nor does the work list count it: what is open beside it is.
  const all = await server.deps.db.selectFrom('reconciliations').select('open').orderBy('at', 'desc').executeTakeFirst()
  const [waits] = await reconcilingWork(server.deps.db, {
    ...{ actor: await loadActor(server.deps.db, FINANCE, server.deps.now()), now: server.deps.now() },
    ...{ after: null, limit: 9 },
  })
  const beside = (last?.openAtBank.length ?? 0) + (last?.openInBooks.length ?? 0)
  expect(all?.open).toBeGreaterThan(beside)
  expect(waits?.what.zh ?? '专户对账有 0 笔未对上').toBe(`专户对账有 ${beside} 笔未对上`)
  // What is recorded names every line, whoever records it.
  const again = await post(FINANCE, '/api/reconciliations', { ...of, file: statement })
  const { reconciliation } = again.json<{ reconciliation: string }>()
  const kept = await server.deps.db
    .selectFrom('reconciliations')
    .select('state')
    .where('id', '=', reconciliation)
    .executeTakeFirstOrThrow()
  expect(kept.state.matched).toEqual([{ item: his, row: 2 }])
})

it('lays what went out beside the acts that paid it: a confiscation by its receipt, a return by its sum', async () => {
  const out = await paidIn('专户案', 4, 'B001')
  const back = await paidIn('专户案', 6, 'B002')
  const kept = await paidIn('专户案', 8, 'B003')
  const propose = async (payload: object) => {
    const terms = { suspectedCrime: false, opinion: '查明' }
    const answer = await post(OTHER, '/api/custody/propose-disposal', { ...terms, ...payload })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<{ disposal: string; approval: string }>()
  }
  const grant = async (person: string, approval: string) => {
    const answer = await post(person, `/api/approvals/${approval}/grant`, {})
    expect(answer.statusCode, answer.body).toBe(200)
  }
  const confiscate = { way: 'CONFISCATE', destination: 'treasury', reviewUnit: 'dept-2' }
  const first = await propose({ items: [out], ...confiscate })
  await grant('he-fang', first.approval)
  const { waiting } = (await server.as(OFFICER, { url: `/api/disposals/${first.disposal}` })).json<{
    waiting: string
  }>()
  await grant('sun-bo', waiting)
  const found = { ground: 'unrelated', foundAt: new Date(clock).toISOString() }
  await grant('qian-lei', (await propose({ items: [back], way: 'RETURN', destination: 'holder', ...found })).approval)
  const signatures = [signatureOf(FINANCE)]
  const disposed = await post(OFFICER, '/api/custody/dispose', {
    ...{ items: [out], payment: { voucher: '缴款书 001' }, signatures },
  })
  expect(disposed.statusCode, disposed.body).toBe(200)
  const receiver = { relation: 'holder', name: '持有人甲', identity: '居民身份证 110101', signed: true }
  const released = await post(OFFICER, '/api/custody/release', {
    ...{ items: [back], noticeNumber: '解〔2026〕1号', receiver },
    signatures: [signatureOf(THIRD)],
  })
  expect(released.statusCode, released.body).toBe(200)
  const of = { unit: 'keeping', account: ACCOUNT, from: '2026-03-01', to: '2026-03-31' }
  const tryOut = async (...rows: string[]) =>
    (await post(FINANCE, '/api/reconciliations/try', { ...of, file: csv(...rows) })).json<TriedStatement>().out
  expect(await tryOut('2026-03-02,,400.00,缴款书001', '2026-03-03,,600.00,转账88')).toEqual({
    matched: [
      { item: out, row: 2 },
      { item: back, row: 3 },
    ],
    ...{ openAtBank: [], openInBooks: [], apart: 0 },
  })
  expect(await tryOut('2026-03-02,,400.00,缴款书002', '2026-03-03,,800.00,B003')).toMatchObject({
    ...{ matched: [], openAtBank: [{ row: 2 }, { row: 3 }] },
    openInBooks: [
      { item: out, case: '专户案', amount_fen: 40_000, voucher: '缴款书 001' },
      { item: back, amount_fen: 60_000, voucher: null },
    ],
  })
  expect((await server.as(OFFICER, { url: `/api/items/${kept}` })).json()).toMatchObject({
    custodyStatus: { value: 'DEPOSITED' },
  })
  const recorded = await post(FINANCE, '/api/reconciliations', { ...of, file: csv('2026-03-02,,400.00,缴款书001') })
  expect(recorded.statusCode, recorded.body).toBe(201)
  const { modules, keys, database } = server
  const { key, installation } = keys
  const proof = { db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation }
  expect((await verifyStore(proof)).faults).toEqual([])
})
