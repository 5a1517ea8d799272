import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../clock/testing.ts'
import { parseCsv } from '../csv.ts'
import { deeds } from '../modules.ts'
import { SYSTEM } from '../module.ts'
import { signatureOf } from '../testing.ts'
import { copiesRoutes } from './copies-routes.ts'
import type { GrantedCopy } from './protocol.ts'

/** Granted requests as copies for the supervision of the organ (product.md, rules W-01). */

const START = '2026-03-02T01:00:00.000Z'
const DAY_MS = 86_400_000
const SUPERVISOR = 'zhou-ping'
const ELSEWHERE = 'wu-xia'
const FIRST = '第一案'
let SECOND = '第二案'
const TIES = 5

let office: ClockOffice
let items: Readonly<Record<string, readonly string[]>> = {}

interface Page {
  readonly copies: readonly GrantedCopy[]
  readonly after: string | null
}

const read = (person: string, query: Readonly<Record<string, string>> = {}): Promise<Page> =>
  office.get<Page>(person, `/api/approvals/granted?${new URLSearchParams(query).toString()}`)
const casesOf = ({ copies }: Page) => copies.map(({ cases }) => cases.join(' '))
const inDays = (days: number): string => new Date(Date.parse(office.now) + days * DAY_MS).toISOString()

async function ask(item: string): Promise<string> {
  const deed = { command: 'borrow', items: [item], dueAt: inDays(5), purpose: 'APPRAISAL' }
  const { result } = await office.act('zhang-wei', { type: 'approvals.ask', deed, reason: '送鉴定' })
  return String(result['id'])
}

/** At the very moment at which the office stands. */
const grant = async (id: string): Promise<void> => {
  const answer = await office.post('qian-lei', `/api/approvals/${id}/grant`, { opinion: '同意送检' })
  expect(answer.statusCode, answer.body).toBe(200)
}

beforeAll(async () => {
  office = await clockOffice(START, { extend: async (app, deps) => app.register(copiesRoutes, { ...deps, deeds }) })
  const first = await office.take(FIRST, TIES + 1, office.now)
  const second = await office.take(SECOND, 2, office.now)
  items = { [FIRST]: first, [SECOND]: second }
  await office.checkIn([...first, ...second])
  const county = { unit: 'county', name: '云水县纪委监委', kind: 'organ', parent: 'organ', level: 'county' }
  for (const command of [
    { type: 'org.add-unit', ...county },
    { type: 'org.appoint', person: ELSEWHERE, post: 'supervisor', place: 'county' },
  ])
    await office.server.deps.act({ person: SYSTEM }, command, { cause: randomUUID() })
})
afterAll(() => office.server.close())

it('a copy says who asked, who granted, what, why, and of which case; what is undecided or refused is none', async () => {
  const [item = '', other = ''] = items[FIRST] ?? []
  const id = await ask(item)
  const refused = await ask(other)
  expect(await read(SUPERVISOR)).toEqual({ copies: [], after: null })
  await office.post('qian-lei', `/api/approvals/${refused}/refuse`, {})
  await grant(id)
  const { copies } = await read(SUPERVISOR)
  expect(copies).toMatchObject([
    {
      cases: [FIRST],
      approval: {
        ...{ id, state: 'granted', reason: '送鉴定', opinion: '同意送检', yours: false },
        ...{ requester: { name: '张伟' }, decidedBy: { name: '钱磊' }, decidedAt: office.now },
        deed: { command: 'borrow', items: [item] },
      },
    },
  ])
  expect(copies).toHaveLength(1)
})

it('is for supervisors of the organ alone: others are refused, those of another organ find nothing', async () => {
  for (const person of ['zhang-wei', 'qian-lei', 'chen-jing', 'ji-audit']) {
    const answer = await office.server.as(person, { url: '/api/approvals/granted' })
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'access.no-post' }])
    expect((await office.server.as(person, { url: '/api/exports/granted.csv' })).statusCode).toBe(403)
  }
  expect(await read(ELSEWHERE)).toEqual({ copies: [], after: null })
  expect(await read(ELSEWHERE, { case: FIRST })).toEqual({ copies: [], after: null })
})

it('pages hold each copy once, also where many were granted at one moment', async () => {
  const asked: string[] = []
  for (const item of (items[FIRST] ?? []).slice(1)) asked.push(await ask(item))
  for (const id of asked) await grant(id)
  const whole = await read(SUPERVISOR)
  expect(new Set(whole.copies.slice(0, TIES).map(({ approval }) => approval.decidedAt)).size).toBe(1)
  const seen: string[] = []
  let after: string | null = null
  do {
    const page: Page = await read(SUPERVISOR, { limit: '2', ...(after === null ? {} : { after }) })
    seen.push(...page.copies.map(({ approval }) => approval.id))
    after = page.after
  } while (after !== null)
  expect(seen).toEqual(whole.copies.map(({ approval }) => approval.id))
  expect(seen).toHaveLength(TIES + 1)
})

