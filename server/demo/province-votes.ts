import type { Level } from '../../devices/ballot/ballot.ts'
import { sealBallot, sealing } from '../../devices/ballot/seal.ts'
import { dice } from '../../devices/fuzz-inputs.ts'
import type { ActWithin } from '../act.ts'
import { addDays, dayOf, endOfDay } from '../clock/calendar.ts'
import { connect, type Db, inTransaction, type Trx } from '../database/connect.ts'
import { type Command, SYSTEM } from '../module.ts'
import { castWithin } from '../rating/cast.ts'
import { currentKey } from '../rating/store.ts'
import { runTally } from '../rating/tally.ts'
import { type HallGround, passOverCounted } from './hall.ts'
import { openPlainLog } from './plain-log.ts'
import { cityId, countyId, cityOfCounty, PROVINCE, type Province, type ProvinceHall } from './province.ts'
import { answersOf, EMPTY, levelOf } from './votes.ts'

/** The same votes each time. */
const SEED = 20_261_123
/** So many acts are one transaction: each commit is a wait for the disk. */
const DEEDS_AT_ONCE = 100
const HALLS_AT_ONCE = 4
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const OPENS_AT_HOURS = 9

/** Each round: that many services at every counter from a day on, one a day; when all are done, the tally counts. */
const ROUNDS = [
  { daysAgo: 66, services: 14 },
  { daysAgo: 24, services: 14 },
] as const
/** One county went to another city between the rounds. */
const MOVED = { county: 29, to: 2, daysAgo: 40 } as const

/** What telling of many acts stands on. */
export interface ProvinceGround {
  readonly db: Db
  readonly actWithin: ActWithin
}

type Deed = Command & Record<string, unknown>

/** Many acts one after the other, a hundred to a transaction; each still goes through the door by itself. */
async function tellAll(
  { db, actWithin }: ProvinceGround,
  name: string,
  at: string,
  deeds: readonly Deed[],
): Promise<void> {
  for (let first = 0; first < deeds.length; first += DEEDS_AT_ONCE)
    await inTransaction(db, async (trx) => {
      for (const [nth, deed] of deeds.slice(first, first + DEEDS_AT_ONCE).entries())
        await actWithin(trx, { person: SYSTEM }, deed, { cause: `${name} ${first + nth}`, at })
    })
}

/** Who works in the province, and the counters of its halls. Its units are there already. */
export async function peopleProvince(ground: ProvinceGround, { people, halls }: Province, at: string): Promise<void> {
  await tellAll(
    ground,
    'province person',
    at,
    people.flatMap(({ id, name, unit, post }): Deed[] => [
      { type: 'org.add-person', person: id, login: id, name, unit },
      { type: 'org.appoint', person: id, post, place: unit },
    ]),
  )
  await tellAll(
    ground,
    'province counter',
    at,
    halls.flatMap(({ id: place, counters }) =>
      counters.map(({ id: station, name }): Deed => ({
        ...{ type: 'stations.configure', station, name, kind: 'counter', place, devices: [] },
      })),
    ),
  )
}

/**
 * Two rounds of votes in every hall of the province, each vote by the way that every one goes: a service is opened, its vote offered, a ballot
 * sealed and cast; the tally counts after each round. Between them a county moves to another city. How good a hall is and how many answer differs
 * by county.
 */
