import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { asOfRoutes } from '../custody/as-of/as-of-routes.ts'
import type { CaseAccount, ItemAsOf, ItemChain } from '../custody/protocol.ts'
import { parseCsv } from '../csv.ts'
import { recordingOf } from '../custody/testing.ts'
import { addDays, endOfDay } from './calendar.ts'
import type { ClockCounts, ShownClock, ShownDeadline } from './protocol.ts'
import { type ClockOffice, clockOffice } from './testing.ts'

/** What may lawfully stay open when its case is closed is not said to be late (rules X-19). */

const START = '2026-03-02T01:00:00.000Z'
const REVIEW = '2026-04-01'

let office: ClockOffice
let items: readonly string[]
let kept = ''

beforeAll(async () => {
  office = await clockOffice(START, { extend: async (app, deps) => void (await app.register(asOfRoutes, deps)) })
  const { server } = office
  await office.act('zhang-wei', {
    ...{ type: 'custody.open-case', number: '一案', title: '某某案', track: 'SUPERVISION', unit: 'dept-1' },
    officers: ['zhang-wei', 'li-na'],
  })
  const { result } = await server.deps.act(
    { person: 'zhang-wei' },
    {
      ...{ type: 'custody.register', case: '一案' },
      items: [1, 2].map((nth) => ({
        ...{ name: `手机${nth}`, category: 'general', quantity: 1, unit: '部', details: { retentionOn: REVIEW } },
      })),
      measure: { noticeNumber: '扣〔2026〕1号', place: '办公室', takenAt: START, officers: ['zhang-wei', 'li-na'] },
      holder: { attendance: 'SIGNED', name: '持有人甲' },
      witness: { attendance: 'SIGNED', name: '见证人乙' },
      relevance: '往来的联系方式',
    },
    { cause: 'register' },
  )
  items = (result['items'] as unknown as { code: string }[]).map(({ code }) => code)
  kept = items[0] ?? ''
  await office.act('zhang-wei', recordingOf(items, START))
  await office.checkIn(items)
  await office.turn()
})
afterAll(() => office.server.close())

const reviews = async (): Promise<readonly ShownClock[]> => {
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhou-ping', '/api/deadlines')
  return deadlines.filter(({ rule, matter }) => rule === 'DL-57' && matter.id === '一案')
}
const asks = async (deed: object) => {
  const answer = await office.post('zhang-wei', '/api/approvals', { deed, reason: '逃匿' })
  const { id = answer.body } = answer.json<{ id?: string }>()
  const granted = await office.post('sun-bo', `/api/approvals/${id}/grant`, {})
  expect(granted.statusCode, granted.body).toBe(200)
  await office.turn()
}
const keep = (code: string) =>
  asks({ command: 'keep-open', items: [code], ground: 'at-large', document: '通缉令 3', wantedOn: '2025-01-05' })

