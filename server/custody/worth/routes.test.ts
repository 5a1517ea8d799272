import { afterAll, beforeAll, expect, it } from 'vitest'
import { testServer, type TestServer } from '../../testing.ts'
import type { CaseAccount, ItemCard } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, taking } from '../testing.ts'

const number = '云税稽〔2026〕8号'
const url = `/api/cases/${encodeURIComponent(number)}`
const [OFFICER, OTHER, STRANGER] = ['zhang-wei', 'li-na', 'wang-qiang'] as const
const target = { amount_fen: 1_000_000, lateFee_fen: 50_000, costs_fen: 150_000, document: '云税保〔2026〕3号' }

let server: TestServer

const state = (person: string, body: object) =>
  server.as(person, { method: 'POST', url: `${url}/target`, payload: { ...target, ...body } })
const worth = async () => (await server.as(OFFICER, { method: 'GET', url })).json<CaseAccount>().worth
const register = async (...items: object[]): Promise<string[]> => {
  const payload = { ...taking, measure: { ...taking.measure, emergency: true, kind: 'SEIZED' }, items }
  const answer = await server.as(OFFICER, { method: 'POST', url: `${url}/items`, payload })
  expect([answer.statusCode, answer.body]).toMatchObject([201, expect.any(String)])
  return answer.json<{ items: { code: string }[] }>().items.map(({ code }) => code)
}

beforeAll(async () => {
  server = await testServer({ extend: async (app, deps) => void (await app.register(custodyRoutes, deps)) })
  const open = async (of: string, track: string) =>
    server.deps.act(
      { person: OFFICER },
      { type: 'custody.open-case', number: of, title: '某案', track, unit: 'dept-1', officers: [OFFICER, OTHER] },
      { cause: `open ${of}` },
    )
  await open(number, 'TAX')
  await open('云纪立〔2026〕8号', 'SUPERVISION')
})
afterAll(() => server.close())

it('an officer of a tax case says what is to be secured; the account holds it against what is held', async () => {
  expect(await worth()).toEqual({
    ...{ target: null, held_fen: 0, over_fen: 0, unvalued: [], indivisible: [], spared: [] },
    settlement: null,
  })
  expect((await state(STRANGER, {})).statusCode).toBe(404)
  expect((await state(OFFICER, { amount_fen: 0 })).statusCode).toBe(400)
  expect((await state(OFFICER, {})).statusCode).toBe(201)
  expect(await worth()).toMatchObject({
    target: { total_fen: 1_200_000, document: target.document, by: { who: `person/${OFFICER}` } },
  })
  const priced = { estimateMethod: 'MARKET', unitPrice: '3000.50' }
  const [first = '', second = '', third = ''] = await register(
    { ...general, quantity: 3, details: priced },
    { ...general, name: '设备', details: { estimateMethod: 'APPRAISED', unitPrice: '8000', onlyThing: 'yes' } },
    { ...general, name: '样品' },
  )
  expect(await worth()).toMatchObject({
    ...{ held_fen: 900_150 + 800_000, over_fen: 500_150, unvalued: [third], indivisible: [second], spared: [] },
  })
  const card = (await server.as(OFFICER, { method: 'GET', url: `/api/items/${first}` })).json<ItemCard>()
  expect(JSON.stringify(card)).toContain('3000.50')
  await state(OTHER, { amount_fen: 2_000_000 })
  expect(await worth()).toMatchObject({ over_fen: 0, target: { by: { who: `person/${OTHER}` } } })
})

it('what is needed to live is spared whatever it costs, other things of daily life up to the sum of the rule', async () => {
  const living = (livingUse: string, unitPrice?: string) => ({
    ...general,
    details: { livingUse, ...(unitPrice === undefined ? {} : { estimateMethod: 'MARKET', unitPrice }) },
  })
  const codes = await register(
    living('NECESSITY', '9000'),
    living('OTHER', '5000'),
    living('OTHER', '5000.01'),
    living('OTHER'),
  )
  expect((await worth())?.spared).toEqual([codes[0], codes[1], codes[3]])
})

it('no sum is stated where no measure of the procedure has to match one', async () => {
  const of = `/api/cases/${encodeURIComponent('云纪立〔2026〕8号')}`
  const refused = await server.as(OFFICER, { method: 'POST', url: `${of}/target`, payload: target })
  expect([refused.statusCode, refused.json()]).toMatchObject([422, { code: 'custody.target-track' }])
  expect((await server.as(OFFICER, { method: 'GET', url: of })).json<CaseAccount>().worth).toBeNull()
})
