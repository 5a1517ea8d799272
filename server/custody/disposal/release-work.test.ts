import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import type { WorkItem, WorkPage } from '../../inbox/protocol.ts'
import { general, taking } from '../testing.ts'

const START = '2026-03-02T02:00:00.000Z'
let office: ClockOffice

/** One thing seized in the administrative track with its notice, and one on the spot. */
beforeAll(async () => {
  office = await clockOffice(START)
  const officers = ['zhang-wei', 'li-na']
  const open = (number: string) =>
    office.act('zhang-wei', {
      type: 'custody.open-case',
      number,
      title: '某案',
      track: 'ADMIN',
      unit: 'dept-1',
      officers,
    })
  await open('期满案')
  await open('当场案')
  await office.turn()
  const take = (number: string, more: object) =>
    office.act('zhang-wei', {
      ...{ type: 'custody.register', case: number, items: [general], ...taking },
      measure: { ...taking.measure, kind: 'SEIZED', takenAt: START, ...more },
    })
  await take('期满案', {})
  await take('当场案', { emergency: true })
  await office.turn()
})
afterAll(() => office.server.close())

const releases = async (person: string): Promise<readonly WorkItem[]> =>
  (await office.get<WorkPage>(person, '/api/work')).work.filter(({ kind }) => kind === 'release')

it('what was taken on the spot and not approved within its hours is to be released, on the list of its officers by name', async () => {
  expect(await releases('zhang-wei')).toEqual([])
  office.now = '2026-03-03T03:00:00.000Z'
  await office.turn()
  expect(await releases('zhang-wei')).toMatchObject([
    { about: '当场案', level: 'overdue', what: { zh: expect.stringContaining('行政强制法 19') as string } },
  ])
  expect(await releases('li-na')).toHaveLength(1)
  expect(await releases('wang-qiang')).toEqual([])
  expect(await releases('chen-jing')).toEqual([])
})

it('what is held longer than its term is to be released too, each case with its own line', async () => {
  office.now = '2026-04-02T03:00:00.000Z'
  await office.turn()
  const found = await releases('zhang-wei')
  // Both terms end on the same day, and which of two of one day comes first is not promised.
  const told = found.map(({ about, what }) => `${about} ${what.zh.includes('期限届满') ? 'term over' : 'not approved'}`)
  expect(told[0]).toBe('当场案 not approved')
  expect(told.toSorted()).toEqual(['当场案 not approved', '当场案 term over', '期满案 term over'])
  expect(found.map(({ path }) => path)).toContain(`/desk/cases/${encodeURIComponent('期满案')}`)
})
