import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadStates } from '../../ledger/project.ts'
import { testServer, type TestServer } from '../../testing.ts'
import { cases } from '../projections.ts'
import type { CaseAccount } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { taxPartsIn } from '../tax-roles/store.ts'

const [OFFICER, OTHER, THIRD, HEAD] = ['zhang-wei', 'li-na', 'tang-yue', 'qian-lei'] as const
const reason = '原承办人员周某已调离'
const urlOf = (number: string): string => `/api/cases/${encodeURIComponent(number)}`

let server: TestServer

const look = async (person: string, number: string) => server.as(person, { method: 'GET', url: urlOf(number) })
const join = (person: string, number: string) =>
  server.as(person, {
    ...{ method: 'POST', url: `${urlOf(number)}/officers`, payload: { officers: [THIRD], reason } },
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
const open = async (number: string, track: string): Promise<void> => {
  const of = { number, title: '某案', track, unit: 'dept-1', officers: [OFFICER, OTHER] }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...of }, { cause: number })
}

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
})
afterAll(() => server.close())

it('whoever joins opens the case, and its account says by whose word and why; nobody joins twice', async () => {
  const number = '云纪立〔2026〕71号'
  await open(number, 'SUPERVISION')
  expect((await look(THIRD, number)).statusCode).toBe(404)
  expect((await look(OFFICER, number)).json<CaseAccount>()).toMatchObject({ joined: [], mayJoin: false })
  expect((await look(HEAD, number)).json<CaseAccount>()).toMatchObject({ mayJoin: true })
  const refused = await join(OFFICER, number)
  expect([refused.statusCode, refused.json()]).toMatchObject([403, { code: 'custody.officers-not-yours' }])
  const answers = await Promise.all([join(HEAD, number), join(HEAD, number), join(HEAD, number)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409, 409])
  expect(answers.map(({ body }) => body).join('')).not.toContain('调离')
  const account = (await look(THIRD, number)).json<CaseAccount>()
  expect(account.officers.map(({ who }) => who)).toEqual([OFFICER, OTHER, THIRD].map((one) => `person/${one}`))
  expect(account.joined).toMatchObject([
    { officers: [{ who: `person/${THIRD}` }], reason, by: { who: `person/${HEAD}` } },
  ])
})

it('who joins a tax case inspects in it from then on, and not from its beginning', async () => {
  const number = '云税稽〔2026〕71号'
  await open(number, 'TAX')
  expect((await join(HEAD, number)).statusCode).toBe(201)
  const of = (await loadStates(server.deps.db, cases, [number])).get(number)
  if (!of) throw new Error(`${number} is not there`)
  const parts = (await taxPartsIn(server.deps.db, [of])).get(number) ?? []
  expect(parts.find(({ person }) => person === OFFICER)?.at).toBe(of.openedAt)
  expect(parts.find(({ person }) => person === THIRD)).toMatchObject({ role: 'INSPECT', at: of.joined?.[0]?.at })
})
