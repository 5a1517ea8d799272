import { afterAll, beforeAll, expect, it } from 'vitest'
import { approvalRoutes } from '../../approvals/routes.ts'
import { approvalWork } from '../../approvals/work.ts'
import { loadActor } from '../../access/actor.ts'
import { testServer, type TestServer } from '../../testing.ts'
import type { CaseAccount } from '../protocol.ts'
import { custodyDeeds } from '../module.ts'
import { custodyRoutes } from '../routes.ts'
import { hintsInSight } from '../sight/hints.ts'
import { general, taking } from '../testing.ts'

const number = '云纪立〔2026〕67号'
const url = `/api/cases/${encodeURIComponent(number)}`
const [OFFICER, OTHER, THIRD, HEAD] = ['zhang-wei', 'li-na', 'tang-yue', 'qian-lei'] as const
const SUPERVISOR = 'zhou-ping'
const why = { ground: 'RELATIVE', reason: '当事人的妻弟' }

let server: TestServer
let item = ''

const look = async (person: string) => server.as(person, { method: 'GET', url })
const recuse = (person: string, body: object) =>
  server.as(person, { method: 'POST', url: `${url}/recusals`, payload: { ...why, ...body } })

/** What the live line would tell somebody of this request. */
const heard = async (person: string, approval: string) => {
  const { db, now } = server.deps
  const asked = { register: 'unit.dept-1', seq: 1, type: 'approvals.asked', subject: `approval/${approval}` }
  const hint = { ...asked, at: now() }
  return hintsInSight(db, person, [hint], now())
}

const workOf = async (person: string) => {
  const { db, now } = server.deps
  const actor = await loadActor(db, person, now())
  return approvalWork(custodyDeeds)(db, { actor, now: now(), after: null, limit: 50 })
}

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
    },
  })
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

it('a supervisor who stands aside sees every other case and nothing of this one', async () => {
  const cases = async (person: string) =>
    (await server.as(person, { method: 'GET', url: '/api/cases' })).json<{ cases: { number: string }[] }>().cases
  const of = {
    number: '云纪立〔2026〕68号',
    title: '另案',
    track: 'SUPERVISION',
    unit: 'dept-1',
    officers: [OFFICER, THIRD],
  }
  await server.deps.act({ person: OFFICER }, { type: 'custody.open-case', ...of }, { cause: 'open another' })
  const items = `/api/items/${item}`
  expect((await server.as(SUPERVISOR, { method: 'GET', url: items })).statusCode).toBe(200)
  expect((await look(SUPERVISOR)).json<CaseAccount>()).toMatchObject({ mayRecuse: 'self' })
  expect((await recuse(SUPERVISOR, { person: OFFICER })).json()).toMatchObject({ code: 'custody.recusal-not-yours' })
  expect((await recuse(SUPERVISOR, { person: SUPERVISOR })).statusCode).toBe(201)
  expect((await look(SUPERVISOR)).statusCode).toBe(404)
  for (const url of [items, `${items}/chain`])
    expect([url, (await server.as(SUPERVISOR, { method: 'GET', url })).statusCode]).toEqual([url, 404])
  expect((await cases(SUPERVISOR)).map(({ number: one }) => one)).toEqual([of.number])
  const search = await server.as(SUPERVISOR, { method: 'GET', url: `/api/search?q=${item}` })
  expect(search.json<{ items: object[] }>().items).toEqual([])
  expect((await server.as(SUPERVISOR, { method: 'GET', url: '/api/stores/store-1/locations' })).statusCode).toBe(200)
  for (const [register, what, status] of [
    ['unit.dept-1', 'entries', 403],
    ['unit.dept-1', 'export', 403],
    ['unit.dept-1', 'checkpoint', 200],
    ['org', 'entries', 200],
  ] as const) {
    const answer = await server.as(SUPERVISOR, { method: 'GET', url: `/api/registers/${register}/${what}` })
    expect([register, what, answer.statusCode]).toEqual([register, what, status])
  }
})

