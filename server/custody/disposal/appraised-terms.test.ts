import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ShownClock } from '../../clock/protocol.ts'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import type { WorkItem, WorkPage } from '../../inbox/protocol.ts'

const START = '2026-03-02T02:00:00.000Z'
const CASE = '鉴定案'
let office: ClockOffice
let item = ''
beforeAll(async () => {
  office = await clockOffice(START)
  const [taken = ''] = await office.take(CASE, 1, START, 'ADMIN')
  item = taken
  await office.checkIn([item])
  await office.turn()
})
afterAll(() => office.server.close())

const terms = async (person: string): Promise<readonly WorkItem[]> =>
  (await office.get<WorkPage>(person, '/api/work')).work.filter(({ id }) => id.startsWith('appraisal/'))
async function granted(command: string, document: string): Promise<void> {
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhang-wei', '/api/deadlines')
  const clock = deadlines.find(({ rule }) => rule === 'DL-06')?.id
  const asked = await office.post('zhang-wei', '/api/approvals', { deed: { command, clock, document }, reason: '鉴定' })
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
  await granted('pause-deadline', '委〔2026〕1号')
  expect(await terms('zhang-wei')).toEqual([])

  office.now = '2026-03-12T02:00:00.000Z'
  const { result } = await office.act('chen-jing', {
    ...{ type: 'custody.add-location', store: 'store-1', name: '新架', storageClass: 'ordinary', capacity: 5 },
  })
  const back = { item, location: String(result['code']), condition: 'same' }
  await office.act('chen-jing', { type: 'custody.appraised', items: [back], report: '鉴〔2026〕1号' }, ['zhang-wei'])
  const [still] = await terms('zhang-wei')
  expect(still?.what.zh).toContain('申请恢复')
  await granted('resume-deadline', '鉴〔2026〕1号')
  expect(await terms('zhang-wei')).toEqual([])
})
