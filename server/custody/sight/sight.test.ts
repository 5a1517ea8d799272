import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShownApproval } from '../../approvals/protocol.ts'
import { approvalRoutes } from '../../approvals/routes.ts'
import { filesFolder, openFiles } from '../../files/files.ts'
import type { Command } from '../../module.ts'
import { signatureOf, testServer, type TestServer } from '../../testing.ts'
import { hintsInSight } from './hints.ts'
import { custodyDeeds } from '../module.ts'
import { paperRoutes } from '../papers/paper-routes.ts'
import type { CaseAccount, CaseSummary, Found, ItemCard, ListSummary, ShownList, ShownLoan } from '../protocol.ts'
import { custodyRoutes } from '../routes.ts'
import { general, PHOTO, taking } from '../testing.ts'
import { onFilm } from '../testing-film.ts'

const CASE = '云纪立〔2026〕1号'
const OTHER = '云纪立〔2026〕2号'
const TEAMS: Readonly<Record<string, readonly string[]>> = {
  [CASE]: ['zhang-wei', 'li-na'],
  [OTHER]: ['zhang-wei', 'tang-yue'],
}

let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')
let shelf: string
/** An item of each case in the store, and one of each on a list that waits. */
let stored: readonly string[]
let onList: readonly string[]
let list: string
let loan: string

beforeAll(async () => {
  server = await testServer({
    extend: async (app, deps) => {
      await app.register(custodyRoutes, deps)
      await app.register(approvalRoutes, { ...deps, deeds: custodyDeeds })
      const files = await openFiles({ folder: filesFolder(deps.dataDir), db: deps.db, now: deps.now })
      await app.register(paperRoutes, { ...deps, files })
    },
  })
  for (const [number, officers] of Object.entries(TEAMS))
    await post(
      'zhang-wei',
      '/api/cases',
      { number, title: `${number}的案名`, track: 'SUPERVISION', unit: 'dept-1', officers },
      201,
    )
  const location = { name: '大架', storageClass: 'ordinary', capacity: 99 }
  shelf = (await post<{ code: string }>('chen-jing', '/api/stores/store-1/locations', location, 201)).code
  stored = [await itemOf(CASE), await itemOf(OTHER)]
  await onFilm(server.deps, stored)
  await post('zhang-wei', '/api/custody/hand-over', { items: stored, store: 'store-1' })
  await post('chen-jing', '/api/custody/check-in', {
    items: stored,
    location: shelf,
    signatures: [signatureOf('zhang-wei')],
  })
  const approval = await asked('zhang-wei', stored)
  await post('qian-lei', `/api/approvals/${approval}/grant`, {})
  const borrow = { type: 'custody.borrow', items: stored, approval } as Command
  const { result } = await server.deps.act({ person: 'chen-jing', with: ['zhang-wei'] }, borrow, {
    cause: 'lend',
    at: tick(),
  })
  loan = String(result['loan'])
  await server.deps.act(
    { person: 'chen-jing', with: ['zhang-wei'] },
    { type: 'custody.give-back', items: stored, location: shelf } as Command,
    { cause: 'back of one', at: tick() },
  )
  onList = [await itemOf(CASE), await itemOf(OTHER)]
  await onFilm(server.deps, onList)
  list = (await post<{ list: string }>('zhang-wei', '/api/custody/hand-over', { items: onList, store: 'store-1' })).list
})
afterAll(() => server.close())

function tick(): string {
  const at = new Date((clock += 1_000)).toISOString()
  server.setNow(at)
  return at
}

async function post<T>(person: string, url: string, payload: object, status = 200): Promise<T> {
  tick()
  const answer = await server.as(person, { method: 'POST', url, payload })
  expect(answer.statusCode, answer.body).toBe(status)
  return answer.json<T>()
}

/** A photographed item of a case; its code. */
async function itemOf(number: string): Promise<string> {
  const [first = '', second = ''] = TEAMS[number] ?? []
  const measure = { ...taking.measure, officers: [first, second] }
  const url = `/api/cases/${encodeURIComponent(number)}/items`
  const made = await post<{ items: { code: string }[] }>(first, url, { items: [general], ...taking, measure }, 201)
  const item = made.items[0]?.code ?? ''
  const photo = { type: 'custody.add-photo', items: [{ item, photos: [PHOTO] }] } as Command
  await server.deps.act({ person: first }, photo, { cause: `photo ${item}`, at: tick() })
  return item
}

async function asked(person: string, items: readonly string[]): Promise<string> {
  const deed = { command: 'borrow', items, dueAt: new Date(clock + 86_400_000).toISOString(), purpose: 'COURT' }
  return (await post<{ id: string }>(person, '/api/approvals', { deed, reason: '庭审示证' }, 201)).id
}

