import { afterAll, beforeAll, expect, it } from 'vitest'
import { approvalRoutes } from '../../approvals/routes.ts'
import type { Command } from '../../module.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { custodyDeeds } from '../module.ts'
import { loanPaper, returnPaper } from '../papers/paper-loans.ts'
import type { PaperSignatures, ShownLoan } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { NAME_WRITTEN } from './testing-strokes.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '调用签名案'
const [OFFICER, COLLEAGUE, KEEPER, SECOND] = ['zhang-wei', 'li-na', 'chen-jing', 'liu-yang'] as const
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let codes: string[]
let shelf: string
let loan: string

async function does(person: string, command: Command & Record<string, unknown>, signers: readonly string[] = []) {
  const at = new Date((clock += 60_000)).toISOString()
  server.setNow(at)
  return (await server.deps.act({ person, with: signers }, command, { cause: `test ${clock}`, at })).result
}
const sign = (person: string, payload: object) => {
  server.setNow(new Date((clock += 60_000)).toISOString())
  const body = { on: 'screen', strokes: NAME_WRITTEN, paper: loan, ...payload }
  return server.as(person, { method: 'POST', url: '/api/custody/sign', payload: body })
}
const places = async (person: string) =>
  (await server.as(person, { url: `/api/loans/${loan}/signatures` })).json<PaperSignatures>().places
const copy = { number: 1, of: 3, recipient: '附卷' }
const drawnOn = async (paper: typeof loanPaper) =>
  (await paper(server.deps.db, loan))?.form(copy).signatures.map(({ role, name, drawn }) => [role, name, drawn?.day])

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  const officers = [OFFICER, COLLEAGUE]
  const open = { number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers }
  await does(OFFICER, { type: 'custody.open-case', ...open })
  const registered = await does(OFFICER, {
    ...{ type: 'custody.register', case: CASE, items: [general, general], ...taking },
  })
  codes = (registered['items'] as unknown as { code: string }[]).map(({ code }) => code)
  await does(OFFICER, { type: 'custody.add-photo', items: codes.map((item) => ({ item, photos: [PHOTO] })) })
  const place = { type: 'custody.add-location', store: 'store-1', name: '架', storageClass: 'ordinary', capacity: 9 }
  shelf = String((await does(KEEPER, place))['code'])
  await onFilm(server.deps, codes)
  await does(OFFICER, { type: 'custody.hand-over', items: codes, store: 'store-1' })
  await does(KEEPER, { type: 'custody.check-in', items: codes, location: shelf }, [OFFICER])
  const dueAt = new Date(clock + 86_400_000).toISOString()
  const deed = { command: 'borrow', items: codes, dueAt, purpose: 'APPRAISAL' }
  const approval = String((await does(OFFICER, { type: 'approvals.ask', deed, reason: '鉴定' }))['id'])
  await does('qian-lei', { type: 'approvals.grant', approval })
  const lent = await does(KEEPER, { type: 'custody.borrow', items: codes, approval }, [OFFICER, SECOND])
  loan = String(lent['loan'])
}, 60_000)
afterAll(() => server.close())

it('both sides of a loan sign as it goes out, and F-06 carries what each drew for all of it', async () => {
  expect((await places(KEEPER)).map(({ act, as, person, sign: how }) => [act, as, person?.who, how])).toEqual([
    [1, 'giver', `person/${KEEPER}`, 'here'],
    [1, 'giver', `person/${SECOND}`, 'with-badge'],
    [1, 'taker', `person/${OFFICER}`, 'with-badge'],
  ])
  expect(await drawnOn(loanPaper)).toEqual([
    ['调用人', '张伟', undefined],
    ['保管人', '陈静', undefined],
    ['保管人', '刘洋', undefined],
    ['审批人', '钱磊', undefined],
  ])
  const taken = { as: 'taker', act: 1, items: codes, signatures: [signatureOf(OFFICER)] }
  expect((await sign(COLLEAGUE, { ...taken, signatures: [] })).json()).toMatchObject({
    code: 'custody.not-of-hand-over',
  })
  expect((await sign(KEEPER, { ...taken, act: 2 })).json()).toMatchObject({ code: 'custody.not-on-paper' })
  expect((await sign(KEEPER, { ...taken, signatures: [] })).json()).toMatchObject({ code: 'custody.not-on-paper' })
  const both = await sign(KEEPER, taken)
  expect(both.statusCode, both.body).toBe(200)
  expect((await sign(KEEPER, { as: 'giver', act: 1, items: codes.slice(0, 1) })).statusCode).toBe(200)
  expect(await drawnOn(loanPaper)).toEqual([
    ['调用人', '张伟', '2026-03-02'],
    // For one item of two.
    ['保管人', '陈静', undefined],
    ['保管人', '刘洋', undefined],
    ['审批人', '钱磊', undefined],
  ])
})

it('who brings one back and who takes it in sign that too, each return for itself, and F-07 carries it', async () => {
  const [first = '', second = ''] = codes
  const back = (item: string) => ({ item, location: shelf, condition: 'same' })
  await does(KEEPER, { type: 'custody.give-back', items: [back(first)] }, [COLLEAGUE, SECOND])
  const sides = async () =>
    (await places(COLLEAGUE))
      .filter(({ act }) => act === 2)
      .map(({ as, person, items }) => [as, person?.who, items.length])
  expect(await sides()).toEqual([
    ['giver', `person/${COLLEAGUE}`, 1],
    ['taker', `person/${KEEPER}`, 1],
    ['taker', `person/${SECOND}`, 1],
  ])
  expect((await sign(COLLEAGUE, { as: 'giver', act: 2, items: codes })).json()).toMatchObject({
    code: 'custody.not-on-paper',
  })
  expect((await sign(COLLEAGUE, { as: 'giver', act: 2, items: [first] })).statusCode).toBe(200)
  // A second custodian stands on the side of the store, not of who brings.
  expect(await drawnOn(returnPaper)).toEqual([
    ['归还人', '李娜', '2026-03-02'],
    ['保管人', '陈静', undefined],
    ['保管人', '刘洋', undefined],
  ])
  await does(SECOND, { type: 'custody.give-back', items: [back(second)] }, [COLLEAGUE])
  // What came later is not signed for yet.
  expect((await drawnOn(returnPaper))?.[0]).toEqual(['归还人', '李娜', undefined])
  expect((await sign(COLLEAGUE, { as: 'giver', act: 2, items: [second] })).statusCode).toBe(200)
  expect((await drawnOn(returnPaper))?.[0]).toEqual(['归还人', '李娜', '2026-03-02'])
})

it('the loans of an item are found when it is back, by whoever may know of them', async () => {
  const asked = async (person: string, query: string) =>
    (await server.as(person, { url: `/api/loans?${query}` })).json<{ loans: ShownLoan[] }>().loans
  expect(await asked(OFFICER, '')).toEqual([])
  expect(await asked(OFFICER, `item=${codes[0] ?? ''}`)).toMatchObject([{ loan, outstanding: [], overdue: false }])
  expect(await asked('wang-qiang', `item=${codes[0] ?? ''}`)).toEqual([])
  const hidden = await server.as('wang-qiang', { url: `/api/loans/${loan}/signatures` })
  expect(hidden.json()).toMatchObject({ code: 'custody.unknown-loan' })
})
