import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { approvalRoutes } from '../../approvals/routes.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import { noticeOf } from '../../refusal-names.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { custodyDeeds } from '../module.ts'
import type { CaseAccount, Found, ItemCard, ListSummary } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const WRONG = '云纪立〔2026〕17号'
const RIGHT = '云纪立〔2026〕71号'
const OTHER = '云纪立〔2026〕18号'
const [OFFICER, SECOND, CUSTODIAN] = ['zhang-wei', 'li-na', 'chen-jing'] as const

let server: TestServer
let item = ''
let causes = 0

const url = (number: string): string => `/api/cases/${encodeURIComponent(number)}`
const does = async (person: string, command: { readonly type: string } & Readonly<Record<string, unknown>>) =>
  (await server.deps.act({ person }, command, { cause: `c${(causes += 1)}` })).result
const correct = (
  number: string,
  to: string,
  signatures: readonly object[] = [signatureOf(SECOND)],
  person: string = OFFICER,
) =>
  server.as(person, {
    ...{ method: 'POST', url: `${url(number)}/corrections` },
    payload: { number: to, reason: '立案文号写反', signatures },
  })
const look = async (number: string): Promise<CaseAccount> =>
  (await server.as(OFFICER, { url: url(number) })).json<CaseAccount>()

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
  for (const number of [WRONG, OTHER])
    await does(OFFICER, {
      ...{ type: 'custody.open-case', number, title: '某案', track: 'SUPERVISION' },
      ...{ unit: 'dept-1', officers: [OFFICER, SECOND] },
    })
  const done = await does(OFFICER, { type: 'custody.register', case: WRONG, items: [general], ...taking })
  item = (done as unknown as { items: { code: string }[] }).items[0]?.code ?? ''
})
afterAll(() => server.close())

it('is refused without a second officer, to a stranger, and for a number of another case', async () => {
  for (const [answer, status, code] of [
    [await correct(WRONG, RIGHT, []), 422, 'custody.correction-signers'],
    [await correct(WRONG, RIGHT, [signatureOf(CUSTODIAN)]), 422, 'custody.correction-signers'],
    [await correct(WRONG, RIGHT, [signatureOf(SECOND)], 'wang-qiang'), 404, 'custody.unknown-case'],
    [await correct(WRONG, OTHER), 409, 'custody.number-of-other'],
  ] as const)
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code])
})

it('the case goes by its new number, and is found by both', async () => {
  const answer = await correct(WRONG, RIGHT)
  expect([answer.statusCode, answer.json()]).toMatchObject([201, { number: RIGHT }])
  for (const number of [WRONG, RIGHT]) {
    expect(await look(number)).toMatchObject({
      ...{ number: RIGHT, registered: WRONG },
      renumbered: [{ was: WRONG, is: RIGHT, reason: '立案文号写反', by: { who: `person/${OFFICER}` } }],
      items: [{ code: item, case: RIGHT }],
    })
    const found = (await server.as(OFFICER, { url: `/api/search?q=${encodeURIComponent(number)}` })).json<Found>()
    expect(found).toMatchObject({ cases: [{ number: RIGHT }], items: [{ code: item, case: RIGHT }] })
  }
  const card = (await server.as(OFFICER, { url: `/api/items/${item}` })).json<ItemCard>()
  expect(card.case).toBe(RIGHT)
})

it('is acted on by either number, and nothing that was registered changes', async () => {
  const register = await server.as(OFFICER, {
    ...{ method: 'POST', url: `${url(RIGHT)}/items` },
    payload: { items: [general], ...taking },
  })
  expect(register.statusCode).toBe(201)
  const ask = await server.as(OFFICER, {
    ...{ method: 'POST', url: '/api/approvals' },
    payload: { deed: { command: 'take-measure', case: RIGHT, kind: 'SEIZED' }, reason: '需要扣押' },
  })
  expect(ask.statusCode).toBe(201)
  expect((await look(WRONG)).items.map(({ ordinal }) => ordinal)).toEqual([1, 2])
  const lists = async (number: string) =>
    (await server.as(OFFICER, { url: `/api/lists?case=${encodeURIComponent(number)}` })).json<{
      lists: ListSummary[]
    }>().lists
  await does(OFFICER, {
    ...{ type: 'custody.add-photo', items: [{ item, photos: ['ab'.repeat(32)] }] },
  })
  await onFilm(server.deps, [item])
  await does(OFFICER, { type: 'custody.hand-over', items: [item], store: 'store-1' })
  expect(await lists(RIGHT)).toMatchObject([{ cases: [RIGHT] }])
  expect(await lists(WRONG)).toHaveLength(1)
  const { rows } = await sql<{ subject: string }>`
    select distinct subject from entries where subject like 'case/%' order by subject`.execute(server.deps.db)
  expect(rows.map(({ subject }) => subject)).toEqual([`case/${WRONG}`, `case/${OTHER}`])
})

it('a refusal says the number that was asked for: a stranger learns of no other, and not that it is there', async () => {
  for (const number of [WRONG, RIGHT, '云纪立〔2026〕99号']) {
    const answer = await server.as('wang-qiang', { url: url(number) })
    expect([answer.statusCode, answer.json()]).toMatchObject([404, { values: { case: number } }])
    expect(answer.body).not.toContain(number === RIGHT ? WRONG : RIGHT)
  }
  const known = await server.as(OFFICER, {
    ...{ method: 'POST', url: '/api/cases' },
    payload: { number: WRONG, title: '别案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER] },
  })
  expect(known.body).not.toContain(RIGHT)
})

it('a refusal about an item says the number its case goes by', async () => {
  const notice = await noticeOf(server.deps.db, new Refusal('custody.case-closed', { case: WRONG }))
  expect([notice.detail.zh, notice.values]).toEqual([expect.stringContaining(RIGHT), { case: RIGHT }])
  // Deadlines and work lists say it by the same.
  const named = await namesOf(server.deps.db, [`case/${WRONG}`, `case/${OTHER}`])
  expect([WRONG, OTHER].map((number) => named(`case/${number}`).name)).toEqual([RIGHT, OTHER])
})

it('no other case takes either number, whoever writes it', async () => {
  for (const number of [WRONG, RIGHT]) {
    const answer = await server.as(OFFICER, {
      ...{ method: 'POST', url: '/api/cases' },
      payload: { number, title: '别案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER] },
    })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'custody.case-exists'])
  }
  const write = sql`insert into case_numbers (case_number, number, stands) values (${WRONG}, ${OTHER}, false)`
  await expect(write.execute(server.database.ownerDb)).rejects.toThrow(/another case/)
})

it('every table equals a replay of the registers', async () => {
  const { deps, modules, keys } = server
  const { key, installation } = keys
  const found = await verifyStore({ db: deps.db, modules, folder: checkpointFolderOf(keys), key, installation })
  expect(found.faults).toEqual([])
})
