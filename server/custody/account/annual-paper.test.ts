import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPdf } from '../../../labels/testing/read-pdf.ts'
import type { ShownClock } from '../../clock/protocol.ts'
import { turnClocks } from '../../clock/keeper.ts'
import { quietLog } from '../../database/testing.ts'
import type { WorkItem } from '../../inbox/protocol.ts'
import { checkpointFolderOf } from '../../ledger/places.ts'
import { verifyStore } from '../../ledger/verify.ts'
import type { Command } from '../../module.ts'
import { triggers } from '../../modules.ts'
import type { RefusalNotice } from '../../refusal.ts'
import type { TestServer } from '../../testing.ts'
import { wholeServer } from '../../testing-whole.ts'
import type { AnnualStatement, PaperOffer, ShownPaper } from '../protocol.ts'
import { general, taking } from '../testing.ts'

const SUPERVISOR = 'zhou-ping'
const OFFICER = 'zhang-wei'
const DUE = '2027-01-31T16:00:00.000Z'
const OF = 'dept-1/2026'
let server: TestServer
let clock = Date.parse('2026-03-02T02:00:00.000Z')

async function does(person: string, command: Command & Record<string, unknown>) {
  clock += 60_000
  const at = new Date(clock).toISOString()
  server.setNow(at)
  return (await server.deps.act({ person, with: [] }, command, { cause: `test ${clock}`, at })).result
}
async function at(moment: string): Promise<void> {
  clock = Date.parse(moment)
  server.setNow(moment)
  await turnClocks({ ...server.deps, triggers, log: quietLog })
}
const get = (person: string, url: string) => server.as(person, { method: 'GET', url })
const work = async (person = SUPERVISOR): Promise<WorkItem[]> =>
  (await get(person, '/api/work')).json<{ work: WorkItem[] }>().work.filter(({ what }) => what.zh.startsWith('DL-60'))
const issue = (person: string, of = OF) =>
  server.as(person, { method: 'POST', url: '/api/papers', payload: { paper: 'annual', of } })
const papers = async (person: string, of = OF): Promise<readonly ShownPaper[]> =>
  (await get(person, `/api/papers?of=${encodeURIComponent(of)}`)).json<{ papers: ShownPaper[] }>().papers
const clocksOf = async (): Promise<ShownClock[]> => {
  const all = await Promise.all(
    ['', '&state=ended'].map(async (state) =>
      (await get(SUPERVISOR, `/api/deadlines?limit=100${state}`)).json<{ deadlines: ShownClock[] }>(),
    ),
  )
  return all.flatMap(({ deadlines }) => deadlines).filter(({ rule }) => rule === 'DL-60')
}
const opened = (number: string, track = 'SUPERVISION') =>
  does(OFFICER, {
    ...{ type: 'custody.open-case', number, title: '某案', track, unit: 'dept-1', officers: [OFFICER, 'li-na'] },
  })

beforeAll(async () => {
  server = await wholeServer()
  await at('2026-03-02T02:00:00.000Z')
  await opened('甲案')
  await opened('乙案', 'TAX')
  await does(OFFICER, { type: 'custody.register', case: '甲案', ...taking, items: [general, general] })
  await at('2026-06-01T00:00:00.000Z')
  await opened('丙案')
  await at('2026-06-02T00:00:00.000Z')
})
afterAll(() => server.close())

it('is awaited once for a department and year, due at the end of the next January; it is told when it comes near', async () => {
  const [one, ...others] = await clocksOf()
  expect(others).toEqual([])
  expect(one).toMatchObject({ dueAt: DUE, standing: 'running', matter: { kind: 'annual', id: OF } })
  expect(await work()).toEqual([])
  await at('2027-01-27T01:00:00.000Z')
  expect(await work()).toMatchObject([{ dueAt: DUE, level: 'yellow' }])
  expect(await work('li-na')).toEqual([])
  await at('2027-02-01T01:00:00.000Z')
  await at('2027-02-01T01:00:00.000Z')
  expect(await work()).toMatchObject([{ dueAt: DUE, level: 'overdue' }])
  const { units } = (await get(SUPERVISOR, '/api/annual?year=2026&unit=dept-1')).json<AnnualStatement>()
  expect(units.find(({ id }) => id === 'dept-1')).toMatchObject({ apart: false, due: { at: DUE, open: true } })
})

