import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDoor } from '../act.ts'
import { parseCsv } from '../csv.ts'
import type { ItemCard } from '../custody/protocol.ts'
import { custodyTriggers } from '../custody/triggers.ts'
import { clientConfig } from '../database/connect.ts'
import { quietLog } from '../database/testing.ts'
import { checkpointFolderOf } from '../ledger/places.ts'
import { verifyStore } from '../ledger/verify.ts'
import { addDays, endOfDay } from './calendar.ts'
import { stillOpen } from './first-reading.ts'
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

/** What somebody sees of clocks, but for when the store is to be counted and the year to be reported: those run all along. */
const list = async (person: string, query = ''): Promise<readonly ShownClock[]> =>
  (await office.get<{ deadlines: ShownClock[] }>(person, `/api/deadlines${query}`)).deadlines.filter(
    ({ matter }) => matter.kind !== 'store' && matter.kind !== 'annual',
  )

/** Subjects of facts about such clocks. */
const ofStores = sql`select 'clock/' || id from clocks where state ->> 'matter' ~ '^(store|annual)/'`

/** Facts of clocks in the registers, with who was told. */
const facts = async (): Promise<{ type: string; cause: string; told: string[] }[]> => {
  const found = await sql<{ type: string; cause: string; told: string[] | null }>`
    select type, cause, (select array_agg(one ->> 'person') from jsonb_array_elements(text::jsonb #> '{body,told}') one) as told
    from entries where subject like 'clock/%' and subject not in (${ofStores}) order by recorded_at, register, seq
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
          title: { zh: '物品移交保管部门', en: 'Goods to the keeping department' },
          dueAt: endOfDay(addDays('2026-03-02', 30)),
          basis: '监察法实施条例(2021) 130',
          state: 'running',
        },
      ])
  })

  it('go out as a file with the article of each, as on the list', async () => {
    const file = async (query: string) => {
      const answer = await office.server.as('zhou-ping', { method: 'GET', url: `/api/exports/deadlines.csv?${query}` })
      expect(answer.statusCode, answer.body).toBe(200)
      return parseCsv(answer.body).rows
    }
    const [head, ...rows] = await file('state=running')
    expect(rows.map((row) => row[head?.indexOf('期限') ?? -1])).toEqual(
      ['DL-04', 'DL-60'].map((rule) => expect.stringContaining(rule)),
    )
    expect(rows.map((row) => row[head?.indexOf('依据') ?? -1])).toEqual(
      ['130', '一月底前'].map((basis) => expect.stringContaining(basis)),
    )
    expect(await file('state=paused')).toHaveLength(1)
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

describe('a store', () => {
  const terms = async () => {
    const found = await sql<{ rule: string; from: string; unit: string }>`
      select rule, state ->> 'from' as from, state ->> 'unit' as unit from clocks
      where state ->> 'matter' = 'store/store-1' order by rule
    `.execute(office.server.database.db)
    return found.rows
  }

  it('is to be counted from its first shelf on, whatever shelves are added later', async () => {
    const { rows } = await sql<{ at: string }>`
      select text::jsonb ->> 'at' as at from entries where type = 'custody.location-added' order by seq
    `.execute(office.server.database.db)
    expect(rows.length).toBeGreaterThan(1)
    const from = rows[0]?.at
    expect(await terms()).toEqual([
      { rule: 'DL-51', from, unit: 'keeping' },
      { rule: 'DL-52', from, unit: 'keeping' },
    ])
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
    const things = items.map((code, index) => ({ code, name: `手机${index + 1}` }))
    for (const person of ['chen-jing', 'zhang-wei'])
      expect((await list(person))[0]?.lent, person).toEqual(expect.arrayContaining(things))
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
    const second = openDoor({
      db,
      modules: office.server.modules,
      causeKey: office.server.keys.pepper,
      hash: 'sha256',
      now: () => office.now,
    })
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

  it('leaves read tables that the registers give again', async () => {
    const { database, keys, modules } = office.server
    const { key, installation } = keys
    const report = await verifyStore({
      ...{ db: database.ownerDb, modules, folder: checkpointFolderOf(keys), key, installation },
    })
    expect(report.faults).toEqual([])
  })
})

describe('a store that is older than its clocks', () => {
  let old: ClockOffice
  let admin: string[]
  let supervision: string[]

  beforeAll(async () => {
    old = await clockOffice(START, { kept: false })
    admin = await old.take('行一案', 3, START, 'ADMIN')
    supervision = await old.take('一案', 2, START)
    await old.checkIn([...admin.slice(0, 2), ...supervision.slice(0, 1)])
    const tax = await old.take('税一案', 1, START, 'TAX')
    await old.checkIn(tax)
  })
  afterAll(() => old.server.close())

  const clocks = async () => {
    const found = await sql<{ rule: string; matter: string; open: string[] }>`
      select c.rule, c.state ->> 'matter' as matter, array_agg(s.subject) filter (where s.open) as open
      from clocks c join clock_subjects s on s.clock = c.id
      where c.state ->> 'matter' !~ '^(store|annual)/' group by c.id order by c.source_seq, c.rule
    `.execute(old.server.database.db)
    return found.rows
  }
  const factTypes = async () => {
    const found = await sql<{ type: string }>`
      select type from entries where subject like 'clock/%' and subject not in (${ofStores}) order by register, seq
    `.execute(old.server.database.db)
    return found.rows.map(({ type }) => type)
  }

  it('starts what is not in store yet, and no term that no fact ends, however late it is', async () => {
    old.now = '2026-06-01T01:00:00.000Z'
    await old.turn()
    await old.turn()
    expect(await clocks()).toEqual([
      { rule: 'DL-04', matter: 'case/行一案', open: [`item/${admin[2]}`] },
      { rule: 'DL-04', matter: 'case/一案', open: [`item/${supervision[1]}`] },
    ])
    expect(await factTypes()).toEqual([...Array(2).fill('clock.started'), ...Array(8).fill('clock.warned')])
  })

  it('ends them by the store, and starts the terms of what is seized from then on', async () => {
    await old.checkIn([...admin.slice(2), ...supervision.slice(1)])
    await old.turn()
    expect((await factTypes()).slice(-2)).toEqual(['clock.fulfilled', 'clock.fulfilled'])
    await old.take('行二案', 1, old.now, 'ADMIN')
    await old.turn()
    expect((await clocks()).slice(2)).toMatchObject([
      { rule: 'DL-04', matter: 'case/行二案' },
      { rule: 'DL-06', matter: 'case/行二案' },
    ])
  })

  it('is read with every entry about what one fact began, while any of it is open', async () => {
    const { db } = old.server.database
    const triggers = { ...custodyTriggers, endedByFacts: [...custodyTriggers.endedByFacts, 'seizureDecision'] }
    const { rows } = await sql<{ register: string; seq: number; size: number }>`
      select register, seq, (select max(seq)::integer from entries o where o.register = e.register) as size
      from entries e where type = any(array['custody.registered', 'custody.released-to-store'])
        and subject = ${`item/${admin[0]}`} order by seq
    `.execute(db)
    expect(rows).toHaveLength(2)
    const { register: id = '', size = 0 } = rows[0] ?? {}
    const read = await stillOpen(db, triggers, { id, size, older: true })
    expect(read).toEqual(expect.arrayContaining(rows.map(({ seq }) => seq)))
  })
})

describe('what cannot be read', () => {
  it('keeps no other register and no other clock from going on', async () => {
    const broken = await clockOffice(START)
    const { db, superConfig } = broken.server.database
    const superuser = new pg.Client(clientConfig(superConfig, true))
    await superuser.connect()
    const tamper = async (statement: string) => {
      await superuser.query('set session_replication_role = replica')
      await superuser.query(statement)
    }
    try {
      await broken.take('一案', 1, START)
      await broken.take('二案', 1, START)
      await broken.turn()
      const [first] = (
        await sql<{ id: string }>`select id from clocks where rule <> 'DL-60' order by next_at, id`.execute(db)
      ).rows
      await tamper(`update clocks set state = '{"state": "running"}' where id = '${first?.id}'`)
      await tamper(`insert into registers select (r).* from (
        select jsonb_populate_record(r, '{"id": "a-broken"}') as r from registers r where id = 'org') as one`)
      await tamper(`insert into entries select (e).* from (
        select jsonb_populate_record(e, '{"register": "a-broken", "seq": 1, "subject": "item/broken", "text": "{"}') as e
        from entries e where type = 'custody.registered' limit 1) as one`)
      await broken.take('三案', 1, START)
      broken.now = '2026-03-27T16:00:00.000Z'
      await broken.turn()
      const { rows } = await sql<{ type: string; n: number }>`
        select type, count(*)::integer as n from entries where subject like 'clock/%' and subject not in (${ofStores}) group by type order by type
      `.execute(db)
      expect(rows).toEqual([
        { type: 'clock.started', n: 3 },
        { type: 'clock.warned', n: 2 },
      ])
    } finally {
      await superuser.end()
      await broken.server.close()
    }
  })
})