it('a request about a case is no work for whoever is recused from it, and not on his list', async () => {
  const approver = 'sun-bo'
  const deed = { command: 'take-measure', case: number, kind: 'SEIZED' }
  const payload = { deed, reason: '初步核实发现涉案财物' }
  const asked = await server.as(OFFICER, { method: 'POST', url: '/api/approvals', payload })
  expect([asked.statusCode, asked.body]).toMatchObject([201, expect.any(String)])
  const { id } = asked.json<{ id: string }>()
  const listed = async (person: string): Promise<boolean> => {
    const { approvals } = (await server.as(person, { method: 'GET', url: '/api/approvals?state=asked' })).json<{
      approvals: { id: string }[]
    }>()
    return approvals.some((one) => one.id === id)
  }
  const open = async (person: string) =>
    (await server.as(person, { method: 'GET', url: `/api/approvals/${id}` })).statusCode
  expect([await listed(HEAD), await open(HEAD)]).toEqual([true, 200])
  expect((await workOf(HEAD)).map((one) => one.id)).toContain(id)
  expect((await recuse(HEAD, { person: HEAD })).statusCode).toBe(201)
  expect([await listed(HEAD), await open(HEAD)]).toEqual([false, 403])
  expect((await workOf(HEAD)).map((one) => one.id)).not.toContain(id)
  expect([await listed(approver), await listed(OFFICER)]).toEqual([true, true])
  // Whoever watches and stands aside does not see it either.
  expect([await listed(SUPERVISOR), await open(SUPERVISOR)]).toEqual([false, 403])
  expect(await heard(HEAD, id)).toEqual([])
  expect(await heard(SUPERVISOR, id)).toEqual([])
  expect(await heard(approver, id)).toHaveLength(1)
})

it('who stands aside refuses no request about the case either, and neither does who stands in for him', async () => {
  const deputy = 'he-fang'
  const { approvals } = (await server.as(OFFICER, { method: 'GET', url: '/api/approvals?state=asked' })).json<{
    approvals: { id: string }[]
  }>()
  const id = approvals[0]?.id ?? ''
  const decides = async (person: string, verdict: string) => {
    const answer = await server.as(person, { method: 'POST', url: `/api/approvals/${id}/${verdict}`, payload: {} })
    return [person, verdict, answer.statusCode]
  }
  for (const verdict of ['grant', 'refuse']) expect(await decides(HEAD, verdict)).toEqual([HEAD, verdict, 403])
  const from = server.deps.now()
  const to = new Date(Date.parse(from) + 86_400_000).toISOString()
  const payload = { place: 'dept-1', commands: null, deputy, from, to }
  expect((await server.as(HEAD, { method: 'POST', url: '/api/delegations', payload })).statusCode).toBe(201)
  const read = await server.as(deputy, { method: 'GET', url: `/api/approvals/${id}` })
  expect(read.json()).toMatchObject({ yours: false, yoursFor: null })
  expect((await workOf(deputy)).map((one) => one.id)).not.toContain(id)
  for (const verdict of ['grant', 'refuse']) expect(await decides(deputy, verdict)).toEqual([deputy, verdict, 403])
})

it('a merger into the case is a request about it', async () => {
  const from = '云纪立〔2026〕68号'
  const register = { type: 'custody.register', case: from, items: [general], ...taking }
  await server.deps.act({ person: OFFICER }, register, { cause: 'register in another' })
  const deed = { command: 'merge-cases', case: from, into: number, document: '并案〔2026〕1号' }
  const payload = { deed, reason: '同一事实' }
  const asked = await server.as(OFFICER, { method: 'POST', url: '/api/approvals', payload })
  expect([asked.statusCode, asked.body]).toMatchObject([201, expect.any(String)])
  const { id } = asked.json<{ id: string }>()
  for (const person of [HEAD, SUPERVISOR]) {
    const answer = await server.as(person, { method: 'GET', url: `/api/approvals/${id}` })
    expect([person, answer.statusCode]).toEqual([person, 403])
    expect(await heard(person, id)).toEqual([])
  }
})

it('a head who stood aside is let in by his department no more', async () => {
  expect((await look(HEAD)).statusCode).toBe(404)
  expect((await server.as(HEAD, { method: 'GET', url: `/api/items/${item}` })).statusCode).toBe(404)
  expect((await look(OFFICER)).json<CaseAccount>().recusals).toHaveLength(3)
})
