import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from './calendar.ts'
import type { ShownClock } from './protocol.ts'
import { type ClockOffice, clockOffice } from './testing.ts'

const START = '2026-03-02T01:00:00.000Z'
const CASE = '行回避案'
const OTHER_CASE = '行另案'
const [RECUSED, OTHER, SUCCESSOR, HEAD] = ['zhang-wei', 'li-na', 'tang-yue', 'qian-lei'] as const
const SUPERVISOR = 'zhou-ping'
const why = { ground: 'RELATIVE', reason: '当事人的妻弟' }

let office: ClockOffice
beforeAll(async () => {
  office = await clockOffice(START)
})
afterAll(() => office.server.close())

const seen = async (person: string, of = CASE) =>
  (await office.get<{ deadlines: ShownClock[] }>(person, '/api/deadlines')).deadlines.filter(
    ({ matter }) => matter.id === of,
  )
const told = async () => {
  const found = await office.server.database.ownerDb
    .selectFrom('entries')
    .select('text')
    .where('type', '=', 'clock.warned')
    .execute()
  return found.map(({ text }) => text).join('\n')
}

it(
  'whoever stands aside in a case sees, is told of and asks about none of its deadlines',
  { timeout: 60_000 },
  async () => {
    await office.take(CASE, 1, START, 'ADMIN')
    await office.turn()
    const clock = (await seen(RECUSED)).find(({ rule }) => rule === 'DL-06')
    expect(clock?.id).toBeDefined()
    expect(await seen(HEAD)).not.toEqual([])
    const recuse = { type: 'custody.recuse', case: CASE, ...why }
    await office.act(RECUSED, { ...recuse, person: RECUSED, successors: [SUCCESSOR] })

    expect(await seen(RECUSED)).toEqual([])
    // Whoever takes his place answers for what runs.
    expect((await seen(SUCCESSOR)).map(({ id }) => id)).toContain(clock?.id)
    const ask = { deed: { command: 'extend-deadline', clock: clock?.id }, reason: '案情复杂' }
    const asked = await office.post(RECUSED, '/api/approvals', ask)
    expect([asked.statusCode, asked.json()]).toMatchObject([404, { code: 'clock.unknown' }])
    expect((await office.post(SUCCESSOR, '/api/approvals', ask)).statusCode).toBe(201)
    await office.act(HEAD, { ...recuse, person: HEAD })
    expect(await seen(HEAD)).toEqual([])

    office.now = `${addDays('2026-03-02', 29)}T02:00:00.000Z`
    await office.turn()
    expect(await told()).toContain(OTHER)
    expect(await told()).toContain(SUCCESSOR)
    expect(await told()).not.toMatch(new RegExp(`${RECUSED}|${HEAD}`))
    expect(await seen(RECUSED)).toEqual([])
    expect(await seen(OTHER)).not.toEqual([])

    await office.take(OTHER_CASE, 1, office.now, 'ADMIN')
    await office.turn()
    expect(await seen(SUPERVISOR)).not.toEqual([])
    await office.act(SUPERVISOR, { ...recuse, person: SUPERVISOR })
    expect(await seen(SUPERVISOR)).toEqual([])
    expect(await seen(SUPERVISOR, OTHER_CASE)).not.toEqual([])
  },
)
