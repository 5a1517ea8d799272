/** What the dashboard draws, out of what the server counts. Pure. */

import type { CaseAge, Dashboard, LoanAge } from '../../../server/custody/protocol.ts'

export const LOAN_AGES: readonly LoanAge[] = ['due', 'days-1', 'days-4', 'days-8', 'days-31']
export const CASE_AGES: readonly CaseAge[] = ['days-0', 'days-30', 'days-90', 'days-180']

/** The address of the list behind a figure. */
export function listOf(query: Readonly<Record<string, string>>): string {
  return `/supervise/figures?${new URLSearchParams(query).toString()}`
}

/** One category: how many of it are at each place, in the order of the places. */
export interface StockRow {
  readonly category: Dashboard['stock'][number]['category']
  readonly counts: readonly number[]
  readonly total: number
}

/** The stock as rows of categories, the largest first. */
export function stockRows({ stock, places }: Pick<Dashboard, 'stock' | 'places'>): StockRow[] {
  const categories = [...new Set(stock.map(({ category }) => category))]
  return categories
    .map((category) => {
      const own = stock.filter((one) => one.category === category)
      const counts = places.map(({ place }) => own.find((one) => one.place === place)?.items ?? 0)
      return { category, counts, total: own.reduce((sum, { items }) => sum + items, 0) }
    })
    .toSorted((a, b) => b.total - a.total)
}

/** A round number that nothing drawn goes beyond: 1, 2 or 5 with noughts; at least 1. */
export function topOf(values: readonly number[]): number {
  const most = Math.max(1, ...values)
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? most
}

/** `11-21`: a day of the year as it stands below a figure. */
export function shortDay(day: string): string {
  return day.slice('YYYY-'.length)
}

const FIGURES = [
  'stock',
  'held',
  'in',
  'out',
  'loans',
  'incidents',
  'opened',
  'alarms',
  'exceptions',
  'open-cases',
] as const
export type ListedFigure = (typeof FIGURES)[number]

/** The figure that an address asks for; what is in charge where it asks for none. */
export function figureIn({ figure }: Readonly<Record<string, string>>): ListedFigure {
  return FIGURES.find((one) => one === figure) ?? 'stock'
}

/** The name of a figure with what narrows it: words that were found for it, and the days that it is of. */
export function captionOf(
  name: string,
  narrowed: readonly string[],
  { from, to }: Readonly<Record<string, string | undefined>>,
): string {
  const days = [...new Set([from, to])].filter((day) => day !== undefined).join(' – ')
  return [name, ...narrowed, days].filter((part) => part !== '').join(' · ')
}
