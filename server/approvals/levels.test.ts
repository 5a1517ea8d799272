import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../clock/testing.ts'
import type { WorkPage } from '../inbox/protocol.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { general, taking } from '../custody/testing.ts'
import type { ShownApproval, ShownDelegation } from './protocol.ts'

/** What more than one level must agree to, and who stands in for an approver who is away. */

const START = '2026-03-02T01:00:00.000Z'
const DAY_MS = 86_400_000
const COUNSEL = 'shen-yi'

let office: ClockOffice
let cases = 0

beforeAll(async () => {
  office = await clockOffice(START)
})
afterAll(() => office.server.close())

const inDays = (days: number): string => new Date(Date.parse(office.now) + days * DAY_MS).toISOString()

/** A request for a loan of something that lies in store. */
async function ask({ isValued = false } = {}): Promise<string> {
  cases += 1
  const items = await office.take(`第${cases}案`, 1, office.now)
  await office.checkIn(items)
  for (const item of isValued ? items : []) await valued(item)
  const deed = { command: 'borrow', items, dueAt: inDays(5), purpose: 'APPRAISAL' }
  const { result } = await office.act('zhang-wei', { type: 'approvals.ask', deed, reason: '送鉴定' })
  return String(result['id'])
}

/** Appraised at more than one level lends alone. */
async function valued(item: string): Promise<void> {
  const sent = {
    type: 'custody.appraise',
    items: [item],
    institution: '价格认定中心',
    commission: '委1',
    dueAt: inDays(3),
  }
  await office.act('chen-jing', sent, ['zhang-wei'])
  const { result } = await office.act('chen-jing', {
    ...{ type: 'custody.add-location', store: 'store-1', name: '柜', storageClass: 'ordinary', capacity: 5 },
  })
  const line = { item, location: result['code'], condition: 'same' }
  const back = { type: 'custody.appraised', items: [line], report: '价认1', value_fen: 60_000_000 }
  await office.act('chen-jing', back, ['zhang-wei'])
}

const read = (person: string, id: string) => office.get<ShownApproval>(person, `/api/approvals/${id}`)
const decide = async (person: string, id: string, verdict = 'grant'): Promise<string> => {
  const answer = await office.post(person, `/api/approvals/${id}/${verdict}`, {})
  return answer.statusCode < 300 ? answer.json<{ state: string }>().state : answer.json<{ code: string }>().code
}
const workOf = async (person: string): Promise<string[]> =>
  (await office.get<WorkPage>(person, '/api/work')).work.flatMap(({ kind, id }) => (kind === 'approval' ? [id] : []))
const lend = (person: string, of: object) =>
  office.post(person, '/api/delegations', { place: 'dept-1', commands: null, ...of })

it('what is ordinary takes one approver of whatever level', async () => {
  const id = await ask()
  expect((await read('qian-lei', id)).levels).toEqual([])
  expect(await decide('sun-bo', id)).toBe('granted')
})

it('what is valued highly takes the department and then the organ, in this order, by two people', async () => {
  const id = await ask({ isValued: true })
  expect(await workOf('qian-lei')).toContain(id)
  expect(await workOf('sun-bo')).not.toContain(id)
  expect((await read('sun-bo', id)).yours).toBe(false)
  expect(await decide('sun-bo', id)).toBe('approvals.not-approver')
  expect(await decide('qian-lei', id)).toBe('passed')
  expect(await workOf('qian-lei')).not.toContain(id)
  expect(await workOf('sun-bo')).toContain(id)
  expect(await decide('qian-lei', id)).toBe('approvals.not-approver')
  expect((await read('sun-bo', id)).levels).toMatchObject([
    { level: 'department', by: { person: 'qian-lei' }, standsFor: null },
    { level: 'organ', by: null },
  ])
  expect(await decide('sun-bo', id)).toBe('granted')
  expect((await read('zhang-wei', id)).levels).toMatchObject([{ by: { name: '钱磊' } }, { by: { name: '孙博' } }])
})