it('is narrowed by kind, by case, and by the local days from and to which it was granted', async () => {
  // An hour past midnight where the organ is, and still the day before elsewhere.
  office.now = '2026-03-09T17:00:00.000Z'
  await grant(await ask(items[SECOND]?.[0] ?? ''))
  expect(casesOf(await read(SUPERVISOR, { case: SECOND }))).toEqual([SECOND])
  expect(casesOf(await read(SUPERVISOR, { case: '没有这案' }))).toEqual([])
  expect(casesOf(await read(SUPERVISOR, { from: '2026-03-10', to: '2026-03-10' }))).toEqual([SECOND])
  expect(casesOf(await read(SUPERVISOR, { from: '2026-03-09', to: '2026-03-09' }))).toEqual([])
  expect((await read(SUPERVISOR, { to: '2026-03-09' })).copies).toHaveLength(TIES + 1)
  expect((await read(SUPERVISOR, { kind: 'borrow' })).copies).toHaveLength(TIES + 2)
  expect(await read(SUPERVISOR, { kind: 'extend-loan' })).toEqual({ copies: [], after: null })
  const unknown = await office.server.as(SUPERVISOR, { url: '/api/approvals/granted?kind=nothing' })
  expect(unknown.statusCode).toBe(400)
})

it('goes out as a table, narrowed in the same way', async () => {
  const query = new URLSearchParams({ case: SECOND }).toString()
  const file = await office.server.as(SUPERVISOR, { url: `/api/exports/granted.csv?${query}` })
  expect(file.statusCode, file.body).toBe(200)
  const { rows } = parseCsv(file.body)
  const [head = [], row = [], ...more] = rows
  expect(more).toEqual([])
  const cell = (name: string): string | undefined => row[head.findIndex((one) => one.includes(name))]
  expect([cell('批准时间'), cell('事项'), cell('案件'), cell('申请人'), cell('批准人'), cell('理由')]).toEqual([
    ...['2026-03-10 01:00', '调用申请', SECOND, '张伟', '钱磊', '送鉴定'],
  ])
})

it('a case goes by the number that it has now, and is found by any that it had', async () => {
  const right = '第二案（更正）'
  const corrected = await office.post('zhang-wei', `/api/cases/${encodeURIComponent(SECOND)}/corrections`, {
    ...{ number: right, reason: '案号写错', signatures: [signatureOf('li-na')] },
  })
  expect(corrected.statusCode, corrected.body).toBeLessThan(300)
  for (const number of [SECOND, right]) expect(casesOf(await read(SUPERVISOR, { case: number }))).toEqual([right])
  const file = await office.server.as(SUPERVISOR, { url: '/api/exports/granted.csv' })
  expect(parseCsv(file.body).rows.flat()).toContain(right)
  SECOND = right
})

it('whoever stands aside from a case finds none of its copies, not what he asked for himself, and no page is shorter for it', async () => {
  const deed = {
    ...{ command: 'urge', from: 'supervision', about: `case/${FIRST}`, unit: 'dept-1', person: 'zhang-wei' },
    ...{ reason: 'time-passed', method: 'letter', dueAt: inDays(5) },
  }
  const asked = await office.act(SUPERVISOR, { type: 'approvals.ask', deed, reason: '逾期未归还' })
  await office.act('sun-bo', { type: 'approvals.grant', approval: String(asked.result['id']) })
  expect(casesOf(await read(SUPERVISOR, { kind: 'urge' }))).toEqual([FIRST])
  const recused = await office.post('qian-lei', `/api/cases/${encodeURIComponent(FIRST)}/recusals`, {
    ...{ person: SUPERVISOR, ground: 'RELATIVE', reason: '近亲属' },
  })
  expect(recused.statusCode, recused.body).toBe(201)
  const page = await read(SUPERVISOR, { limit: '1' })
  expect(casesOf(page)).toEqual([SECOND])
  expect(casesOf(await read(SUPERVISOR, { limit: '1', after: page.after ?? '' }))).toEqual([])
  expect(await read(SUPERVISOR, { case: FIRST })).toEqual({ copies: [], after: null })
  const file = await office.server.as(SUPERVISOR, { url: '/api/exports/granted.csv' })
  expect(parseCsv(file.body).rows).toHaveLength(2)
})

it('names the article of the term that it puts off, where its kind has one', async () => {
  const [taken = ''] = await office.take('期限案', 1, office.now)
  await office.turn()
  const { deadlines } = await office.get<{ deadlines: { id: string; rule: string; matter: { id: string } }[] }>(
    'zhang-wei',
    '/api/deadlines',
  )
  const clock = deadlines.find(({ rule, matter }) => rule === 'DL-04' && matter.id === '期限案')?.id
  expect([taken, clock]).not.toContain(undefined)
  const asked = await office.post('zhang-wei', '/api/approvals', {
    ...{ deed: { command: 'extend-deadline', clock }, reason: '仍须辨认' },
  })
  await grant(asked.json<{ id: string }>().id)
  const [put] = (await read(SUPERVISOR, { kind: 'extend-deadline' })).copies
  expect(put?.basis).toBe('监察法实施条例(2021) 130')
  expect((await read(SUPERVISOR, { kind: 'borrow' })).copies.every(({ basis }) => basis === null)).toBe(true)
})
