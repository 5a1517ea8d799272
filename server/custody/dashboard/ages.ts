import type { AgeCount, CaseAge, LoanAge } from './protocol.ts'

/** From how many whole days on an age counts, youngest first; the first takes everything below the second. */
export const LOAN_AGES: Readonly<Record<LoanAge, number>> = {
  due: -Infinity,
  'days-1': 0,
  'days-4': 3,
  'days-8': 7,
  'days-31': 30,
}
export const CASE_AGES: Readonly<Record<CaseAge, number>> = {
  'days-0': -Infinity,
  'days-30': 30,
  'days-90': 90,
  'days-180': 180,
}

const DAY_MS = 86_400_000

/** The moments between which something of this age was due or begun: from the first on, and before the second. Null: no end. */
export function spanOf<Age extends string>(
  ages: Readonly<Record<Age, number>>,
  age: Age,
  now: string,
): { readonly from: string | null; readonly before: string | null } {
  const starts = Object.values<number>(ages)
  const own = ages[age]
  const next = starts.find((days) => days > own)
  const ago = (days: number): string => new Date(Date.parse(now) - days * DAY_MS).toISOString()
  return { from: next === undefined ? null : ago(next), before: Number.isFinite(own) ? ago(own) : null }
}

/** How many of these moments are of each age. */
export function countedByAge<Age extends string>(
  ages: Readonly<Record<Age, number>>,
  found: readonly { readonly days: number; readonly count: number }[],
): AgeCount<Age>[] {
  const entries = Object.entries(ages) as [Age, number][]
  return entries.map(([age, from], index) => {
    const next = entries[index + 1]?.[1] ?? Infinity
    const own = found.filter(({ days }) => days >= from && days < next)
    return { age, count: own.reduce((sum, { count }) => sum + count, 0) }
  })
}
