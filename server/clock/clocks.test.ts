import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDoor } from '../act.ts'
import type { ItemCard } from '../custody/protocol.ts'
import { custodyTriggers } from '../custody/triggers.ts'
import { quietLog } from '../database/testing.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { addDays, endOfDay } from './calendar.ts'
import { turnClocks } from './keeper.ts'
import type { ShownClock } from './protocol.ts'
import { type ClockOffice, clockOffice } from './testing.ts'

const START = '2026-03-02T01:00:00.000Z'
const HOUR_MS = 3_600_000

let office: ClockOffice
let items: string[]
let loan: string

beforeAll(async () => {
  office = await clockOffice(START)
})
afterAll(() => office.server.close())

const list = async (person: string, query = ''): Promise<readonly ShownClock[]> =>
  (await office.get<{ deadlines: ShownClock[] }>(person, `/api/deadlines${query}`)).deadlines

/** Facts of clocks in the registers, with who was told. */
const facts = async (): Promise<{ type: string; cause: string; told: string[] }[]> => {
  const found = await sql<{ type: string; cause: string; told: string[] | null }>`
    select type, cause, (select array_agg(one ->> 'person') from jsonb_array_elements(text::jsonb #> '{body,told}') one) as told
    from entries where subject like 'clock/%' order by recorded_at, register, seq
  `.execute(office.server.database.db)
  return found.rows.map(({ told, ...row }) => ({ ...row, told: told ?? [] }))
}

const warnings = async () => (await facts()).filter(({ type }) => type === 'clock.warned')

describe('goods on their way to the store', () => {
  it('start one clock for what one act took, due at the end of the thirtieth day', async () => {
    items = await office.take('一案', 3, START)
    await office.turn()
    expect(await list('zhou-ping')).toMatchObject([
      {
        ...{ rule: 'DL-04', standing: 'running', colour: null, estimatedYears: [] },
        dueAt: endOfDay(addDays('2026-03-02', 30)),
        ...{ matter: { kind: 'case', id: '一案' }, unit: { name: '第一审查调查室' }, subjects: 3, open: 3 },
      },
    ])
  })

  it('say so on the card of each', async () => {
    for (const item of items)
      expect((await office.get<ItemCard>('li-na', `/api/items/${item}`)).deadlines).toEqual([
        {
          rule: 'DL-04',
          dueAt: endOfDay(addDays('2026-03-02', 30)),
          basis: '监察法实施条例(2021) 130',
          state: 'running',
        },
      ])
  })

  it('are seen by who answers for them, and by nobody else', async () => {
    for (const person of ['zhang-wei', 'li-na', 'qian-lei', 'zhou-ping'])
      expect(await list(person), person).toHaveLength(1)
    for (const person of ['tang-yue', 'wang-qiang', 'he-fang', 'chen-jing', 'sun-bo', 'xu-system', 'ji-audit'])
      expect(await list(person), person).toEqual([])
  })

  it('raise nothing before its time, each tier once, and tell the right people', async () => {
    office.now = '2026-03-27T15:59:00.000Z'
    await office.turn()
    expect(await warnings()).toEqual([])
    office.now = '2026-03-27T16:00:00.000Z'
    for (let times = 0; times < 3; times += 1) await office.turn()
    expect(await warnings()).toMatchObject([{ told: ['li-na', 'zhang-wei'] }])
    expect(await list('li-na')).toMatchObject([{ standing: 'warned', colour: 'yellow' }])
  })

  it('raise nothing twice by a clock that ran ahead and was put back', async () => {
    office.now = '2026-03-31T16:00:00.000Z'
    await office.turn()
    const before = await warnings()
    expect(before.map(({ cause }) => cause.split(':').at(-1))).toEqual(['-5', '-1'])
    office.now = '2026-03-28T00:00:00.000Z'
    await office.turn()
    office.now = '2026-03-31T16:00:01.000Z'
    await office.turn()
    expect(await warnings()).toEqual(before)
  })

  it('end with the last thing that the store takes in, with the entry that proves it', async () => {
    await office.checkIn(items.slice(0, 2))
    await office.turn()
    expect(await list('li-na')).toMatchObject([{ subjects: 3, open: 1, standing: 'warned' }])
    await office.checkIn(items.slice(2))
    await office.turn()
    expect(await list('li-na')).toEqual([])
    expect(await list('li-na', '?state=ended')).toMatchObject([{ standing: 'met', open: 0 }])
  })
})

describe('a loan', () => {
  it('is due at its own moment, and climbs the ladder when nobody brings it back', async () => {
    office.now = '2026-04-02T01:00:00.000Z'
    const dueAt = '2026-04-10T01:00:00.000Z'
    loan = await office.lend(items, dueAt)
    await office.turn()
    expect(await list('chen-jing')).toMatchObject([
      { rule: 'DL-18', dueAt, matter: { kind: 'loan', id: loan }, open: 3 },
    ])
    const told: Record<string, string[]> = {}
    for (const day of [-5, -3, -1, 0, 1, 3, 7]) {
      const before = (await warnings()).length
      office.now = new Date(Date.parse(dueAt) + day * 24 * HOUR_MS + 1).toISOString()
      await office.turn()
      told[day] = (await warnings()).slice(before).flatMap((one) => one.told)
    }
    expect(told).toEqual({
      '-5': ['zhang-wei'],
      '-3': ['zhang-wei'],
      '-1': ['zhang-wei', 'qian-lei', 'qian-lei'],
      '0': ['zhang-wei', 'qian-lei', 'qian-lei', 'guo-tao'],
      '1': ['qian-lei', 'qian-lei'],
      '3': ['zhou-ping'],
      '7': ['sun-bo'],
    })
    expect(await list('sun-bo')).toMatchObject([{ standing: 'overdue', colour: 'red' }])
  })

  it('told somebody in a post; whoever has given it up sees it no more', async () => {
    expect(await list('guo-tao')).toHaveLength(1)
    await office.act('an-security', {
      type: 'org.end-appointment',
      person: 'guo-tao',
      post: 'manager',
      place: 'keeping',
    })
    expect(await list('guo-tao')).toEqual([])
  })
})

describe('whoever keeps the clocks', () => {
  it('may be killed between any two steps: two of them side by side write everything once', async () => {
    await office.take('二案', 2, office.now)
    await office.takeMore('二案', 1, office.now)
    const { db } = office.server.database
    const second = openDoor({ db, modules: office.server.modules, hash: 'sha256', now: () => office.now })
    const deps = { ...office.server.deps, triggers: custodyTriggers, log: quietLog }
    await Promise.all([turnClocks(deps), turnClocks({ ...deps, ...second }), turnClocks(deps)])
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from clocks where state ->> 'matter' = 'case/二案'
    `.execute(db)
    expect(rows).toEqual([{ n: 2 }])
  })

  it('takes in nothing twice when its cursor was put back', async () => {
    const before = await facts()
    await sql`update clock_cursors set seq = 0`.execute(office.server.database.db)
    await office.turn()
    expect(await facts()).toEqual(before)
  })

  it('begins with what still runs, where a register is older than its clocks', async () => {
    await sql`delete from clock_cursors`.execute(office.server.database.ownerDb)
    const before = await facts()
    await office.turn()
    expect(await facts()).toEqual(before)
  })

  it('leaves read tables that the registers give again', async () => {
    const { database, keys, modules } = office.server
    const { key, installation } = keys
    const report = await verifyStore({
      ...{ db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation },
    })
    expect(report.faults).toEqual([])
  })
})
