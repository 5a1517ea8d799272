import type { Span } from './span.ts'

/** A day by the clock of Asia/Shanghai, `2026-02-14`. */
export type Day = string

/** What the yearly notice makes of a day: off though it may be a weekday, or worked though it is a weekend (调休). */
export type DayKind = 'off' | 'work'

/** The days of one year on which the notice differs from plain weeks. */
export type YearCalendar = ReadonlyMap<Day, DayKind>
/** The years that were imported. */
export type Calendars = ReadonlyMap<number, YearCalendar>

/**
 * How days are counted. `natural`: every day; `working`: working days of the calendar; `tax`: natural days that roll over and stretch
 * (税收征管法实施细则 109).
 */
export const COUNTINGS = ['natural', 'working', 'tax'] as const
export type Counting = (typeof COUNTINGS)[number]

/** What the law fixes of the counting itself, with where it stands. */
const countingRules = {
  /** So many days off in a row, within a period counted as tax periods are, stretch it by their number. */
  longHoliday: { days: 3, basis: '税收征管法实施细则 109', grade: 'V1' },
} as const

export interface Due {
  /** The moment after which it is late, RFC 3339 UTC: 24:00 in Shanghai of the last day, or the exact hour of a span in hours. */
  readonly dueAt: string
  /** Years that were asked for and not imported: their days were taken by plain weekends. */
  readonly estimatedYears: readonly number[]
}

const MS_PER_HOUR = 3_600_000
const MS_PER_DAY = 24 * MS_PER_HOUR
/** Asia/Shanghai has had no summer time since 1991. */
const SHANGHAI_MS = 8 * MS_PER_HOUR

/** The day in Shanghai at this moment. */
export function dayOf(moment: string): Day {
  return new Date(Date.parse(moment) + SHANGHAI_MS).toISOString().slice(0, 10)
}

/** 24:00 of a day in Shanghai. */
export function endOfDay(day: Day): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + MS_PER_DAY - SHANGHAI_MS).toISOString()
}

/** A day so many calendar days later; earlier where they are negative. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * MS_PER_DAY).toISOString().slice(0, 10)
}

/** A due moment, later by the days from one day to another: what of a term was not counted. */
export function laterBy(dueAt: string, from: Day, to: Day): string {
  return new Date(Date.parse(dueAt) + Date.parse(to) - Date.parse(from)).toISOString()
}

/** The same day of a later month; the month's last day where it has no such day (民法典 202). */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0))
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
    .toISOString()
    .slice(0, 10)
}

/** Saturday or Sunday, whatever the calendar of the year makes of it. */
export function isWeekend(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay()
  return weekday === 0 || weekday === 6
}

/** Looks days up, and remembers for which years there was nothing to look in. */
class Lookup {
  readonly missing = new Set<number>()
  readonly #calendars: Calendars

  constructor(calendars: Calendars) {
    this.#calendars = calendars
  }

  isOff(day: Day): boolean {
    const year = Number(day.slice(0, 4))
    const calendar = this.#calendars.get(year)
    if (calendar === undefined) this.missing.add(year)
    const kind = calendar?.get(day)
    return kind === undefined ? isWeekend(day) : kind === 'off'
  }
}

/**
 * When a span that begins at `from` ends. The day it begins on is not counted, and the last one ends at 24:00; hours run from the moment
 * itself. Working days are always those of the calendar, whatever the counting.
 */
export function dueAfter(from: string, span: Span, counting: Counting, calendars: Calendars): Due {
  if (span.unit === 'hours')
    return { dueAt: new Date(Date.parse(from) + span.count * MS_PER_HOUR).toISOString(), estimatedYears: [] }
  const lookup = new Lookup(calendars)
  const last = lastDay(dayOf(from), span, counting, lookup)
  return { dueAt: endOfDay(last), estimatedYears: [...lookup.missing].sort((a, b) => a - b) }
}

function lastDay(start: Day, span: Span, counting: Counting, lookup: Lookup): Day {
  if (span.unit === 'working-days' || (counting === 'working' && span.unit === 'days'))
    return workingDaysAfter(start, span.count, lookup)
  const last = span.unit === 'months' ? addMonths(start, span.count) : addDays(start, span.count)
  switch (counting) {
    case 'natural':
      return last
    case 'tax':
      return rolled(addDays(last, longHolidays(start, last, lookup)), lookup)
    case 'working':
      return rolled(last, lookup)
  }
}

function workingDaysAfter(start: Day, count: number, lookup: Lookup): Day {
  let day = start
  for (let counted = 0; counted < count;) {
    day = addDays(day, 1)
    if (!lookup.isOff(day)) counted += 1
  }
  return day
}

/** Days off within the period that stand in a row of three or more. What the stretching itself reaches is not counted again. */
function longHolidays(start: Day, last: Day, lookup: Lookup): number {
  const { days: longHolidayDays } = countingRules.longHoliday
  let all = 0
  let row = 0
  for (let day = addDays(start, 1); day <= last; day = addDays(day, 1)) {
    row = lookup.isOff(day) ? row + 1 : 0
    if (row === longHolidayDays) all += longHolidayDays
    else if (row > longHolidayDays) all += 1
  }
  return all
}

/** The first day from here on that is worked. */
function rolled(day: Day, lookup: Lookup): Day {
  let last = day
  while (lookup.isOff(last)) last = addDays(last, 1)
  return last
}
