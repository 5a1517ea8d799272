import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../clock/testing.ts'
import { parseCsv } from '../csv.ts'
import type { ShownClock } from '../clock/protocol.ts'
import type { WorkPage } from '../inbox/protocol.ts'
import { readPdf } from '../../labels/testing/read-pdf.ts'
import { issuedRoutes } from '../custody/papers/issued-routes.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { urgingsApart } from '../custody/recusal/apart.ts'
import { hintsInSight } from '../custody/sight/hints.ts'
import { SYSTEM } from '../module.ts'
import { paperSources } from '../modules.ts'
import type { ShownUrging } from './protocol.ts'
import { urgingRoutes } from './routes.ts'

const START = '2026-03-02T01:00:00.000Z'
const DAY_MS = 86_400_000
const CASE = '云纪立〔2026〕9号'

let office: ClockOffice
let items: string[]

beforeAll(async () => {
  office = await clockOffice(START, {
    extend: async (app, deps) => {
      await app.register(urgingRoutes, { ...deps, apart: urgingsApart })
      await app.register(issuedRoutes, { ...deps, sources: paperSources })
    },
  })
  items = await office.take(CASE, 2, START)
  await office.checkIn(items.slice(0, 1))
  await office.turn()
})
afterAll(() => office.server.close())

const inDays = (days: number): string => new Date(Date.parse(office.now) + days * DAY_MS).toISOString()
const asking = (of: object = {}) => ({
  deed: {
    ...{ command: 'urge', from: 'supervision', about: `case/${CASE}`, unit: 'dept-1', person: 'zhang-wei' },
    ...{ reason: 'time-passed', method: 'letter', dueAt: inDays(10), ...of },
  },
  reason: '手机一部逾期未移交，请说明原因并于三日内移交',
})
const codeOf = async (person: string, url: string, body: object): Promise<string> => {
  const answer = await office.post(person, url, body)
  return answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code
}
const ask = async (of: object = {}, person = 'zhou-ping') => office.post(person, '/api/approvals', asking(of))
const listed = async (person: string): Promise<readonly ShownUrging[]> =>
  (await office.get<{ urgings: readonly ShownUrging[] }>(person, '/api/urgings')).urgings
const workOf = async (person: string): Promise<string[]> =>
  (await office.get<WorkPage>(person, '/api/work')).work.map(({ kind, about }) => `${kind} ${about}`)

async function issue(of: object = {}): Promise<ShownUrging> {
  const asked = await ask(of)
  const { id } = asked.json<{ id: string }>()
  expect(asked.statusCode, asked.body).toBe(201)
  expect(await codeOf('sun-bo', `/api/approvals/${id}/grant`, {})).toBe('done')
  const [newest] = await listed('zhou-ping')
  if (newest === undefined) throw new Error('nothing was issued')
  return newest
}

it('is asked for by a supervisor, about what there is, to whom it concerns, in time', async () => {
  const tried = async (of: object, person?: string) => (await ask(of, person)).json<{ code?: string }>().code
  expect(await tried({}, 'zhang-wei')).toBe('urging.not-supervisor')
  expect(await tried({ from: 'dept-1' })).toBe('urging.not-supervisor')
  expect(await tried({ about: 'case/没有的案件' })).toBe('urging.unknown-matter')
  expect(await tried({ about: 'item/W0126999999900' })).toBe('urging.unknown-matter')
  expect(await tried({ unit: 'dept-2', person: null })).toBe('urging.not-concerned')
  expect(await tried({ person: 'wang-qiang' })).toBe('urging.not-there')
  for (const dueAt of [inDays(-1), inDays(91)]) expect(await tried({ dueAt })).toBe('urging.term')
  expect(await listed('zhou-ping')).toEqual([])
})

it('waits for a leader, who is nobody of the department', async () => {
  const { id } = (await ask({ person: null })).json<{ id: string }>()
  expect(await codeOf('qian-lei', `/api/approvals/${id}/grant`, {})).toBe('approvals.not-approver')
  expect(await workOf('sun-bo')).toEqual([`approval ${CASE}`])
  expect(await codeOf('sun-bo', `/api/approvals/${id}/refuse`, { opinion: '先电话了解' })).toBe('done')
  expect(await listed('zhou-ping')).toEqual([])
})

