import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Command, SYSTEM } from '../module.ts'
import type { Tree } from '../rating/tree/protocol.ts'
import type { TestServer } from '../testing.ts'
import { wholeServer } from '../testing-whole.ts'
import { demoUnits } from './organisation.ts'
import { cityId, countyId, layProvince, PROVINCE } from './province.ts'
import { peopleProvince, tellProvince } from './province-votes.ts'

const PRESENT = '2026-11-22T02:00:00.000Z'
const SUPERVISOR = 'zhou-ping'
const ROUNDS = 2
const SERVICES = 14
/** The one that goes to another city between the rounds, and one that stays. */
const [MOVES, FROM, TO, STAYS] = [29, 1, 2, 1] as const
const whole = layProvince()

it('is as large as it says, and each unit stands under one that is there before it', () => {
  const { units, people, halls } = whole
  const of = (start: string) => units.filter(({ unit }) => unit.startsWith(start))
  expect([of('city-').length, of('county-').length]).toEqual([PROVINCE.cities, PROVINCE.counties])
  expect(of('office-').filter(({ kind }) => kind === 'department')).toHaveLength(PROVINCE.offices)
  expect(halls).toHaveLength(PROVINCE.offices)
  for (const names of [units.map(({ unit }) => unit), units.map(({ name }) => name), people.map(({ id }) => id)])
    expect(new Set(names).size).toBe(names.length)
  const before = new Set<string | null>([null])
  for (const { unit, parent } of units) {
    expect(before.has(parent), unit).toBe(true)
    before.add(unit)
  }
})

let server: TestServer

beforeAll(async () => {
  server = await wholeServer()
}, 120_000)
afterAll(() => server.close())

it(
  'is told by the door and counted by the tally, and rolls up by where each county stood',
  { timeout: 300_000 },
  async () => {
    const { db, act, actWithin } = server.deps
    const counties = [MOVES, STAYS].map(countyId)
    const halls = whole.halls.filter(({ county }) => county === MOVES || county === STAYS)
    const wanted = new Set([...[FROM, TO].map(cityId), ...counties])
    const units = whole.units.filter(
      ({ unit, parent }) =>
        wanted.has(unit) ||
        halls.some(({ id }) => id === unit || id === `${unit}-hall`) ||
        counties.includes(parent ?? ''),
    )
    const there = new Set(demoUnits.map(({ unit }) => unit))
    for (const unit of units)
      if (!there.has(unit.unit))
        await act({ person: SYSTEM }, { type: 'org.add-unit', ...unit } as Command, { cause: unit.unit })
    const people = whole.people.filter(({ unit }) => units.some((one) => one.unit === unit))
    const province = { units, people, halls }
    server.setNow(PRESENT)
    await peopleProvince({ db, actWithin }, province, '2026-03-02T00:00:00.000Z')
    const tally = server.database.tallyConfig
    const folder = join(server.dataDir, 'tally')
    await tellProvince({ db, act, actWithin, tally, folder, present: PRESENT }, province)

    const look = async (unit: string) =>
      (await server.as(SUPERVISOR, { url: `/api/rating/tree?unit=${unit}` })).json<Tree>()
    const counters = halls.reduce((sum, { counters: own }) => sum + own.length, 0)
    const top = await look('organ')
    expect(top.unit.response?.asked).toBe(ROUNDS * SERVICES * counters)
    expect(top.unit.satisfied?.n).toBeGreaterThan(ROUNDS * counters)
    // The first round under one city, the second under the other: together they are all of it.
    const [from, to] = [await look(cityId(FROM)), await look(cityId(TO))]
    expect([from.unit.moved, to.unit.moved]).toEqual([true, true])
    expect(to.lines.map(({ id }) => id)).toEqual([countyId(MOVES)])
    expect((from.unit.satisfied?.n ?? 0) + (to.unit.satisfied?.n ?? 0)).toBe(top.unit.satisfied?.n)
    expect(to.unit.response?.asked).toBe(
      SERVICES * halls.filter(({ county }) => county === MOVES).reduce((sum, { counters: own }) => sum + own.length, 0),
    )
  },
)
