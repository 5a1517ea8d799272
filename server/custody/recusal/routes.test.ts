import { afterAll, beforeAll, expect, it } from 'vitest'
import { testServer, type TestServer } from '../../testing.ts'
import type { CaseAccount } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'

const number = '云纪立〔2026〕67号'
const url = `/api/cases/${encodeURIComponent(number)}`
const [OFFICER, OTHER, THIRD, HEAD] = ['zhang-wei', 'li-na', 'tang-yue', 'qian-lei'] as const
const why = { ground: 'RELATIVE', reason: '当事人的妻弟' }

let server: TestServer
let item = ''

const look = async (person: string) => server.as(person, { method: 'GET', url })
const recuse = (person: string, body: object) =>
  server.as(person, { method: 'POST', url: `${url}/recusals`, payload: { ...why, ...body } })

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const of = { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: [OFFICER, OTHER] }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...of }, { cause: 'open' })
  const register = { type: 'custody.register', case: number, items: [general], ...taking }
  const { result } = await server.deps.act({ person: OFFICER }, register, { cause: 'register' })
  item = (result as unknown as { items: { code: string }[] }).items[0]?.code ?? ''
})
afterAll(() => server.close())

it('a recusal shows on the account, and whoever stands aside can open neither the case nor its items', async () => {
  expect((await look(OTHER)).json<CaseAccount>()).toMatchObject({ recusals: [], mayRecuse: 'self' })
  expect((await look(HEAD)).json<CaseAccount>()).toMatchObject({ mayRecuse: 'anybody' })
  const alone = await recuse(OTHER, { person: OTHER })
  expect([alone.statusCode, alone.json()]).toMatchObject([409, { code: 'custody.recusal-too-few' }])
  const answer = await recuse(OTHER, { person: OTHER, successors: [THIRD] })
  expect([answer.statusCode, answer.body]).toMatchObject([201, expect.not.stringContaining('妻弟')])
  const account = (await look(OFFICER)).json<CaseAccount>()
  expect(account.recusals).toMatchObject([
    {
      person: { who: `person/${OTHER}` },
      ground: { value: 'RELATIVE' },
      reason: why.reason,
      by: { who: `person/${OTHER}` },
    },
  ])
  expect(account.officers.map(({ who }) => who)).toEqual([`person/${OFFICER}`, `person/${THIRD}`])
  expect((await look(OTHER)).statusCode).toBe(404)
  expect((await server.as(OTHER, { method: 'GET', url: `/api/items/${item}` })).statusCode).toBe(404)
  expect((await server.as(OTHER, { method: 'GET', url: '/api/cases' })).json<{ cases: object[] }>().cases).toEqual([])
  expect((await look(THIRD)).statusCode).toBe(200)
})

it('a head stands aside too: his department is no way into the case', async () => {
  expect((await recuse(HEAD, { person: HEAD })).statusCode).toBe(201)
  expect((await look(HEAD)).statusCode).toBe(404)
  expect((await server.as(HEAD, { method: 'GET', url: `/api/items/${item}` })).statusCode).toBe(404)
  expect((await look(OFFICER)).json<CaseAccount>().recusals).toHaveLength(2)
})