it('books of the current year take the head of an organ of a city or above; where none is known, nobody can be asked', async () => {
  const officers = ['zhang-wei', 'li-na']
  const open = { number: '账簿案', title: '某案', track: 'TAX', unit: 'dept-1', officers }
  await office.act('zhang-wei', { type: 'custody.open-case', ...open })
  const details = { pages: '240', original: 'original', bookYear: '2026' }
  const books = { ...general, name: '总账', category: 'documents', details }
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: '账簿案', items: [books], ...taking },
    measure: { ...taking.measure, kind: 'EXTRACTED' },
  })
  const items = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  const asks = () =>
    office.act('zhang-wei', {
      ...{ type: 'approvals.ask', deed: { command: 'confirm-measure', items }, reason: '调取当年账簿' },
    })
  const setLevel = (unit: string, level: string) =>
    office.post('xu-system', '/api/units/level', { unit, level }).then(({ statusCode }) => statusCode)
  expect(await setLevel('organ', 'county')).toBe(201)
  await expect(asks()).rejects.toMatchObject({ code: 'approvals.no-city-organ' })
  expect(await setLevel('dept-1', 'city')).toBe(422)
  expect(await setLevel('organ', 'city')).toBe(201)
  const id = String((await asks()).result['id'])
  expect(await decide('sun-bo', id)).toBe('approvals.not-approver')
  expect(await decide('qian-lei', id)).toBe('passed')
  expect(await workOf('sun-bo')).toContain(id)
  expect(await decide('sun-bo', id)).toBe('granted')
  expect((await read('sun-bo', id)).levels.map(({ level }) => level)).toEqual(['department', 'city'])
})

it('either level refuses for good', async () => {
  const id = await ask({ isValued: true })
  expect(await decide('qian-lei', id)).toBe('passed')
  expect(await decide('sun-bo', id, 'refuse')).toBe('refused')
  expect(await decide('sun-bo', id)).toBe('approvals.decided')
})

it('is lent by who holds the post, to somebody else who is active and no administrator, for a time', async () => {
  const tried = async (person: string, of: object) => (await lend(person, of)).json<{ code?: string }>().code
  const time = { from: office.now, to: inDays(7) }
  expect(await tried('zhang-wei', { deputy: 'li-na', ...time })).toBe('access.no-post')
  expect(await tried('he-fang', { deputy: COUNSEL, ...time })).toBe('approvals.not-principal')
  for (const deputy of ['qian-lei', 'xu-system', 'nobody'])
    expect(await tried('qian-lei', { deputy, ...time }), deputy).toBe('approvals.not-deputy')
  for (const wrong of [
    { from: inDays(2), to: inDays(1) },
    { from: inDays(-9), to: inDays(-1) },
    { from: office.now, to: inDays(91) },
  ])
    expect(await tried('qian-lei', { deputy: COUNSEL, ...wrong })).toBe('approvals.deputy-term')
})

it('a deputy decides while the other is away, for both of them: neither may have asked, nor handle or keep what it is about', async () => {
  const id = await ask()
  expect(await decide(COUNSEL, id)).toBe('approvals.not-approver')
  const lent = await lend('qian-lei', { deputy: COUNSEL, from: inDays(1), to: inDays(8), commands: ['borrow'] })
  expect(lent.statusCode, lent.body).toBe(201)
  expect(await decide(COUNSEL, id), 'not yet').toBe('approvals.not-approver')
  office.now = inDays(2)
  expect(await workOf(COUNSEL)).toContain(id)
  expect(await read(COUNSEL, id)).toMatchObject({ yours: true, yoursFor: { person: 'qian-lei', name: '钱磊' } })
  expect(await decide(COUNSEL, id)).toBe('granted')
  expect(await read('zhang-wei', id)).toMatchObject({
    decidedBy: { person: COUNSEL },
    decidedFor: { person: 'qian-lei' },
  })
  // An officer of the case grants nothing of it, in whose place soever; one who keeps it neither.
  for (const [deputy, code] of [
    ['li-na', 'custody.handles-case'],
    ['chen-jing', 'custody.keeps-it'],
  ] as const) {
    await lend('qian-lei', { deputy, from: office.now, to: inDays(3) })
    const other = await ask()
    expect(await decide(deputy, other), code).toMatch(/^custody\./)
    expect(await decide('zhang-wei', other)).toBe('approvals.same-person')
  }
})

