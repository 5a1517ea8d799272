import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ClockOffice, clockOffice } from '../../clock/testing.ts'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import { exportRoutes } from '../exports/export-routes.ts'
import type { Dashboard } from '../protocol.ts'
import { dashboardRoutes } from './routes.ts'

/** Things that lawfully stay open, by ground: each figure is the length of the list behind it. */

const START = '2026-03-02T01:00:00.000Z'
const CASE = '例外案'
const GROUNDS = [
  { ground: 'dead' },
  { ground: 'at-large', wantedOn: '2025-01-05' },
  { ground: 'at-large', wantedOn: '2025-01-05' },
] as const
let office: ClockOffice
let items: readonly string[] = []

beforeAll(async () => {
  office = await clockOffice(START, {
    extend: async (app, deps) => {
      await app.register(dashboardRoutes, deps)
      await app.register(exportRoutes, deps)
    },
  })
  items = await office.take(CASE, GROUNDS.length, START)
  await office.checkIn(items)
  for (const [nth, one] of GROUNDS.entries()) {
    const deed = { command: 'keep-open', items: [items[nth]], document: `文书 ${nth}`, ...one }
    const asked = await office.post('zhang-wei', '/api/approvals', { deed, reason: '申请没收程序' })
    const granted = await office.post('sun-bo', `/api/approvals/${asked.json<{ id: string }>().id}/grant`, {})
    expect(granted.statusCode, granted.body).toBe(200)
  }
  await office.act('zhang-wei', { type: 'custody.close-case', case: CASE })
})
afterAll(() => office.server.close())

const behind = async (query: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const url = `/api/dashboard/items?${new URLSearchParams({ figure: 'exceptions', ...query }).toString()}`
  return (await office.get<{ items: { code: string }[] }>('zhou-ping', url)).items.map(({ code }) => code)
}

it('are counted by ground, and each count opens those of its ground alone', async () => {
  const { exceptions } = await office.get<Dashboard>('zhou-ping', '/api/dashboard')
  expect(exceptions.map(({ ground, count }) => [ground, count])).toEqual([
    ['at-large', 2],
    ['dead', 1],
  ])
  for (const { ground, count } of exceptions) expect(await behind({ ground })).toHaveLength(count)
  expect(await behind({ ground: 'dead' })).toEqual([items[0]])
  expect(await behind({})).toEqual(items.toSorted())
})

it('are told on the printed account of the case, with the document of each', async () => {
  const url = `/api/exports/account.pdf?case=${encodeURIComponent(CASE)}`
  const file = await office.server.as('zhang-wei', { method: 'GET', url })
  expect(file.statusCode).toBe(200)
  const text = readPdf(file.rawPayload)
    .pages.map((page) => page.text.replaceAll(/\s/g, ''))
    .join('')
  for (const told of ['1件：被调查人死亡，申请没收程序，文书文书0', '文书文书1', '文书文书2', '在库，依法例外'])
    expect(text).toContain(told)
})