describe('what may lawfully stay open', () => {
  it('stands still by itself: what ran with it goes on for the rest alone', async () => {
    expect(await reviews()).toMatchObject([{ standing: 'running', open: 2, dueAt: endOfDay(REVIEW) }])
    office.now = '2026-03-12T01:00:00.000Z'
    await keep(kept)
    const both = await reviews()
    expect(both.map(({ standing, open, dueAt }) => [standing, open, dueAt]).toSorted()).toEqual([
      ['excepted', 1, endOfDay(REVIEW)],
      ['running', 1, endOfDay(REVIEW)],
    ])
    const [held] = both.filter(({ standing }) => standing === 'excepted')
    const shown = await office.get<ShownDeadline>('zhang-wei', `/api/deadlines/${held?.id}`)
    expect(shown).toMatchObject({
      ...{ items: [kept], exception: { zh: '被调查人逃匿，通缉满一年，申请没收程序', document: '通缉令 3' } },
      may: [],
    })
    // Nobody is behind with it, so that nobody is urged about it; about the item he may be.
    const urge = (about: string) =>
      office.post('zhou-ping', '/api/approvals', {
        deed: {
          ...{ command: 'urge', from: 'supervision', about, unit: 'dept-1', person: null, reason: 'time-passed' },
          ...{ method: 'letter', dueAt: '2026-03-20T01:00:00.000Z' },
        },
        reason: '请说明原因',
      })
    expect((await urge(`clock/${held?.id}`)).json()).toMatchObject({ code: 'urging.lawful-exception' })
    expect((await urge(`item/${kept}`)).statusCode).toBe(201)
    const going = both.find(({ standing }) => standing === 'running')
    expect((await urge(`clock/${going?.id}`)).statusCode).toBe(201)
    const { entries } = await office.get<ItemChain>('zhou-ping', `/api/items/${kept}/chain`)
    expect(entries.flatMap(({ type, done }) => (type === 'custody.kept-open' ? [done] : []))).toMatchObject([
      { zh: '被调查人逃匿，通缉满一年，申请没收程序' },
    ])
    // No document resumes it by the way of an appraisal.
    const resume = { command: 'resume-deadline', clock: held?.id, document: '鉴1号' }
    const answer = await office.post('zhang-wei', '/api/approvals', { deed: resume, reason: '鉴定返回' })
    expect(answer.json()).toMatchObject({ code: 'clock.not-paused' })
  })

  it('is told as an exception and warns nobody, on the list, in the counts, at the case and the item', async () => {
    await keep(items[1] ?? '')
    await office.act('zhang-wei', { type: 'custody.close-case', case: '一案' })
    office.now = '2026-06-01T01:00:00.000Z'
    await office.turn()
    expect((await reviews()).map(({ standing, colour }) => [standing, colour])).toEqual([
      ['excepted', null],
      ['excepted', null],
    ])
    const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhou-ping', '/api/deadlines?state=excepted')
    expect(deadlines).toHaveLength(2)
    const file = await office.server.as('zhou-ping', {
      method: 'GET',
      url: '/api/exports/deadlines.csv?state=excepted',
    })
    // The day that it was due is none on which it is: it stands in a column of its own.
    const [head = [], ...lines] = parseCsv(file.payload).rows
    const due = ['到期', '停止计算前的到期日'].map((title) => head.indexOf(title))
    expect(lines.map((line) => due.map((at) => line[at]))).toEqual([
      ['', `${REVIEW} 24:00`],
      ['', `${REVIEW} 24:00`],
    ])
    const { units } = await office.get<{ units: ClockCounts[] }>('zhou-ping', '/api/deadlines/counts')
    expect(units.find(({ unit }) => unit.id === 'dept-1')).toMatchObject({ excepted: 2, paused: 0, overdue: 0 })
    const { exceptions } = await office.get<CaseAccount>('zhang-wei', `/api/cases/${encodeURIComponent('一案')}`)
    expect(exceptions).toMatchObject(items.map((item) => ({ item, wantedOn: '2025-01-05', document: '通缉令 3' })))
    const card = await office.get<{ deadlines: { rule: string; state: string }[] }>('zhang-wei', `/api/items/${kept}`)
    // It was set apart, and not done: nothing says that its review was met.
    expect(card.deadlines.flatMap(({ rule, state }) => (rule === 'DL-57' ? [state] : []))).toEqual(['excepted'])
    const { work } = await office.get<{ work: { kind: string; what: { zh: string }; level: string }[] }>(
      ...(['zhang-wei', '/api/work'] as const),
    )
    expect(work.filter(({ kind }) => kind === 'exception')).toMatchObject([
      { level: 'waiting', what: { zh: '依法例外 2 件：被调查人逃匿，通缉满一年，申请没收程序' } },
    ])
    expect(work.some(({ level }) => level === 'overdue')).toBe(false)
  })

  it('runs on when the case is opened again, later by the days between', async () => {
    office.now = '2026-06-11T01:00:00.000Z'
    await asks({ command: 'reopen-case', case: '一案' })
    const due = (await reviews()).map(({ standing, dueAt }) => [standing === 'excepted', dueAt])
    const days = (Date.parse('2026-06-11') - Date.parse('2026-03-12')) / 86_400_000
    expect(due).toEqual([
      [false, endOfDay(addDays(REVIEW, days))],
      [false, endOfDay(addDays(REVIEW, days))],
    ])
  })

  it('is told of a day as it stood then', async () => {
    const ground = async (day: string) => {
      const { item } = await office.get<ItemAsOf>('zhang-wei', `/api/items/${kept}/as-of?at=${day}T12:00:00.000Z`)
      return item?.keptOpen?.value ?? null
    }
    expect(await ground('2026-03-11')).toBeNull()
    expect(await ground('2026-03-12')).toBe('at-large')
    expect(await ground('2026-06-11')).toBeNull()
  })

  it('is in the registers, and the read tables follow from them', async () => {
    const { database, keys, modules } = office.server
    const { key, installation } = keys
    const report = await verifyStore({
      ...{ db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation },
    })
    expect(report.faults).toEqual([])
  })
})