it('is a numbered paper of the department and year, by class, for those who supervise; no year that is not over has one', async () => {
  expect((await issue(OFFICER)).json<RefusalNotice>().code).toBe('request.not-found')
  expect((await issue(SUPERVISOR, 'dept-1/2027')).json<RefusalNotice>().code).toBe('custody.nothing-for-paper')
  expect((await issue(SUPERVISOR, 'dept-99/2026')).json<RefusalNotice>().code).toBe('request.not-found')
  const offers = (await get(SUPERVISOR, `/api/papers/offer?paper=annual&of=${encodeURIComponent(OF)}`)).json<{
    offers: PaperOffer[]
  }>().offers
  expect(offers).toMatchObject([{ kind: { value: 'annual' }, of: OF, standing: null, yours: true }])
  const running = await get(SUPERVISOR, `/api/papers/offer?paper=annual&of=${encodeURIComponent('dept-1/2027')}`)
  expect(running.json<{ offers: PaperOffer[] }>().offers).toEqual([])
  const first = await issue(SUPERVISOR)
  expect(first.statusCode, first.body).toBe(201)
  const { paper, number } = first.json<{ paper: string; number: string }>()
  expect(number).toMatch(/^年〔2027〕\w\w-0001号$/)
  const file = await get(SUPERVISOR, `/api/papers/${paper}/file.pdf`)
  const text = readPdf(file.rawPayload).pages[0]?.text.replaceAll('\n', '') ?? ''
  for (const part of ['涉案财物年度报告', '2026', '登记在案 2 件', '合计', '平衡']) expect(text).toContain(part)
  expect(text).not.toContain('甲案')
})

it('ends what awaited it, once for all; that of the year it was made in is awaited from then on', async () => {
  await at('2027-02-02T01:00:00.000Z')
  expect(await work()).toEqual([])
  const all = await clocksOf()
  expect(all.map(({ matter, standing }) => [matter.id, standing])).toEqual([
    ['dept-1/2027', 'running'],
    [OF, 'late'],
  ])
})

it('made again it has a new number and takes the place of the one before; both stay, and nothing is awaited twice', async () => {
  const [before] = await papers(SUPERVISOR)
  const second = await issue(SUPERVISOR)
  expect(second.json<{ number: string }>().number).toMatch(/-0002号$/)
  await at('2027-02-03T01:00:00.000Z')
  const both = await papers(SUPERVISOR)
  expect(both.map(({ replacedBy }) => replacedBy === null)).toEqual([true, false])
  expect(both[1]?.paper).toBe(before?.paper)
  expect(both[1]?.sha256).toBe(before?.sha256)
  expect((await clocksOf()).length).toBe(2)
})

it('an organ has one of its departments together; its next is awaited once it made one', async () => {
  const { units } = (await get(SUPERVISOR, '/api/annual?year=2026')).json<AnnualStatement>()
  const organ = units.find(({ id }) => id !== 'dept-1')?.id ?? ''
  const made = await issue(SUPERVISOR, `${organ}/2026`)
  expect(made.statusCode, made.body).toBe(201)
  const file = await get(SUPERVISOR, `/api/papers/${made.json<{ paper: string }>().paper}/file.pdf`)
  expect(readPdf(file.rawPayload).pages[0]?.text.replaceAll('\n', '')).toContain('登记在案 2 件')
  await at('2027-02-04T01:00:00.000Z')
  expect((await clocksOf()).map(({ matter }) => matter.id)).toContain(`${organ}/2027`)
})

it('whoever is recused from a case that it counts neither makes nor reads it', async () => {
  const [standing] = await papers(SUPERVISOR)
  await does('qian-lei', { type: 'custody.recuse', case: '丙案', person: SUPERVISOR, ground: 'OTHER', reason: '某事' })
  const { units } = (await get(SUPERVISOR, '/api/annual?year=2026')).json<AnnualStatement>()
  expect(units.every(({ apart }) => apart)).toBe(true)
  expect((await issue(SUPERVISOR)).json<RefusalNotice>().code).toBe('request.not-found')
  expect((await get(SUPERVISOR, `/api/papers/${standing?.paper ?? ''}/file.pdf`)).statusCode).toBe(404)
  expect(await papers(SUPERVISOR)).toEqual([])
  // The head of the department reads it, and does not make it.
  expect(await papers('qian-lei')).toHaveLength(2)
  expect((await issue('qian-lei')).json<RefusalNotice>().code).toMatch(/^(access|custody)\./)
})

it('the registers and what was read from them hold', async () => {
  const { db } = server.deps
  const { key, installation } = server.keys
  const folder = checkpointFolderOf(server.keys)
  const { faults } = await verifyStore({ db, modules: server.modules, folder, key, installation })
  expect(faults).toEqual([])
})