it('is issued with a number, seen by whom it is for and by supervisors, and stands in the work list', async () => {
  const urging = await issue()
  expect(urging).toMatchObject({
    ...{ number: '督〔2026〕1号', about: { kind: 'case', id: CASE }, state: 'issued', overdue: false },
    ...{ unit: { name: '第一审查调查室' }, person: { name: '张伟' }, approver: { name: '孙博' } },
    issued: { by: { name: '周平' }, text: '手机一部逾期未移交，请说明原因并于三日内移交' },
    ...{ mayAnswer: false, mayWithdraw: true },
  })
  for (const person of ['zhang-wei', 'qian-lei']) {
    expect(await workOf(person), person).toEqual(['urging 督〔2026〕1号'])
    expect((await listed(person)).map(({ mayAnswer }) => mayAnswer)).toEqual([true])
  }
  expect((await listed('sun-bo')).map(({ id }) => id)).toEqual([urging.id])
  for (const person of ['li-na', 'wang-qiang', 'chen-jing', 'xu-system']) {
    expect(await listed(person), person).toEqual([])
    expect((await office.server.as(person, { method: 'GET', url: `/api/urgings/${urging.id}` })).json()).toMatchObject({
      code: 'urging.unknown',
    })
  }
  const { rows } = await sql<{ text: string }>`select text from entries where type = 'urging.issued'`.execute(
    office.server.deps.db,
  )
  expect(rows[0]?.text).not.toMatch(/逾期|手机/)
})

it('runs on a clock from its issue, which warns whom it names and his head, and ends with the answer', async () => {
  await office.turn()
  const clocksOf = async () =>
    (await office.get<{ deadlines: readonly ShownClock[] }>('zhou-ping', '/api/deadlines')).deadlines.filter(
      ({ rule }) => rule === 'DL-21',
    )
  const [urging] = await listed('zhou-ping')
  expect(await clocksOf()).toMatchObject([
    { matter: { kind: 'urging', id: urging?.id }, unit: { id: 'dept-1' }, dueAt: urging?.dueAt, standing: 'running' },
  ])
  office.now = new Date(Date.parse(urging?.dueAt ?? '') - DAY_MS + 1_000).toISOString()
  await office.turn()
  expect(await clocksOf()).toMatchObject([{ standing: 'warned', colour: 'orange' }])
  const { rows } = await sql<{
    person: string
  }>`select distinct t.person from clock_told t join clocks c on c.id = t.clock
    where c.rule = 'DL-21' order by 1`.execute(office.server.deps.db)
  expect(rows.map(({ person }) => person)).toEqual(['qian-lei', 'zhang-wei'])
  expect(await codeOf('li-na', `/api/urgings/${urging?.id}/answer`, { text: '我来答' })).toBe('urging.unknown')
  expect(await codeOf('zhang-wei', `/api/urgings/${urging?.id}/answer`, { text: '已联系保管中心' })).toBe('done')
  expect(await codeOf('zhang-wei', `/api/urgings/${urging?.id}/answer`, { text: '再答' })).toBe('urging.not-so')
  await office.turn()
  expect(await clocksOf()).toEqual([])
})

