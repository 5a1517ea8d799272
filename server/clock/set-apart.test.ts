import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordingOf } from '../custody/testing.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import type { ShownClock } from './protocol.ts'
import { type ClockOffice, clockOffice } from './testing.ts'

/** Clocks whose end or pause is told by an entry that is not theirs alone: of another place, or of several things at once. */

const MIGRATION = new URL('../../migrations/0077-set-apart.sql', import.meta.url)
const START = '2026-03-02T01:00:00.000Z'
const officers = ['zhang-wei', 'li-na']
let office: ClockOffice

beforeAll(async () => {
  office = await clockOffice(START)
})
afterAll(() => office.server.close())

/** So many things of a new case, taken by one notice. */
async function taken(number: string, count: number): Promise<string[]> {
  const opened = { number, title: '某某案', track: 'SUPERVISION', unit: 'dept-1', officers }
  await office.act('zhang-wei', { type: 'custody.open-case', ...opened })
  return office.takeMore(number, count, START)
}

const clocksOf = async (number: string, wanted: string): Promise<readonly ShownClock[]> => {
  const { deadlines } = await office.get<{ deadlines: ShownClock[] }>('zhou-ping', '/api/deadlines')
  return deadlines.filter(({ rule, matter }) => rule === wanted && matter.id === number)
}

async function keptOpen(code: string, document: string): Promise<void> {
  const deed = { command: 'keep-open', items: [code], ground: 'at-large', document, wantedOn: '2025-01-05' }
  const asked = await office.post('zhang-wei', '/api/approvals', { deed, reason: '逃匿' })
  const granted = await office.post('sun-bo', `/api/approvals/${asked.json<{ id: string }>().id}/grant`, {})
  expect(granted.statusCode, granted.body).toBe(200)
}

/** Asks for a deed, and has these agree to it. */
async function agreed(deed: object, approvers: readonly string[]): Promise<string> {
  const { result } = await office.act('zhang-wei', { type: 'approvals.ask', deed, reason: '立案' })
  const approval = String(result['id'])
  for (const person of approvers) await office.act(person, { type: 'approvals.grant', approval })
  return approval
}

it('a recording that is noted once the thing is in store ends the clock of its department', async () => {
  const number = '录像案'
  await office.act('zhang-wei', {
    ...{ type: 'custody.open-case', number, title: '某某案', track: 'SUPERVISION', unit: 'dept-1', officers },
  })
  // What is seized is on film before it is handed over; what was handed in owes its recording only once it is held under a measure.
  const approval = await agreed({ command: 'take-measure', case: number, kind: 'VOLUNTARY_RECEIVED' }, ['qian-lei'])
  const takenAt = office.now
  const { result } = await office.act('zhang-wei', {
    ...{ type: 'custody.register', case: number, relevance: '往来的联系方式' },
    items: [{ name: '手机', category: 'general', quantity: 1, unit: '部' }],
    measure: { kind: 'VOLUNTARY_RECEIVED', noticeNumber: '收〔2026〕1号', place: '办公室', takenAt, approval },
    holder: { attendance: 'SIGNED', name: '持有人甲' },
    witness: { attendance: 'SIGNED', name: '见证人乙' },
  })
  const items = (result as unknown as { items: { code: string }[] }).items.map(({ code }) => code)
  await office.checkIn(items)
  await agreed({ command: 'convert-surrender', items, kind: 'SEIZED', document: '扣〔2026〕9号' }, [
    'qian-lei',
    'sun-bo',
  ])
  await office.turn()
  expect(await clocksOf('录像案', 'DL-61')).toHaveLength(1)
  await office.act('zhang-wei', recordingOf(items, takenAt))
  await office.turn()
  expect(await clocksOf('录像案', 'DL-61')).toEqual([])
})

it('a case that is closed with several things of one clock open, each by a document of its own, holds each of them', async () => {
  const items = await taken('例外案', 3)
  await office.act('zhang-wei', recordingOf(items, START))
  await office.checkIn(items)
  for (const [nth, code] of items.entries()) await keptOpen(code, `通缉令 ${nth}`)
  await office.act('chen-jing', { type: 'custody.ask-retention', items, question: '是否仍须保管' })
  await office.turn()
  expect(await clocksOf('例外案', 'DL-58')).toMatchObject([{ standing: 'running', open: 3 }])
  await office.act('zhang-wei', { type: 'custody.close-case', case: '例外案' })
  await office.turn()
  const held = await clocksOf('例外案', 'DL-58')
  expect(held.map(({ standing, open }) => [standing, open])).toEqual(items.map(() => ['excepted', 1]))
})

it('whatever begins in that register afterwards has its clock', async () => {
  await taken('后来案', 1)
  await office.turn()
  expect(await clocksOf('后来案', 'DL-61')).toHaveLength(1)
})

/** Whatever of the registers and the tables does not hold. */
async function faults() {
  const { database, keys, modules } = office.server
  const { key, installation } = keys
  const { ownerDb: db } = database
  return (await verifyStore({ db, modules, folder: checkpointFolderOf(keys), key, installation })).faults
}

it('is in the registers, and the read tables follow from them', async () => {
  expect(await faults()).toEqual([])
})

it('a store of the time before a clock kept what it handed to another follows from its registers once it is brought up', async () => {
  const { ownerDb } = office.server.database
  const clocks = async () => (await sql`select id, state from clocks order by id`.execute(ownerDb)).rows
  const before = await clocks()
  await sql`
    update clocks set state = jsonb_set(state, '{subjects}', (
      select jsonb_agg(one - 'apart' order by nth) from jsonb_array_elements(state -> 'subjects') with ordinality as s (one, nth)))
  `.execute(ownerDb)
  expect(await faults()).not.toEqual([])
  await sql.raw(await readFile(MIGRATION, 'utf8')).execute(ownerDb)
  expect(await clocks()).toEqual(before)
})
