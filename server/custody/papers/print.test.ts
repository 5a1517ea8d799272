import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EmulatedOfficePrinter, startOfficePrinter } from '../../../devices/emulators/office-printer.ts'
import type { Command } from '../../module.ts'
import type { RefusalNotice } from '../../refusal.ts'
import { seedStations } from '../../stations/registry.ts'
import type { TestServer } from '../../testing.ts'
import { wholeServer } from '../../testing-whole.ts'
import type { ShownPaper } from '../protocol.ts'
import { hintsInSight } from '../sight/hints.ts'
import { general, taking } from '../testing.ts'

const CASE = '云纪立〔2026〕31号'
const DESK = 'desk-paper'
const SETTLED_MS = 30_000

let server: TestServer
let device: EmulatedOfficePrinter
let paper = ''
let causes = 0
let card = ''

async function does(person: string, command: Command & Record<string, unknown>) {
  const cause = `test ${(causes += 1)}`
  return (await server.deps.act({ person }, command, { cause, at: server.deps.now() })).result
}

beforeAll(async () => {
  const started = await Promise.all([wholeServer(), startOfficePrinter({ protocol: 'ipp' })])
  server = started[0]
  device = started[1]
  await seedStations(server.deps.db, server.deps.act, [
    {
      ...{ id: DESK, name: '文印室', kind: 'desk', place: 'dept-1' },
      devices: [{ id: 'office-1', kind: 'office-printer', protocol: 'ipp', port: device.address }],
    },
  ])
  const officers = ['zhang-wei', 'li-na']
  await does('zhang-wei', {
    ...{ type: 'custody.open-case', number: CASE, title: '某案', track: 'SUPERVISION', unit: 'dept-1', officers },
  })
  const bankCard = {
    ...{ name: '银行卡', category: 'cards-securities', quantity: 1, unit: '张', features: '金色' },
    details: { issuer: '云州银行', account: '6228480123456789012' },
    seal: { number: 'F-1', signers: officers },
  }
  const taken = await does('zhang-wei', {
    ...{ type: 'custody.register', case: CASE, items: [general, bankCard], ...taking },
  })
  card = (taken['items'] as unknown as { code: string }[])[1]?.code ?? ''
  const wanted = { type: 'custody.issue-paper', paper: 'notice', of: CASE, part: taking.measure.noticeNumber }
  paper = String((await does('zhang-wei', wanted))['paper'])
}, 120_000)
afterAll(async () => {
  await server.close()
  await device.close()
})

const post = (person: string, url: string, payload: object) => server.as(person, { method: 'POST', url, payload })
const send = (person = 'zhang-wei', station = DESK) => post(person, `/api/papers/${paper}/prints`, { station })
const last = async (): Promise<ShownPaper['print']> => {
  const url = `/api/papers?case=${encodeURIComponent(CASE)}`
  const answer = await server.as('zhang-wei', { method: 'GET', url })
  return answer.json<{ papers: ShownPaper[] }>().papers[0]?.print ?? null
}
/** What the read log has of somebody about the paper and the number on it, at a station. */
const readings = async (person: string): Promise<string[]> => {
  const { rows } = await sql<{ about: string }>`
    select text::jsonb ->> 'about' as about from activity where text::jsonb ->> 'kind' = 'read'
      and text::jsonb ->> 'person' = ${person} and text::jsonb ->> 'station' = ${DESK} order by seq
  `.execute(server.database.ownerDb)
  return rows.map(({ about }) => about)
}
const becomes = (state: NonNullable<ShownPaper['print']>['state']) =>
  expect.poll(async () => (await last())?.state, { timeout: SETTLED_MS }).toBe(state)

it('goes to the office printer of a station byte for byte, and counts as printed by the printer’s word', async () => {
  const file = await server.as('zhang-wei', { method: 'GET', url: `/api/papers/${paper}/file.pdf` })
  const { printers } = (await server.as('zhang-wei', { method: 'GET', url: '/api/office-printers' })).json<{
    printers: unknown
  }>()
  expect(printers).toEqual([{ station: DESK, name: '文印室', printer: 'office-1' }])
  expect((await send('zhang-wei', 'bench-1')).json<RefusalNotice>().code).toBe('custody.no-office-printer')
  expect((await send('wang-qiang')).json<RefusalNotice>().code).toBe('request.not-found')
  expect([await readings('wang-qiang'), await readings('zhang-wei')]).toEqual([[], []])
  const sent = await send()
  expect(sent.statusCode, sent.body).toBe(202)
  await becomes('printed')
  // Who had it printed has read what is on it.
  expect(await readings('zhang-wei')).toEqual([`paper/${paper}`, `item/${card}/account-number`])
  expect(device.printed().map((one) => Buffer.from(one.file).equals(file.rawPayload))).toEqual([true])
}, 60_000)

it('of which nobody knows what became is not sent again before a person has looked', async () => {
  device.set({ losesAnswer: true })
  expect((await send()).statusCode).toBe(202)
  await becomes('unknown')
  expect(device.jobs()).toHaveLength(2)
  expect((await send()).json<RefusalNotice>().code).toBe('custody.paper-printing')
  const outcome = `/api/papers/${paper}/prints/${(await last())?.job ?? ''}/outcome`
  expect((await post('wang-qiang', outcome, { outcome: 'printed' })).json<RefusalNotice>().code).toBe(
    'request.not-found',
  )
  expect((await post('zhang-wei', outcome, { outcome: 'failed' })).statusCode).toBe(200)
  expect(await last()).toMatchObject({ state: 'failed', fault: { code: 'labels.nothing-seen' } })
  expect((await post('zhang-wei', outcome, { outcome: 'printed' })).json<RefusalNotice>().code).toBe(
    'custody.print-order',
  )
  expect(device.jobs()).toHaveLength(2)
}, 60_000)

it('that the printer will not take has failed, with the printer’s reason, and may be sent again', async () => {
  device.set({ losesAnswer: false, paperOut: true })
  await send()
  await becomes('failed')
  expect((await last())?.fault?.zh).toMatch(/^文书打印机：.*请装纸$/)
  device.set({ paperOut: false })
  await send()
  await becomes('printed')
}, 90_000)

it('is heard of by whoever may see it, and by nobody else', async () => {
  const { db, now } = server.deps
  const hint = { register: 'unit.dept-1', seq: 1, type: 'custody.any', subject: `paper/${paper}`, at: now() }
  const hears = async (person: string) => (await hintsInSight(db, person, [hint], now())).length === 1
  for (const person of ['zhang-wei', 'li-na', 'qian-lei', 'zhou-ping']) expect(await hears(person), person).toBe(true)
  for (const person of ['wang-qiang', 'he-fang', 'chen-jing']) expect(await hears(person), person).toBe(false)
})