it('an answer is sent back with a new term, answered again, and taken for enough; each by its own people', async () => {
  const [urging] = await listed('zhou-ping')
  const url = `/api/urgings/${urging?.id}`
  expect(await workOf('zhou-ping')).toContain('urging 督〔2026〕1号')
  expect(await workOf('zhang-wei')).not.toContain('urging 督〔2026〕1号')
  for (const person of ['zhang-wei', 'sun-bo']) expect(await codeOf(person, `${url}/accept`, {})).toBe('access.no-post')
  const dueAt = inDays(3)
  expect(await codeOf('zhou-ping', `${url}/send-back`, { text: '请写明移交时间', dueAt: inDays(-1) })).toBe(
    'urging.term',
  )
  expect(await codeOf('zhou-ping', `${url}/send-back`, { text: '请写明移交时间', dueAt })).toBe('done')
  await office.turn()
  expect((await listed('zhang-wei'))[0]).toMatchObject({
    ...{ state: 'issued', dueAt, mayAnswer: true },
    answers: [{ text: '已联系保管中心', judged: { accepted: false, text: '请写明移交时间' } }],
  })
  office.now = inDays(4)
  await office.turn()
  expect((await listed('zhou-ping'))[0]?.overdue).toBe(true)
  expect(await codeOf('qian-lei', `${url}/answer`, { text: '已于今日移交' })).toBe('done')
  expect(await codeOf('zhou-ping', `${url}/accept`, { text: '予以办结' })).toBe('done')
  expect(await codeOf('zhou-ping', `${url}/withdraw`, { text: '撤回' })).toBe('urging.not-so')
  expect((await listed('zhou-ping'))[0]).toMatchObject({
    state: 'accepted',
    answers: [{ judged: { accepted: false } }, { by: { name: '钱磊' }, judged: { accepted: true, text: '予以办结' } }],
  })
})

