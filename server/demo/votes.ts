import type { Level } from '../../devices/ballot/ballot.ts'
import { sealBallot, sealing } from '../../devices/ballot/seal.ts'
import { type Dice, dice } from '../../devices/fuzz-inputs.ts'
import { addDays, type Day, dayOf, endOfDay } from '../clock/calendar.ts'
import { loadCalendars } from '../clock/calendars.ts'
import { connect } from '../database/connect.ts'
import { castBallot } from '../rating/cast.ts'
import { spansOn } from '../rating/hours/hours.ts'
import { HALL_SERVICE, nameOf } from '../rating/questionnaire.ts'
import { publishReportKey } from '../rating/reports.ts'
import { currentKey } from '../rating/store.ts'
import { runTally } from '../rating/tally.ts'
import { COUNTERS, HALL_HEAD, type HallGround, passOverCounted, settleHall } from './hall.ts'
import { historyClock } from './history.ts'
import { openPlainLog } from './plain-log.ts'

/** How far back the votes begin. */
export const VOTES_DAYS = 91
/** The same votes each time. */
const SEED = 20_261_122
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** On working days; at each counter one an hour. */
const OPEN = { from: '09:00', to: '17:00' }
const WEEK = [[OPEN], [OPEN], [OPEN], [OPEN], [OPEN], [], []] as const
const SERVED_AT_HOURS = [9, 10, 11, 13, 14, 15, 16]
const OFFERED_AFTER_MS = 12 * MINUTE_MS
/** The tally runs when the hall is closed. */
const COUNTED_AT_HOURS = 20

const RATED_PERCENT = 80
/** Of a hundred votes so many are bad; at one counter more and more from some day on: what a warning is to find. */
const BAD_PERCENT = 2
const WORSE = { counter: 'counter-2', fromDay: 56, percent: 14 } as const

/**
 * Thirteen weeks of a hall, or so many days, on every working day and by the way that every vote goes: services are opened and asked, ballots are
 * sealed and cast, and the tally counts each evening.
 */
export async function tellVotes(
  { db, act, tally: config, folder, present }: HallGround,
  days = VOTES_DAYS,
): Promise<void> {
  await sealing
  const tally = connect(config, { log: openPlainLog(), unlimited: true })
  const count = async (day: Day, at: string): Promise<void> => {
    await runTally({ db: tally.db, folder, now: () => at, today: () => day })
    await passOverCounted(db)
  }
  const chance = dice(SEED)
  const today = dayOf(present)
  const first = addDays(today, -days)
  const clock = historyClock(startOf_ms(first))
  let step = 0
  const told = (at_ms: number) => {
    clock.moveTo(at_ms)
    return { cause: `votes ${(step += 1)}`, at: clock.now() }
  }
  /** Somebody is served and asked, and presses a key or goes. */
  const serve = async (counter: string, level: Level | null, at_ms: number): Promise<void> => {
    const opened = { type: 'rating.open-service', counter, by: 'program' } as const
    const { result } = await act({ person: HALL_HEAD }, opened, told(at_ms))
    const service = String(result['service'])
    const offered = told(at_ms + OFFERED_AFTER_MS)
    const offering = { type: 'rating.offer-vote', service, by: 'program' } as const
    await act({ person: HALL_HEAD }, offering, offered)
    if (level === null) return
    const key = await currentKey(db)
    if (key === null) throw new Error('the tally has published no key')
    const content = {
      ...EMPTY,
      level,
      answers: answersOf(chance, level),
      reasons: level < 3 ? [chance.among(WHY_BAD)] : [],
    }
    await castBallot(db, { service, form: 'full', key: key.id, sealed: sealBallot(content, key.publicKey) }, offered.at)
  }
  try {
    const calendars = await loadCalendars(db)
    await settleHall(act, () => told(0))
    for (let nth = 0; nth < days; nth += 1) {
      const day = addDays(first, nth)
      if (spansOn(WEEK, day, calendars).length === 0) continue
      // The key of a month has to be there before anybody is asked in it.
      await count(day, new Date(startOf_ms(day)).toISOString())
      for (const hour of SERVED_AT_HOURS)
        for (const [, counter] of COUNTERS) {
          const bad = counter === WORSE.counter && nth >= WORSE.fromDay ? WORSE.percent : BAD_PERCENT
          const level = chance.under(100) < RATED_PERCENT ? levelOf(chance, bad) : null
          await serve(counter, level, startOf_ms(day) + hour * HOUR_MS)
        }
      await count(day, new Date(startOf_ms(day) + COUNTED_AT_HOURS * HOUR_MS).toISOString())
    }
    await count(today, present)
    await publishReportKey(tally.db, folder)
  } finally {
    await tally.close()
  }
}

export const EMPTY = { v: 1, questionnaire: nameOf(HALL_SERVICE), words: null, key: null } as const
const WHY_BAD = ['slow', 'unclear', 'repeated']

function startOf_ms(day: Day): number {
  return Date.parse(endOfDay(addDays(day, -1)))
}

/** Of a hundred so many are bad. */
export function levelOf(chance: Dice, badPercent: number): Level {
  if (chance.under(100) < badPercent) return chance.among([1, 2, 2] as const)
  return chance.among([5, 5, 5, 5, 4, 4, 3] as const)
}

/** Near the overall level, question by question; integrity is what nobody complains of here. */
export function answersOf(chance: Dice, level: Level): Record<string, Level> {
  const near = (): Level => Math.min(5, Math.max(1, level + chance.under(2))) as Level
  return { attitude: near(), quality: near(), efficiency: level, integrity: 5 }
}
