import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Door, openDoor } from '../act.ts'
import { readChain } from '../custody/chain/chain.ts'
import { custodyTriggers } from '../custody/triggers.ts'
import { quietLog } from '../database/testing.ts'
import type { Command } from '../module.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import type { Clock } from './clock.ts'
import { turnClocks } from './keeper.ts'
import { type ClockOffice, clockOffice } from './testing.ts'
import { causeOfWarning, warningsDue } from './warn.ts'

/** The clock of the machine is put back while the server is down: what it was before it started again, nobody can tell it. */

const START = '2026-03-02T01:00:00.000Z'
const LATE = '2026-03-20T01:00:00.000Z'
/** Four days back, over a restart. */
const BACK = '2026-03-16T01:00:00.000Z'
const LATER = '2026-03-24T01:00:00.000Z'

type Deed = Command & Record<string, unknown>
/** A server that has just started, with its own time. */
type Started = Door & { turn(): Promise<void> }

let office: ClockOffice
let items: string[]

beforeAll(async () => {
  office = await clockOffice(START)
  items = await office.take('第一案', 2, START)
  await office.checkIn(items)
  await office.turn()
  await office.lend(items, '2026-03-17T01:00:00.000Z')
  await office.turn()
  office.now = LATE
  await office.turn()
})
afterAll(() => office.server.close())

function startedAt(at: string): Started {
  const { deps, keys, modules } = office.server
  const now = (): string => at
  const door = openDoor({ db: deps.db, modules, causeKey: keys.pepper, hash: 'sha256', now })
  return { ...door, turn: () => turnClocks({ ...deps, ...door, now, triggers: custodyTriggers, log: quietLog }) }
}

async function clocks(): Promise<Clock[]> {
  const found = await sql<{ state: Clock }>`select state from clocks order by id`.execute(office.server.deps.db)
  return found.rows.map(({ state }) => state)
}

async function warnings(): Promise<string[]> {
  const found = await sql<{
    cause: string
  }>`select cause from entries where type = 'clock.warned' order by cause`.execute(office.server.deps.db)
  return found.rows.map(({ cause }) => cause)
}

it('what runs stays as it is: nothing is due earlier or later, and no warning comes twice', async () => {
  const [before, raised] = [await clocks(), await warnings()]
  expect(raised.length).toBeGreaterThan(0)
  await startedAt(BACK).turn()
  expect(await clocks()).toEqual(before)
  expect(await warnings()).toEqual(raised)
})

it('an item goes on only from its last event on', async () => {
  const { act } = startedAt(BACK)
  const early = startedAt(START)
  const { entries } = await readChain(office.server.deps.db, items[0] ?? '')
  const back = { type: 'custody.note-difference', items: [{ item: items[0], condition: 'different' }] } as Deed
  await expect(
    early.act({ person: 'chen-jing', with: ['zhang-wei'] }, back, { cause: randomUUID() }),
  ).rejects.toMatchObject({
    code: 'custody.before-last-event',
  })
  expect((await readChain(office.server.deps.db, items[0] ?? '')).entries).toEqual(entries)
  await act({ person: 'chen-jing', with: ['zhang-wei'] }, back, { cause: randomUUID() })
  const after = await readChain(office.server.deps.db, items[0] ?? '')
  expect([after.entries.at(-1)?.at, after.faults]).toEqual([BACK, []])
})

it('what is new is written down with the time that the clock shows, behind what is there, and all of it verifies', async () => {
  const { act } = startedAt(BACK)
  const command = {
    ...{ type: 'custody.open-case', number: '第二案', title: '某案', track: 'SUPERVISION', unit: 'dept-1' },
    officers: ['zhang-wei', 'li-na'],
  } as Deed
  const { facts } = await act({ person: 'zhang-wei' }, command, { cause: randomUUID() })
  const [fact] = facts
  const { server } = office
  const written = await sql<{ seq: number; at: string; recordedAt: string }>`
    select seq, text::jsonb ->> 'at' as at, text::jsonb ->> 'recordedAt' as "recordedAt" from entries
    where register = ${fact?.register ?? ''} and seq >= ${fact?.seq ?? 0} order by seq
  `.execute(server.deps.db)
  expect(written.rows).toEqual([{ seq: fact?.seq, at: BACK, recordedAt: BACK }])
  const { key, installation } = server.keys
  const report = await verifyStore({
    ...{ db: server.database.ownerDb, modules: server.modules },
    ...{ folder: checkpointFolderOf(server.keys), key, installation },
  })
  expect(report.faults).toEqual([])
})

it('once the clock is right again what has come due is raised, each tier once', async () => {
  const raised = await warnings()
  const due = (await clocks()).flatMap((clock) => warningsDue(clock, LATER).map((tier) => causeOfWarning(clock, tier)))
  expect(due.length).toBeGreaterThan(0)
  const right = startedAt(LATER)
  await right.turn()
  await right.turn()
  expect(await warnings()).toEqual([...raised, ...due].toSorted())
})
