import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { approvalRoutes } from '../../approvals/routes.ts'
import { plainNumber } from '../../ledger/marks.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { deeds } from '../../modules.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import type { CaseAccount, ItemCard, ShownList } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { fillFound } from '../search/fill.ts'
import { cash, general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const [OFFICER, OTHER] = ['zhang-wei', 'li-na'] as const
const [DEPARTMENT, ORGAN, FINANCE] = ['qian-lei', 'sun-bo', 'guo-tao'] as const
const CASE = '专户案'
const PATH = `/api/cases/${encodeURIComponent(CASE)}`
/** Seven notes of 100 yuan. */
const AMOUNT_FEN = 70_000
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')

const post = (person: string, url: string, payload: object) => {
  server.setNow(new Date((clock += 1_000)).toISOString())
  return server.as(person, { method: 'POST', url, payload })
}
const account = async () => (await server.as(OFFICER, { url: PATH })).json<CaseAccount>()
const card = async (code: string) => (await server.as(OFFICER, { url: `/api/items/${code}` })).json<ItemCard>()
const MIGRATION = new URL('../../../migrations/0073-former-numbers.sql', import.meta.url)
const foundBy = async (number: string): Promise<string> =>
  (await server.as(OFFICER, { url: `/api/search?q=${encodeURIComponent(number)}` })).body
const registers = async (line: object, measure: object): Promise<string> => {
  const of = { items: [line], ...taking, measure: { ...taking.measure, ...measure } }
  const answer = await post(OFFICER, `${PATH}/items`, of)
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ items: { code: string }[] }>().items[0]?.code ?? ''
}
const asks = async (deed: object): Promise<string> => {
  const answer = await post(OFFICER, '/api/approvals', { deed, reason: '查办需要' })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ id: string }>().id
}
const grants = async (person: string, approval: string) => {
  const answer = await post(person, `/api/approvals/${approval}/grant`, {})
  expect(answer.statusCode, answer.body).toBe(200)
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds })
    },
  })
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, OTHER] }
  expect((await post(OFFICER, '/api/cases', open)).statusCode).toBe(201)
})
afterAll(() => server.close())

it('a measure is agreed to by the department and the organ; what was handed in is held under another', async () => {
  const seizing = await asks({ command: 'take-measure', case: CASE, kind: 'SEIZED' })
  expect((await account()).pending).toMatchObject([{ id: seizing, deed: { kind: 'SEIZED' } }])
  await grants(DEPARTMENT, seizing)
  expect((await account()).approvedMeasures).toEqual([])
  await grants(ORGAN, seizing)
  expect((await account()).approvedMeasures).toMatchObject([
    { approval: seizing, kind: { value: 'SEIZED' }, holds: true },
  ])
  const handing = await asks({ command: 'take-measure', case: CASE, kind: 'VOLUNTARY_RECEIVED' })
  await grants(DEPARTMENT, handing)
  const code = await registers(general, { kind: 'VOLUNTARY_RECEIVED', approval: handing })
  expect(await card(code)).toMatchObject({
    ...{ measureStatus: { value: 'VOLUNTARY_RECEIVED' }, decidable: 'convert-surrender' },
    measure: { approval: handing },
  })
  const paper = (kind: string) => {
    const command = { type: 'custody.issue-paper', paper: kind, of: CASE, part: taking.measure.noticeNumber }
    return server.deps.act({ person: OFFICER }, command, { cause: `paper ${kind}` })
  }
  expect((await paper('surrender-list')).result).toMatchObject({
    number: expect.stringMatching(/^交〔2026〕..-0001号$/),
  })
  await expect(paper('seizure-list')).rejects.toMatchObject({ code: 'custody.nothing-for-paper' })
  const named = { command: 'convert-surrender', items: [code], kind: 'SEIZED', document: '持有人甲1号' }
  const refused = await post(OFFICER, '/api/approvals', { deed: named, reason: '立案' })
  expect(refused.json()).toMatchObject({ code: 'custody.names-person' })
  const converting = await asks({ ...named, document: '扣〔2026〕9号' })
  for (const person of [DEPARTMENT, ORGAN]) await grants(person, converting)
  expect(await card(code)).toMatchObject({
    ...{ measureStatus: { value: 'SEIZED' }, decidable: null },
    measure: { kind: 'SEIZED', noticeNumber: '扣〔2026〕9号', formerNumber: taking.measure.noticeNumber },
  })
  for (const number of ['扣〔2026〕9号', taking.measure.noticeNumber])
    expect(await foundBy(number), number).toContain(code)
  // As it stood in a store of the time before the former number was kept.
  const { ownerDb } = server.database
  const standing = async () => ({
    items: (await sql`select id, state from items order by id`.execute(ownerDb)).rows,
    numbers: (await sql`select * from item_numbers order by item, number`.execute(ownerDb)).rows,
  })
  const before = await standing()
  await sql`update items set state = state #- '{measure,formerNumber}'`.execute(ownerDb)
  await sql`delete from item_numbers where item = ${code} and number = ${plainNumber(taking.measure.noticeNumber)}`.execute(
    ownerDb,
  )
  expect(await foundBy(taking.measure.noticeNumber)).not.toContain(code)
  await sql.raw(await readFile(MIGRATION, 'utf8')).execute(ownerDb)
  await fillFound(server.deps.db, server.keys.content)
  expect(await standing()).toEqual(before)
  expect(await foundBy(taking.measure.noticeNumber)).toContain(code)
})

