import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadActor } from '../../access/actor.ts'
import type { Command } from '../../module.ts'
import { testServer, type TestServer } from '../../testing.ts'
import type { CaseAccount, ItemCard } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'
import { intakeWork } from './work.ts'

const number = '监立〔2026〕16号'
const sealed = { number: 'F-1601', signers: ['zhang-wei', 'li-na'] }
const PROVES = '收受李某所送手机'

let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let codes: string[] = []

const at = (): string => {
  const moment = new Date((clock += 1_000)).toISOString()
  server.setNow(moment)
  return moment
}
const does = (person: string, command: Command & Record<string, unknown>) => {
  const moment = at()
  return server.deps.act({ person }, command, { cause: moment, at: moment })
}
const work = async (person: string) => {
  const now = at()
  const actor = await loadActor(server.database.db, person, now)
  return (await intakeWork(server.database.db, { actor, now, after: null, limit: 10 })).map(({ id }) => id)
}
const account = async (person: string) => {
  const got = await server.as(person, { method: 'GET', url: `/api/cases/${encodeURIComponent(number)}` })
  return got.json<CaseAccount>().withoutRelevance
}

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const of = { number, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers: ['zhang-wei', 'li-na'] }
  await does('zhang-wei', { type: 'custody.open-case', ...of })
  const items = [
    { ...general, valueStatus: 'UNKNOWN', seal: sealed },
    { ...general, name: '衣物', category: 'personal-effects' },
  ]
  const deed = { command: 'take-measure', case: number, kind: 'VOLUNTARY_RECEIVED' }
  const { result: asked } = await does('zhang-wei', { type: 'approvals.ask', deed, reason: '当事人主动上交' })
  const approval = String(asked['id'])
  await does('qian-lei', { type: 'approvals.grant', approval })
  const measure = { ...taking.measure, kind: 'VOLUNTARY_RECEIVED', approval }
  const head = { ...taking, relevance: undefined, measure }
  for (const line of items) {
    const { result } = await does('zhang-wei', { type: 'custody.register', case: number, items: [line], ...head })
    codes.push((result['items'] as unknown as { code: string }[])[0]?.code ?? '')
  }
})
afterAll(() => server.close())

it('what was handed in and is undecided, whose value nobody knows and of which nobody said what it proves, waits for the officers of the case alone', async () => {
  const [phone = '', clothes = ''] = codes
  const waits = await work('li-na')
  expect(waits).toEqual(expect.arrayContaining([`relevance/${number}`, `surrender/${phone}`, `value/${phone}`]))
  expect(waits.filter((id) => !id.endsWith(clothes))).toHaveLength(3)
  expect(await work('wang-qiang')).toEqual([])
  expect(await account('zhang-wei')).toEqual([phone])
})

it('until somebody has said it, at the address of the act', async () => {
  const [phone = ''] = codes
  at()
  const payload = { items: [phone], relevance: PROVES }
  const refused = await server.as('wang-qiang', { method: 'POST', url: '/api/custody/state-relevance', payload })
  expect(refused.json()).toMatchObject({ code: 'custody.unknown-item' })
  at()
  const said = await server.as('li-na', { method: 'POST', url: '/api/custody/state-relevance', payload })
  expect(said.statusCode, said.body).toBe(200)
  expect(await work('li-na')).not.toContain(`relevance/${number}`)
  expect(await account('zhang-wei')).toEqual([])
  const card = await server.as('li-na', { method: 'GET', url: `/api/items/${phone}` })
  expect(card.json<ItemCard>()).toMatchObject({ relevance: PROVES, mayStateRelevance: true })
})

it('through the API nothing is registered under a measure before somebody says what it has to do with the case', async () => {
  at()
  const path = `/api/cases/${encodeURIComponent(number)}/items`
  const register = async (more: object) =>
    server.as('zhang-wei', { method: 'POST', url: path, payload: { items: [general], ...taking, ...more } })
  const refused = await register({ relevance: undefined })
  expect(refused.statusCode).toBe(422)
  expect(refused.json()).toMatchObject({ code: 'custody.relevance-missing', values: { line: 1 } })
  expect((await register({ relevance: PROVES })).statusCode).toBe(201)
})