export async function tellProvince(
  { db, actWithin, tally: config, folder, present }: HallGround & ProvinceGround,
  { halls }: Province,
): Promise<void> {
  await sealing
  const tally = connect(config, { log: openPlainLog(), unlimited: true })
  const today = dayOf(present)
  const startOf_ms = (daysAgo: number): number => Date.parse(endOfDay(addDays(today, -daysAgo - 1)))
  const count = async (daysAgo: number): Promise<void> => {
    const at = new Date(startOf_ms(daysAgo)).toISOString()
    await runTally({ db: tally.db, folder, now: () => at, today: () => dayOf(at) })
    await passOverCounted(db)
  }
  try {
    for (const [nth, { daysAgo, services }] of ROUNDS.entries()) {
      // The key that ballots are sealed to has to be there before anybody is asked.
      await count(daysAgo)
      const key = await currentKey(db)
      if (key === null) throw new Error('the tally has published no key')
      const start_ms = startOf_ms(daysAgo)
      await sideBySide(halls, (hall) =>
        inTransaction(db, async (trx) => {
          for (const [at, counter] of hall.counters.entries()) {
            if (nth === 0) await signOn(trx, counter.id, counter.clerk, start_ms)
            await serveAll(trx, { hall, at, round: nth, services, start_ms, key })
          }
        }),
      )
      await count(daysAgo - services - 1)
      if (nth === 0) await moveCounty()
    }
  } finally {
    await tally.close()
  }

  async function signOn(trx: Trx, counter: string, clerk: string, start_ms: number): Promise<void> {
    const options = { cause: `province sign-on ${counter}`, at: new Date(start_ms).toISOString() }
    await actWithin(trx, { person: clerk }, { type: 'rating.sign-on', counter } as Deed, options)
  }

  async function serveAll(trx: Trx, { hall, at, round, services, start_ms, key }: Round): Promise<void> {
    const counter = hall.counters[at]
    if (counter === undefined) return
    const chance = dice(SEED + round * 1_000_003 + numberOf(hall) * 10 + at)
    const { badPercent, ratedPercent } = standingOf(hall.county)
    const who = { person: counter.clerk }
    for (let nth = 0; nth < services; nth += 1) {
      const opened_ms = start_ms + (nth * 24 + OPENS_AT_HOURS + at) * HOUR_MS
      const options = (step: string, at_ms: number) => ({
        ...{ cause: `province ${counter.id} ${round} ${nth} ${step}`, at: new Date(at_ms).toISOString() },
      })
      const opening = { type: 'rating.open-service', counter: counter.id, by: 'clerk' } as Deed
      const { result } = await actWithin(trx, who, opening, options('open', opened_ms))
      const service = String(result['service'])
      const offer = options('offer', opened_ms + 12 * MINUTE_MS)
      await actWithin(trx, who, { type: 'rating.offer-vote', service, by: 'clerk' } as Deed, offer)
      if (chance.under(100) >= ratedPercent) continue
      const level: Level = levelOf(chance, badPercent)
      const sealed = sealBallot({ ...EMPTY, level, answers: answersOf(chance, level), reasons: [] }, key.publicKey)
      await castWithin(trx, { service, form: 'full', key: key.id, sealed }, offer.at)
    }
  }

  async function moveCounty(): Promise<void> {
    const { county, to, daysAgo } = MOVED
    const move = { type: 'org.move-unit', unit: countyId(county), parent: cityId(to) } as Deed
    const at = new Date(startOf_ms(daysAgo) + OPENS_AT_HOURS * HOUR_MS).toISOString()
    await inTransaction(db, (trx) => actWithin(trx, { person: 'xu-system' }, move, { cause: 'province move', at }))
  }
}

interface Round {
  readonly hall: ProvinceHall
  /** Which of its counters. */
  readonly at: number
  readonly round: number
  readonly services: number
  readonly start_ms: number
  readonly key: { readonly id: string; readonly publicKey: Buffer }
}

function numberOf({ id }: ProvinceHall): number {
  return Number(/\d+/.exec(id)?.[0] ?? 0)
}

/** Of a hundred votes so many are bad, and of a hundred who are asked so many answer: by city, and some counties stand out. */
function standingOf(county: number): { badPercent: number; ratedPercent: number } {
  const city = cityOfCounty(county)
  const worse = county % 23 === 5 ? 14 : 0
  return { badPercent: 1 + (city % 4) + worse, ratedPercent: 76 + ((city * 5 + county) % 20) }
}

/** A few at a time: halls write in registers of their own and do not wait for each other. */
async function sideBySide(halls: readonly ProvinceHall[], does: (hall: ProvinceHall) => Promise<void>): Promise<void> {
  const left = [...halls]
  await Promise.all(
    Array.from({ length: HALLS_AT_ONCE }, async () => {
      for (let hall = left.shift(); hall !== undefined; hall = left.shift()) await does(hall)
    }),
  )
}

/** For who waits before the terminal. */
export const PROVINCE_WORDS = `正在演示全省：${PROVINCE.cities} 个市、${PROVINCE.counties} 个县、${PROVINCE.offices} 个所 / telling a whole province …\n`