/** What somebody is answered: the body, or the code of the refusal. */
async function read<T>(person: string, url: string): Promise<T | string> {
  const answer = await server.as(person, { method: 'GET', url })
  return answer.statusCode === 200 ? answer.json<T>() : answer.json<{ code: string }>().code
}

async function casesOf(person: string): Promise<string[]> {
  const answer = (await read(person, '/api/cases')) as { cases: CaseSummary[] }
  return answer.cases.map(({ number, title }) => (title === null ? `${number} 无案名` : number))
}

async function listsOf(person: string): Promise<string[]> {
  return ((await read(person, '/api/lists')) as { lists: ListSummary[] }).lists.map(({ code }) => code)
}

async function hears(person: string, subject: string): Promise<boolean> {
  const at = new Date(clock).toISOString()
  const hint = { register: 'unit.dept-1', seq: 1, type: 'custody.any', subject, at }
  return (await hintsInSight(server.deps.db, person, [hint], at)).some((told) => told.subject === subject)
}

describe('a case is seen by', () => {
  it.each([
    ['zhang-wei', [CASE, OTHER], 'an officer of both'],
    ['li-na', [CASE], 'an officer of the first'],
    ['tang-yue', [OTHER], 'an officer of the second'],
    ['qian-lei', [CASE, OTHER], 'the head of the department'],
    ['zhou-ping', [CASE, OTHER], 'a supervisor'],
    ['chen-jing', [`${CASE} 无案名`, `${OTHER} 无案名`], 'a custodian of the store, without its name'],
    ['sun-bo', [], 'not an approver above who has nothing to decide'],
    ['wang-qiang', [], 'not an officer of another department'],
    ['he-fang', [], 'not the head of another department'],
    ['guo-tao', [], 'not the head of the keeping department'],
    ['xu-system', [], 'no administrator'],
    ['an-security', [], 'no administrator'],
    ['ji-audit', [], 'no administrator'],
    ['wu-xia', [], 'nobody of the hall'],
  ])('%s: %j (%s)', async (person, cases) => {
    expect(await casesOf(person)).toEqual(cases)
    for (const [index, number] of [CASE, OTHER].entries()) {
      const account = await read<CaseAccount>(person, `/api/cases/${encodeURIComponent(number)}`)
      const seen = cases.includes(number)
      expect(typeof account === 'string' ? account : account.title).toBe(
        seen ? `${number}的案名` : 'custody.unknown-case',
      )
      const keeps = person === 'chen-jing'
      const code = stored[index] ?? ''
      for (const url of [`/api/items/${code}`, `/api/items/${code}/chain`, `/api/items/${code}/card.svg`]) {
        const answer = await server.as(person, { method: 'GET', url })
        expect(answer.statusCode, `${person} ${url}`).toBe(seen || keeps ? 200 : 404)
      }
      const found = (await read<Found>(person, `/api/search?q=${code}`)) as Found
      expect(found.items.map((item) => item.code)).toEqual(seen || keeps ? [code] : [])
      for (const subject of [`item/${code}`, `case/${number}`])
        expect(await hears(person, subject), `${person} ${subject}`).toBe(seen || keeps)
    }
  })

  it('whoever opened it for others is answered, and has no part in it', async () => {
    const number = '云纪立〔2026〕3号'
    const open = {
      number,
      title: '他人之案',
      track: 'SUPERVISION',
      unit: 'dept-1',
      officers: ['zhang-wei', 'tang-yue'],
    }
    expect(await post<CaseAccount>('li-na', '/api/cases', open, 201)).toMatchObject({ number, title: null, items: [] })
    expect(await read('li-na', `/api/cases/${encodeURIComponent(number)}`)).toBe('custody.unknown-case')
    expect(await read('tang-yue', `/api/cases/${encodeURIComponent(number)}`)).toMatchObject({ title: '他人之案' })
  })
})

