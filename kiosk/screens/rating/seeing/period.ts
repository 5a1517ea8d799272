/** Periods to choose from; the server counts in days of the house. */

export const PERIODS = ['month', 'quarter', 'year', 'own'] as const
export type Period = (typeof PERIODS)[number]

const LENGTH_DAYS = { month: 30, quarter: 91, year: 365 } as const
const DAY_MS = 86_400_000
const HOUSE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** So many days up to the present one. */
export function daysOf(period: Exclude<Period, 'own'>, now: Date): { readonly from: string; readonly to: string } {
  const first = new Date(now.getTime() - (LENGTH_DAYS[period] - 1) * DAY_MS)
  return { from: HOUSE.format(first), to: HOUSE.format(now) }
}
