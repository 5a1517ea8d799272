import { addDays, type Calendars, type Day, isWeekend } from '../../clock/calendar.ts'
import { localMinute } from '../../local-time.ts'
import type { Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, ratingFact } from '../rating.ts'
import type { SetHours } from '../schemas.ts'

/** From when to when, as the hall’s clock shows it: `09:00`; the end itself is no longer open. */
export type OpenSpan = Readonly<{ from: string; to: string }>

/** A hall, and when it is open. */
export interface HallHours {
  readonly hall: string
  /** Monday first. */
  readonly week: readonly (readonly OpenSpan[])[]
}

/** A hall's week is set as a whole; the last one set holds. */
export function evolveHours(hours: HallHours | null, raw: Fact): HallHours | null {
  const fact = ratingFact(raw)
  return fact.type === 'rating.hours-set' ? { hall: fact.body.hall, week: fact.body.week } : hours
}

export interface HoursState {
  readonly hallKnown: boolean
}

/** @throws Refusal `rating.unknown-hall`, `rating.not-your-hall`, `rating.wrong-hours` */
export function setHours({ hallKnown }: HoursState, { hall, week }: SetHours, { actor }: Circumstances): Decision {
  if (!hallKnown) throw new Refusal('rating.unknown-hall', { hall })
  if (!actor.appointments.some(({ post, place }) => post === 'manager' && place === hall))
    throw new Refusal('rating.not-your-hall', { unit: hall })
  for (const spans of week)
    if (spans.some(({ from, to }, nth) => from >= to || from < (spans[nth - 1]?.to ?? '')))
      throw new Refusal('rating.wrong-hours')
  if (week.every((spans) => spans.length === 0)) throw new Refusal('rating.wrong-hours')
  return { facts: [draft(hall, 'rating.hours-set', `hours/${hall}`, { hall, week })] }
}

const SATURDAY = 5
const WEEK_DAYS = 7

function weekdayOf(day: Day): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS
}

/**
 * When a hall is open on a day. A public holiday is closed, whatever its weekday. A weekend that the State Council makes a working day (调休) has its own
 * hours where the hall gave that weekday any, else those of the first weekday that has some.
 */
export function spansOn(week: HallHours['week'], day: Day, calendars: Calendars): readonly OpenSpan[] {
  const kind = calendars.get(Number(day.slice(0, 4)))?.get(day)
  if (kind === 'off') return []
  const own = week[weekdayOf(day)] ?? []
  if (own.length > 0 || kind !== 'work' || !isWeekend(day)) return own
  return week.slice(0, SATURDAY).find((spans) => spans.length > 0) ?? []
}

/** How far the screen looks ahead for the next open day: longer than the longest holiday. */
const AHEAD_DAYS = 15

/** Whether a hall is open at a moment, today’s hours, and when it opens next. */
export interface HallStanding {
  readonly open: boolean
  readonly today: readonly OpenSpan[]
  readonly next: { readonly day: Day; readonly from: string } | null
}

/** A hall that gave no hours is always open. */
export function standingAt(week: HallHours['week'] | null, at: string, calendars: Calendars): HallStanding | null {
  if (week === null) return null
  const [day = '', minute = ''] = localMinute(at).split(' ')
  const today = spansOn(week, day, calendars)
  return {
    open: today.some(({ from, to }) => from <= minute && minute < to),
    today,
    next: nextOpening(week, day, minute, calendars),
  }
}

function nextOpening(
  week: HallHours['week'],
  day: Day,
  minute: string,
  calendars: Calendars,
): { readonly day: Day; readonly from: string } | null {
  for (let ahead = 0; ahead <= AHEAD_DAYS; ahead += 1) {
    const looked = addDays(day, ahead)
    const span = spansOn(week, looked, calendars).find(({ from }) => ahead > 0 || from > minute)
    if (span !== undefined) return { day: looked, from: span.from }
  }
  return null
}
