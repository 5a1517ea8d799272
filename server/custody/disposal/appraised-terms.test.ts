import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { addDays, endOfDay } from '../../clock/calendar.ts'
import type { ShownClock } from '../../clock/protocol.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import type { WorkItem, WorkPage } from '../../inbox/protocol.ts'
import { paperSources } from '../../modules.ts'
import { issuedRoutes } from '../papers/issued-routes.ts'
import type { CaseAccount, ItemCard } from '../protocol.ts'

const START = '2026-03-02T02:00:00.000Z'
const CASE = '鉴定案'
let office: ClockOffice
let item = ''
beforeAll(async () => {
  office = await clockOffice(START, {
    extend: async (app, deps) => void (await app.register(issuedRoutes, { ...deps, sources: paperSources })),
  })
  const [taken = ''] = await office.take(CASE, 1, START, 'ADMIN')
  item = taken
  await office.checkIn([item])
  await office.turn()
})
afterAll(() => office.server.close())

const terms = async (person: string): Promise<readonly WorkItem[]> =>
  (await office.get<WorkPage>(person, '/api/work')).work.filter(({ id }) => id.startsWith('appraisal/'))
const clockOf = async (): Promise<ShownClock | undefined> => {
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhang-wei', '/api/deadlines')
  return deadlines.find(({ rule }) => rule === 'DL-06')
}
async function granted(command: string, document: string, days: object): Promise<void> {
  const clock = (await clockOf())?.id
  const deed = { command, clock, document, ...days }
  const asked = await office.post('zhang-wei', '/api/approvals', { deed, reason: '鉴定' })
  const { id } = asked.json<{ id: string }>()
  expect(await terms('zhang-wei'), 'asked already').toEqual([])
  expect((await office.post('qian-lei', `/api/approvals/${id}/grant`, {})).statusCode).toBe(200)
}

