import { addDays, addMonths, type Day } from '../../clock/calendar.ts'
import { Refusal } from '../../refusal.ts'
import type { Days } from './protocol.ts'

/** A dashboard looks at no more than this; two years leave room for the same period of the year before. */
export const DAYS_MOST = 732
/** What is looked at when nobody said: about three months. */
export const DAYS_USUAL = 91
/** Up to so many days every day is a step, up to so many every week; beyond, every month. */
const DAILY_MOST = 31
const WEEKLY_MOST = 190

const DAY_MS = 86_400_000
const WEEK = 7

/** How many days these are, both ends included; not positive where they end before they begin. */
export function lengthOf({ from, to }: Days): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}

/** @throws Refusal `rating.wrong-days` for none, or more than `DAYS_MOST` */
export function mustBeDays(days: Days): Days {
  const length = lengthOf(days)
  if (length < 1 || length > DAYS_MOST) throw new Refusal('rating.wrong-days', { most: String(DAYS_MOST) })
  return days
}

/** As many days right before. */
export function before(days: Days): Days {
  return { from: addDays(days.from, -lengthOf(days)), to: addDays(days.from, -1) }
}

/** The same days of the year before; the 29th of February is the 28th there. */
export function yearBefore({ from, to }: Days): Days {
  return { from: addMonths(from, -12), to: addMonths(to, -12) }
}

/** The days in steps that a plot can show: days, weeks (the last one is whole, the first may be short) or months of the calendar. */
export function stepsOf(days: Days): Days[] {
  const length = lengthOf(days)
  if (length > WEEKLY_MOST) return months(days)
  const step = length <= DAILY_MOST ? 1 : WEEK
  const steps: Days[] = []
  for (let to: Day = days.to; to >= days.from; to = addDays(to, -step)) {
    const from = addDays(to, 1 - step)
    steps.unshift({ from: from < days.from ? days.from : from, to })
  }
  return steps
}

function months({ from, to }: Days): Days[] {
  const steps: Days[] = []
  for (let first: Day = from; first <= to;) {
    const next = addMonths(`${first.slice(0, 7)}-01`, 1)
    const last = addDays(next, -1)
    steps.push({ from: first, to: last > to ? to : last })
    first = next
  }
  return steps
}

/** First and last day included; days compare as texts. */
export function isWithin(day: Day, { from, to }: Days): boolean {
  return day >= from && day <= to
}
