import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseCsv } from '../csv.ts'
import { type ClockOffice, clockOffice } from '../clock/testing.ts'
import type { ShownClock, ShownRule } from '../clock/protocol.ts'
import type { WorkPage } from './protocol.ts'

const START = '2026-03-02T01:00:00.000Z'

let office: ClockOffice
let items: string[]

beforeAll(async () => {
  office = await clockOffice(START)
  items = await office.take('云纪立〔2026〕9号', 2, '2026-02-01T01:00:00.000Z')
  await office.checkIn(items.slice(0, 1))
  await office.turn()
})
afterAll(() => office.server.close())

const workOf = async (person: string, query = ''): Promise<WorkPage> =>
  office.get<WorkPage>(person, `/api/work${query}`)
const linesOf = async (person: string): Promise<string[]> =>
  (await workOf(person)).work.map(({ kind, level, about }) => `${kind} ${level} ${about ?? ''}`.trim())

it('gives each person what waits for him, and nothing of what waits for others', async () => {
  await office.act('zhang-wei', {
    type: 'approvals.ask',
    deed: { command: 'borrow', items: items.slice(0, 1), dueAt: '2026-03-20T01:00:00.000Z', purpose: 'APPRAISAL' },
    reason: '送鉴定',
  })
  expect(await linesOf('qian-lei')).toEqual([`approval waiting ${items[0]}`])
  expect(await linesOf('sun-bo')).toEqual([`approval waiting ${items[0]}`])
  const [line] = (await workOf('sun-bo')).work
  expect(line?.what.zh).toBe('调用申请待您审批')
  expect(line?.path).toBe(`/desk?request=${line?.id}`)
  expect(await linesOf('li-na')).toEqual(['deadline yellow 云纪立〔2026〕9号'])
  for (const person of ['wang-qiang', 'chen-jing', 'xu-system']) expect(await linesOf(person), person).toEqual([])
})

it('is there as a file, and so are the requests', async () => {
  const fileOf = async (person: string, list: string, query = '') => {
    const answer = await office.server.as(person, { method: 'GET', url: `/api/exports/${list}.csv${query}` })
    expect(answer.statusCode, answer.body).toBe(200)
    return parseCsv(answer.body).rows
  }
  const work = await fileOf('qian-lei', 'work')
  expect(work[0]).toEqual(['紧急程度', '事项', '涉及', '期限', '排序时间'])
  expect(work[1]?.slice(0, 3)).toEqual(['待办', '调用申请待您审批', items[0]])
  const [head, asked] = await fileOf('qian-lei', 'requests')
  expect(head?.slice(0, 3)).toEqual(['事项', '涉及', '状态'])
  expect(asked?.slice(0, 6)).toEqual(['调用申请', items[0], '待审批', '张伟', '2026-03-02 09:00', '送鉴定'])
  expect((await fileOf('qian-lei', 'requests', '?language=en'))[1]?.slice(0, 3)).toEqual(['A loan', items[0], 'asked'])
  for (const list of ['work', 'requests']) expect(await fileOf('xu-system', list)).toHaveLength(1)
})

it('puts what is late before what waits, with a case by its number and never by its title', async () => {
  office.now = '2026-03-04T01:00:00.000Z'
  await office.turn()
  expect(await linesOf('zhang-wei')).toEqual(['deadline overdue 云纪立〔2026〕9号'])
  expect(await linesOf('qian-lei')).toEqual(['deadline overdue 云纪立〔2026〕9号', `approval waiting ${items[0]}`])
  expect(JSON.stringify(await workOf('qian-lei'))).not.toMatch(/某某|张伟|李娜|送鉴定/)
})

it('has incidents for who may conclude them, and notices for who was told, while they are open', async () => {
  await office.act('chen-jing', {
    type: 'custody.incident',
    items: items.slice(0, 1),
    kind: 'damage',
    note: '外壳破损',
  })
  expect(await linesOf('qian-lei')).toContain(`incident waiting ${items[0]}`)
  expect(await linesOf('guo-tao')).toEqual([`notice waiting ${items[0]}`])
  await office.act('qian-lei', { type: 'custody.resolve', items: items.slice(0, 1), conclusion: '已修复' })
  expect(await linesOf('guo-tao')).toEqual([])
})