it('a term that runs on while a thing is appraised waits on the list of the officers, and so does one that is paused when it is back', async () => {
  expect(await terms('zhang-wei')).toEqual([])
  const dueAt = '2026-03-20T02:00:00.000Z'
  const away = { type: 'custody.appraise', items: [item], institution: '鉴定中心', commission: '委〔2026〕1号', dueAt }
  await office.act('chen-jing', away, ['zhang-wei'])
  const [waiting] = await terms('zhang-wei')
  expect(waiting).toMatchObject({ about: CASE, what: { zh: expect.stringContaining('申请中止计算') as string } })
  expect(await terms('li-na')).toHaveLength(1)
  expect(await terms('wang-qiang')).toEqual([])
  await granted('pause-deadline', '委〔2026〕1号', { begins: '2026-03-02', ends: '2026-03-11' })

  // The page of the thing says what the list of deadlines says.
  const card = await office.get<ItemCard>('zhang-wei', `/api/items/${item}`)
  expect(card.deadlines.find(({ rule }) => rule === 'DL-06')?.state).toBe('paused')

  // The party is told the definite term in writing.
  const [untold] = await terms('zhang-wei')
  expect(untold?.what.zh).toContain('尚有 1 人未出具')
  const clock = await clockOf()
  const wanted = { paper: 'appraisal-term', of: clock?.id }
  expect((await office.post('zhang-wei', '/api/papers', { ...wanted, part: '2026-03-03' })).statusCode).toBe(409)
  const issued = await office.post('zhang-wei', '/api/papers', { ...wanted, part: '2026-03-02' })
  expect(issued.statusCode, issued.body).toBe(201)
  const { paper } = issued.json<{ paper: string }>()
  const file = await office.server.as('zhang-wei', { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
  const text = readPdf(file.rawPayload)
    .pages.map((page) => page.text)
    .join('')
    .replaceAll(/\s/gu, '')
  expect(text).toContain('检测、检验、检疫、技术鉴定期间告知书')
  expect(text).toMatch(/自2026-03-02至2026-03-11/u)
  expect(text).toContain('费用由本机关承担')
  expect(await terms('zhang-wei')).toEqual([])
  const { unserved } = await office.get<CaseAccount>('zhang-wei', `/api/cases/${encodeURIComponent(CASE)}`)
  expect(unserved.map(({ kind }) => kind.value)).toContain('appraisal-term')

  office.now = '2026-03-12T02:00:00.000Z'
  const { result } = await office.act('chen-jing', {
    ...{ type: 'custody.add-location', store: 'store-1', name: '新架', storageClass: 'ordinary', capacity: 5 },
  })
  const back = { item, location: String(result['code']), condition: 'same' }
  await office.act('chen-jing', { type: 'custody.appraised', items: [back], report: '鉴〔2026〕1号' }, ['zhang-wei'])
  const [still] = await terms('zhang-wei')
  expect(still?.what.zh).toContain('申请恢复')
  await granted('resume-deadline', '鉴〔2026〕1号', { endedOn: '2026-03-12' })
  expect(await terms('zhang-wei')).toEqual([])
  // No more days than the party was told.
  expect((await clockOf())?.dueAt).toBe(endOfDay(addDays('2026-03-02', 30 + 9)))
})

it('the term of an appraisal waits to be told until each holder of what is under it has a notice of his own', async () => {
  const at = '2026-04-01T02:00:00.000Z'
  office.now = at
  const number = '多人鉴定案'
  const officers = ['zhang-wei', 'li-na']
  const opened = { number, title: '某某案', track: 'ADMIN', unit: 'dept-1', officers }
  await office.act('zhang-wei', { type: 'custody.open-case', ...opened })
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: number, relevance: '往来的联系方式' },
    items: ['赵某甲', '钱某乙', '赵某甲'].map((name, index) => ({
      ...{ name: `手机${index}`, category: 'general', quantity: 1, unit: '部', holder: { attendance: 'SIGNED', name } },
    })),
    measure: { noticeNumber: '扣〔2026〕9号', place: '办公室', takenAt: at, officers },
    witness: { attendance: 'SIGNED', name: '见证人丙' },
  })
  const codes = (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  await office.checkIn(codes)
  await office.turn()
  const dueAt = '2026-04-20T02:00:00.000Z'
  const away = { type: 'custody.appraise', items: codes, institution: '鉴定中心', commission: '委〔2026〕9号', dueAt }
  await office.act('chen-jing', away, ['zhang-wei'])
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhang-wei', '/api/deadlines')
  const clock = deadlines.find(({ rule, matter }) => rule === 'DL-06' && matter.id === number)?.id
  const days = { begins: '2026-04-01', ends: '2026-04-11' }
  const deed = { command: 'pause-deadline', clock, document: '委〔2026〕9号', ...days }
  const asked = await office.post('zhang-wei', '/api/approvals', { deed, reason: '鉴定' })
  const { id } = asked.json<{ id: string }>()
  expect((await office.post('qian-lei', `/api/approvals/${id}/grant`, {})).statusCode).toBe(200)

  const left = async (): Promise<string | undefined> =>
    (await terms('zhang-wei')).find(({ about }) => about === number)?.what.zh
  expect(await left()).toContain('尚有 2 人未出具')
  // What is asked for meanwhile leaves the notice owed.
  const resume = { command: 'resume-deadline', clock, document: '鉴〔2026〕9号', endedOn: '2026-04-01' }
  expect((await office.post('zhang-wei', '/api/approvals', { deed: resume, reason: '鉴定结束' })).statusCode).toBe(201)
  expect(await left()).toContain('尚有 2 人未出具')
  for (const [part, said] of [
    [days.begins, '尚有 1 人未出具'],
    [`${days.begins}/${codes[1] ?? ''}`, undefined],
  ] as const) {
    const issued = await office.post('zhang-wei', '/api/papers', { paper: 'appraisal-term', of: clock, part })
    expect(issued.statusCode, issued.body).toBe(201)
    if (said === undefined) expect(await left()).toBeUndefined()
    else expect(await left()).toContain(said)
  }
})
