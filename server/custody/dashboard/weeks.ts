import type { DayCount, WeekCount } from './protocol.ts'

export const WEEKS = 12
export const WEEK_DAYS = 7
/** Days that are shown one by one. */
export const DAYS = 28

const DAY_MS = 86_400_000

/** The local days up to and with this one, oldest first. */
export function daysUpTo(today: string, count: number): string[] {
  const last_ms = Date.parse(`${today}T00:00:00Z`)
  return Array.from({ length: count }, (_, index) =>
    new Date(last_ms - (count - 1 - index) * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length),
  )
}

export type ByDay = ReadonlyMap<string, number>

/** Each of these days with what happened on it. */
export function dayCounts(days: readonly string[], came: ByDay, left: ByDay): DayCount[] {
  return days.map((day) => ({ day, in: came.get(day) ?? 0, out: left.get(day) ?? 0 }))
}

/**
 * Weeks out of their days, oldest first. What was in store when a week ended follows from what is there now.
 * @param days whole weeks, the last day being today
 * @param stock what is in store now
 */
export function weekCounts(
  days: readonly DayCount[],
  stock: number,
  { incidents, alarms }: { readonly incidents: ByDay; readonly alarms: ByDay },
): WeekCount[] {
  const weeks: WeekCount[] = []
  let left = stock
  for (let end = days.length; end >= WEEK_DAYS; end -= WEEK_DAYS) {
    const own = days.slice(end - WEEK_DAYS, end)
    const sum = (of: (day: DayCount) => number): number => own.reduce((all, day) => all + of(day), 0)
    const [came, went] = [sum((day) => day.in), sum((day) => day.out)]
    weeks.unshift({
      ...{ from: own[0]?.day ?? '', to: own.at(-1)?.day ?? '', in: came, out: went, stock: left },
      incidents: sum(({ day }) => incidents.get(day) ?? 0),
      alarms: sum(({ day }) => alarms.get(day) ?? 0),
    })
    left += went - came
  }
  return weeks
}