it('has what a bench recorded without its server for who keeps the store and who heads it, until somebody else has looked', async () => {
  const conflict = (n: number) => `pc-1.1.${n}`
  const recorded = {
    store: 'store-1',
    list: 'D0226000999900',
    item: items[0],
    location: 'L0126000999900',
    weight_mg: null,
  }
  const why = { custodian: 'chen-jing', code: 'custody.unknown-list', why: { zh: '没有这份清单', en: 'no such list' } }
  for (const n of [1, 2])
    await office.act('system', {
      type: 'custody.offline-conflict',
      conflict: conflict(n),
      ...recorded,
      ...why,
    } as never)
  const line = `conflict waiting ${items[0]}`
  for (const person of ['chen-jing', 'liu-yang', 'guo-tao'])
    expect((await linesOf(person)).filter((one) => one === line)).toHaveLength(2)
  expect(await linesOf('zhang-wei')).not.toContain(line)
  const page = async (query: string) =>
    (await office.server.as('liu-yang', { method: 'GET', url: `/api/conflicts${query}` })).json<{
      conflicts: { id: string; list: string }[]
      after: string | null
    }>()
  const first = await page('?limit=1')
  expect(first).toMatchObject({ conflicts: [{ id: conflict(1), list: recorded.list }], after: conflict(1) })
  expect((await page(`?limit=2&after=${first.after}`)).conflicts.map(({ id }) => id)).toEqual([conflict(2)])
  const settle = (person: string, n: number) =>
    office.server.as(person, {
      ...{ method: 'POST', url: `/api/conflicts/${conflict(n)}/settle` },
      payload: { reason: '实物在保险柜' },
    })
  expect((await settle('chen-jing', 1)).json()).toMatchObject({ code: 'custody.same-person' })
  for (const n of [1, 2]) expect((await settle('liu-yang', n)).statusCode).toBe(200)
  expect(await linesOf('liu-yang')).not.toContain(line)
})

it('says of a deadline the colour of its last warning', async () => {
  const { rules } = await office.get<{ rules: ShownRule[] }>('zhou-ping', '/api/deadline-rules')
  const present = rules.find(({ rule }) => rule === 'DL-06')?.terms
  if (present === undefined) throw new Error('there is no DL-06')
  const ladder = present.ladder.map((tier) => (tier.offset_days === -3 ? { ...tier, colour: 'red' } : tier))
  const wanted = { type: 'clock.propose-rule', rule: 'DL-06', terms: { ...present, ladder } }
  const { result } = await office.act('an-security', wanted)
  await office.act('zhou-ping', { type: 'clock.confirm-rule', proposal: result['id'] })
  await office.take('行三案', 1, office.now, 'ADMIN')
  await office.turn()
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhou-ping', '/api/deadlines')
  const clock = deadlines.find(({ rule }) => rule === 'DL-06')
  if (clock === undefined) throw new Error('no seizure runs')
  const levels: unknown[] = []
  for (const days of [-5, -3, -1, 1]) {
    office.now = new Date(Date.parse(clock.dueAt) + days * 86_400_000).toISOString()
    await office.turn()
    levels.push((await workOf('li-na')).work.find(({ id }) => id === clock.id)?.level)
  }
  expect(levels).toEqual(['yellow', 'red', 'orange', 'overdue'])
})

it('goes on behind a line, without one twice or left out', async () => {
  const whole = (await workOf('qian-lei')).work.map(({ id }) => id)
  expect(whole.length).toBeGreaterThan(1)
  const read: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const page: WorkPage = await workOf(
      'qian-lei',
      `?limit=1${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
    )
    read.push(...page.work.map(({ id }) => id))
    after = page.after
  }
  expect(read).toEqual(whole)
})