it('of two levels one pair of people is one level, whoever of them decides', async () => {
  const id = await ask({ isValued: true })
  expect(await decide(COUNSEL, id)).toBe('passed')
  await lend('sun-bo', { deputy: COUNSEL, place: 'organ', from: office.now, to: inDays(3) })
  await lend('sun-bo', { deputy: 'qian-lei', place: 'organ', from: office.now, to: inDays(3) })
  for (const person of [COUNSEL, 'qian-lei']) {
    expect(await decide(person, id), person).toBe('approvals.same-level')
    expect((await read(person, id)).yours, person).toBe(false)
  }
  expect(await decide('sun-bo', id)).toBe('granted')
})

it('covers what it says and no more, is not passed on, and ends when it is ended or the post is', async () => {
  // What the organ lent is over by now.
  office.now = inDays(4)
  await lend('qian-lei', { deputy: 'he-fang', from: office.now, to: inDays(30), commands: ['extend-deadline'] })
  const id = await ask()
  expect(await decide('he-fang', id)).toBe('approvals.not-approver')
  // What he may not decide is not his to read either: neither the request, nor the case that it is about.
  expect((await office.server.as('he-fang', { url: `/api/approvals/${id}` })).statusCode).toBe(403)
  expect(await workOf('he-fang')).not.toContain(id)
  const { approvals } = await office.get<{ approvals: ShownApproval[] }>('he-fang', '/api/approvals')
  expect(approvals.map((one) => one.id)).not.toContain(id)
  const [item] = (await read('qian-lei', id)).deed['items'] as string[]
  const seen = async (person: string) => (await office.server.as(person, { url: `/api/items/${item}` })).statusCode
  expect([await seen(COUNSEL), await seen('he-fang')]).toEqual([200, 404])
  expect((await lend('he-fang', { deputy: 'li-na', from: office.now, to: inDays(3) })).json()).toMatchObject({
    code: 'approvals.not-principal',
  })
  const { delegations } = await office.get<{ delegations: ShownDelegation[] }>(COUNSEL, '/api/delegations')
  const mine = delegations.find(({ principal }) => principal.person === 'qian-lei')
  expect(mine).toMatchObject({ place: 'dept-1', commands: ['borrow'], mayEnd: true })
  expect((await office.post('zhang-wei', `/api/delegations/${mine?.id}/end`, {})).json()).toMatchObject({
    code: 'approvals.deputy-ended',
  })
  expect((await office.post('qian-lei', `/api/delegations/${mine?.id}/end`, {})).statusCode).toBe(200)
  expect(await decide(COUNSEL, id)).toBe('approvals.not-approver')
  await lend('qian-lei', { deputy: 'tang-yue', from: office.now, to: inDays(30) })
  await office.act('an-security', {
    type: 'org.end-appointment',
    person: 'qian-lei',
    post: 'approver',
    place: 'dept-1',
  })
  expect(await decide('tang-yue', id)).toBe('approvals.not-approver')
})

it('holds against its registers', async () => {
  const { key, installation } = office.server.keys
  const { modules, keys, database } = office.server
  const report = await verifyStore({
    db: database.ownerDb,
    modules,
    folder: checkpointFolderOf(keys),
    key,
    installation,
  })
  expect(report.faults).toEqual([])
})