it('money of a list goes into the account by the sum that two people counted, and every register proves it', async () => {
  const line = {
    ...cash,
    seal: { number: 'F-100', signers: [OFFICER, OTHER] },
    details: { currency: 'CNY', cashUse: 'DEPOSIT' },
  }
  const code = await registers(line, {})
  await server.deps.act(
    { person: OFFICER },
    { type: 'custody.add-photo', items: [{ item: code, photos: [PHOTO] }] },
    { cause: 'photo' },
  )
  for (const person of [OFFICER, OTHER])
    await post(person, `/api/items/${code}/cash-counts`, { lines: [{ face_minor: 10_000, bundles: 0, loose: 7 }] })
  await onFilm(server.deps, [code])
  const handed = await post(OFFICER, '/api/custody/hand-over', { items: [code], store: 'store-1' })
  const { list } = handed.json<{ list: string }>()
  expect(await card(code)).toMatchObject({ mayDeposit: true, deposit: null })
  const pays = (amount_fen: number, finance: string) =>
    post(OFFICER, '/api/custody/deposit', {
      ...{ items: [{ item: code, voucher: '缴款001', amount_fen }], account: '专户6222' },
      signatures: [signatureOf(finance)],
    })
  expect((await pays(AMOUNT_FEN - 1, FINANCE)).json()).toMatchObject({ code: 'custody.deposit-differs' })
  const names = async (named: string) => {
    const change = { command: 'org.name-account', unit: 'organ', account: named }
    const { id } = (await post('xu-system', '/api/proposals', { change })).json<{ id: string }>()
    expect((await post('an-security', `/api/proposals/${id}/confirm`, {})).statusCode).toBe(200)
  }
  await names('专户0001')
  expect((await pays(AMOUNT_FEN, FINANCE)).json()).toMatchObject({ code: 'custody.account-unnamed' })
  await names('专户6222')
  expect((await pays(AMOUNT_FEN, DEPARTMENT)).json()).toMatchObject({ code: 'custody.finance-missing' })
  const paid = await pays(AMOUNT_FEN, FINANCE)
  expect(paid.statusCode, paid.body).toBe(200)
  expect(await card(code)).toMatchObject({
    ...{ custodyStatus: { value: 'DEPOSITED' }, holder: { who: 'unit/keeping' }, mayDeposit: false },
    deposit: { amount_fen: AMOUNT_FEN, voucher: '缴款001', finance: { who: `person/${FINANCE}` } },
  })
  const shown = (await server.as(OFFICER, { url: `/api/lists/${list}` })).json<ShownList>()
  expect(shown.lines).toMatchObject([{ code, outcome: 'deposited' }])
  const { ledger, unapproved } = await account()
  expect(unapproved).toMatchObject([
    { notice: taking.measure.noticeNumber, kind: { value: 'SEIZED' }, onTheSpot: false, items: [code] },
  ])
  expect(ledger.balances).toBe(true)
  expect(ledger.accounts.find(({ account: one }) => one === 'deposited')).toMatchObject({ pieces: 1, fen: AMOUNT_FEN })
  const { modules, keys } = server
  const { key, installation } = keys
  const folder = checkpointFolderOf(keys)
  const found = await verifyStore({ db: server.database.ownerDb, modules, folder, key, installation })
  expect(found.faults).toEqual([])
})