it('goes out as a numbered paper, which a supervisor of the unit issues and its addressee reads', async () => {
  const [urging] = await listed('zhou-ping')
  const wanted = { paper: 'urging', of: urging?.id }
  expect(await codeOf('zhang-wei', '/api/papers', wanted)).toBe('custody.paper-not-yours')
  expect(await codeOf('wang-qiang', '/api/papers', wanted)).toBe('request.not-found')
  const issued = await office.post('zhou-ping', '/api/papers', wanted)
  expect(issued.statusCode, issued.body).toBe(201)
  const { paper, number } = issued.json<{ paper: string; number: string }>()
  const file = (person: string) => office.server.as(person, { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
  const { pages } = readPdf((await file('qian-lei')).rawPayload)
  const text = pages.map((page) => page.text.replaceAll('\n', ' ')).join(' ')
  for (const part of ['督办通知单', number, urging?.number ?? '', '超过办理期限', '请写明移交时间', '督办人（周平）：'])
    expect(text).toContain(part)
  expect(pages.filter((page) => page.text.includes('共 3 份'))).toHaveLength(3)
  expect((await file('wang-qiang')).statusCode).toBe(404)
  const { papers } = await office.get<{ papers: readonly { number: string }[] }>(
    'zhang-wei',
    `/api/papers?of=${urging?.id}`,
  )
  expect(papers.map((one) => one.number)).toEqual([number])
})

it('is about an item, or a deadline, to the department that keeps it, too; numbers go on; it can be taken back', async () => {
  const second = await issue({ about: `item/${items[0]}`, unit: 'keeping', person: 'chen-jing', reason: 'perfunctory' })
  expect(second).toMatchObject({ number: '督〔2026〕2号', about: { kind: 'item', id: items[0] } })
  expect(await workOf('chen-jing')).toContain('urging 督〔2026〕2号')
  const { deadlines } = await office.get<{ deadlines: readonly ShownClock[] }>('zhou-ping', '/api/deadlines')
  const clock = deadlines.find(({ rule }) => rule === 'DL-04')
  const third = await issue({ about: `clock/${clock?.id}`, person: null, method: 'inspection' })
  expect(third).toMatchObject({ number: '督〔2026〕3号', person: null })
  expect(await codeOf('zhou-ping', `/api/urgings/${third.id}/withdraw`, { text: '期限已办结' })).toBe('done')
  expect(await workOf('qian-lei')).not.toContain('urging 督〔2026〕3号')
  expect(await codeOf('qian-lei', `/api/urgings/${third.id}/answer`, { text: '说明' })).toBe('urging.not-so')
})

it('goes out in a file with all that the asker may see, or those of one state', async () => {
  const file = async (person: string, query = '') => {
    const url = `/api/exports/urgings.csv${query}`
    const answer = await office.server.as(person, { method: 'GET', url })
    expect(answer.statusCode, answer.body).toBe(200)
    return parseCsv(answer.body).rows
  }
  const all = await listed('zhou-ping')
  const [head, ...rows] = await file('zhou-ping')
  expect(rows.map((row) => row[0])).toEqual(all.map(({ number }) => number))
  expect(head?.[0]).toBe('文号')
  const settled = all.filter(({ state }) => state === 'accepted')
  expect(settled.length).toBeGreaterThan(0)
  expect(await file('zhou-ping', '?state=accepted')).toHaveLength(settled.length + 1)
  expect(await file('wu-xia')).toHaveLength(1)
})

it('two that are granted at once have two numbers', async () => {
  const ids = await Promise.all(
    [ask({ person: null }), ask({ person: 'li-na' })].map(async (one) => (await one).json<{ id: string }>().id),
  )
  const granted = await Promise.all(ids.map((id) => codeOf('sun-bo', `/api/approvals/${id}/grant`, {})))
  expect(granted).toEqual(['done', 'done'])
  expect(
    (await listed('zhou-ping'))
      .slice(0, 2)
      .map(({ number }) => number)
      .toSorted(),
  ).toEqual(['督〔2026〕4号', '督〔2026〕5号'])
})

it('is asked for by any number of the case, and is no matter of a leader who stands aside in it', async () => {
  const number = '云纪立〔2026〕90号'
  const renumber = { type: 'custody.renumber-case', case: CASE, number, reason: '文号写错' }
  await office.act('zhang-wei', renumber, ['li-na'])
  const asked = await ask({ about: `case/${number}` })
  expect([asked.statusCode, asked.body]).toMatchObject([201, expect.any(String)])
  const { id } = asked.json<{ id: string }>()
  const open = async () => (await office.server.as('sun-bo', { url: `/api/approvals/${id}` })).statusCode
  expect([await open(), await workOf('sun-bo')]).toEqual([200, [`approval ${number}`]])
  const recuse = { type: 'custody.recuse', case: CASE, person: 'sun-bo', ground: 'RELATIVE', reason: '当事人的妻弟' }
  await office.act('sun-bo', recuse)
  expect([await open(), await workOf('sun-bo')]).toEqual([403, []])
})

it('about a case is seen by no supervisor or head who stands aside in it, but by whom it names', async () => {
  const before = await listed('qian-lei')
  expect(before.map(({ about }) => about.id)).toContain(CASE)
  const [one] = before
  const reads = async (person: string) =>
    (await office.server.as(person, { method: 'GET', url: `/api/urgings/${one?.id}` })).statusCode
  expect([await reads('qian-lei'), await reads('sun-bo')]).toEqual([200, 404])
  const recuse = { type: 'custody.recuse', case: CASE, person: 'qian-lei', ground: 'RELATIVE', reason: '当事人的妻弟' }
  await office.act('qian-lei', recuse)
  expect([await reads('qian-lei'), await listed('qian-lei'), await workOf('qian-lei')]).toEqual([404, [], []])
  expect(await reads('zhou-ping')).toBe(200)
  // Knowing its id is no way past that.
  await expect(
    office.act('qian-lei', { type: 'urging.answer', urging: one?.id ?? '', text: '已办' }),
  ).rejects.toMatchObject({ code: 'urging.unknown' })
})

it('is not heard of on the line by a supervisor who stands aside in its case', async () => {
  const { db, now } = office.server.deps
  const appoint = { type: 'org.appoint', person: 'he-fang', post: 'supervisor', place: 'supervision' }
  await office.act(SYSTEM, appoint)
  const about = (await listed('zhou-ping')).find((one) => one.about.id === CASE)
  const hears = async () => {
    const hint = {
      register: 'unit.supervision',
      seq: 1,
      type: 'urging.issued',
      subject: `urging/${about?.id}`,
      at: now(),
    }
    return (await hintsInSight(db, 'he-fang', [hint], now())).length
  }
  expect(await hears()).toBe(1)
  const recuse = { type: 'custody.recuse', case: CASE, person: 'he-fang', ground: 'RELATIVE', reason: '当事人的妻弟' }
  await office.act('he-fang', recuse)
  expect(await hears()).toBe(0)
})

it('holds against its register', async () => {
  const { key, installation } = office.server.keys
  const { ownerDb } = office.server.database
  const { modules, keys } = office.server
  const report = await verifyStore({ db: ownerDb, modules, folder: checkpointFolderOf(keys), key, installation })
  expect(report.faults).toEqual([])
})