describe('an approver above the department', () => {
  it('sees a case while a request in it waits for him, and what he decided after', async () => {
    const [item = ''] = stored
    const approval = await asked('li-na', [item])
    expect(await casesOf('sun-bo')).toEqual([CASE])
    expect(await read<ItemCard>('sun-bo', `/api/items/${item}`)).toMatchObject({ code: item })
    for (const person of ['sun-bo', 'qian-lei', 'li-na', 'zhou-ping']) {
      expect(await approvalsOf(person)).toContain(approval)
      expect(await hears(person, `approval/${approval}`), person).toBe(true)
    }
    for (const person of ['tang-yue', 'he-fang', 'chen-jing', 'xu-system']) {
      expect(await approvalsOf(person)).not.toContain(approval)
      expect(await read(person, `/api/approvals/${approval}`)).toBe('access.not-yours')
      expect(await hears(person, `approval/${approval}`), person).toBe(false)
    }
    await post('sun-bo', `/api/approvals/${approval}/refuse`, { opinion: '暂不需要' })
    expect(await casesOf('sun-bo')).toEqual([])
    expect(await read('sun-bo', `/api/items/${item}`)).toBe('custody.unknown-item')
    expect(await approvalsOf('sun-bo')).toContain(approval)
    expect(await read('sun-bo', `/api/approvals/${approval}`)).toMatchObject({ state: 'refused' })
  })

  it('sees a case that is itself what he is asked about', async () => {
    const deed = { command: 'take-measure', case: CASE, kind: 'SEIZED' }
    const { id } = await post<{ id: string }>('li-na', '/api/approvals', { deed, reason: '查办需要' }, 201)
    expect(await casesOf('sun-bo')).toEqual([CASE])
    await post('li-na', `/api/approvals/${id}/withdraw`, {})
    expect(await casesOf('sun-bo')).toEqual([])
  })

  it('does not see what another decided, nor what lapsed', async () => {
    const [item = ''] = stored
    const [decided, waiting] = [await asked('li-na', [item]), await asked('tang-yue', [stored[1] ?? ''])]
    await post('qian-lei', `/api/approvals/${decided}/refuse`, {})
    expect(await casesOf('sun-bo')).toEqual([OTHER])
    expect(await read('sun-bo', `/api/approvals/${decided}`)).toBe('access.not-yours')
    clock += 8 * 86_400_000
    tick()
    expect(await casesOf('sun-bo')).toEqual([])
    for (const one of [decided, waiting]) expect(await approvalsOf('sun-bo')).not.toContain(one)
    expect(await approvalsOf('qian-lei')).toEqual(expect.arrayContaining([decided, waiting]))
  })

  it('sees a case while an incident in it waits for a conclusion', async () => {
    const [item = ''] = onList
    const incident = { items: [item], kind: 'damage', note: '外壳有裂纹' }
    await post('zhang-wei', '/api/custody/incident', incident)
    expect(await casesOf('sun-bo')).toEqual([CASE])
    for (const [person, seen] of [
      ['sun-bo', 1],
      ['li-na', 1],
      ['tang-yue', 0],
      ['chen-jing', 1],
      ['he-fang', 0],
    ] as const) {
      const { incidents } = (await read(person, '/api/incidents')) as { incidents: unknown[] }
      expect(incidents, person).toHaveLength(seen)
    }
    await post('sun-bo', '/api/custody/resolve', { items: [item], conclusion: '旧痕' })
    expect(await casesOf('sun-bo')).toEqual([])
  })

  async function approvalsOf(person: string): Promise<string[]> {
    return ((await read(person, '/api/approvals')) as { approvals: ShownApproval[] }).approvals.map(({ id }) => id)
  }
})

describe('a paper about two cases', () => {
  it('is seen by who may see all of it, and by nobody else', async () => {
    for (const person of ['zhang-wei', 'qian-lei', 'chen-jing', 'zhou-ping']) {
      expect(await read<ShownList>(person, `/api/lists/${list}`)).toMatchObject({ cases: [CASE, OTHER] })
      expect(await listsOf(person)).toContain(list)
      for (const subject of [`list/${list}`, `loan/${loan}`]) expect(await hears(person, subject), person).toBe(true)
    }
    for (const person of ['li-na', 'tang-yue', 'sun-bo', 'he-fang', 'xu-system']) {
      for (const form of ['', '/handover.pdf'])
        expect(await read(person, `/api/lists/${list}${form}`)).toBe('custody.unknown-list')
      expect(await listsOf(person)).toEqual([])
      for (const subject of [`list/${list}`, `loan/${loan}`]) expect(await hears(person, subject), person).toBe(false)
    }
  })

  it('is a loan too, while something of it is out', async () => {
    const approval = await asked('zhang-wei', stored)
    await post('qian-lei', `/api/approvals/${approval}/grant`, {})
    const borrow = { type: 'custody.borrow', items: stored, approval } as Command
    await server.deps.act({ person: 'chen-jing', with: ['zhang-wei'] }, borrow, { cause: 'lend again', at: tick() })
    for (const [person, seen] of [
      ['zhang-wei', 1],
      ['chen-jing', 1],
      ['qian-lei', 1],
      ['li-na', 0],
      ['tang-yue', 0],
    ] as const) {
      const { loans } = (await read(person, '/api/loans')) as { loans: ShownLoan[] }
      expect(loans, person).toHaveLength(seen)
    }
  })
})
