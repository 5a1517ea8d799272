import type { Rate } from '../protocol.ts'
import { type CountedBatch, rateOf, sumOf } from '../seeing/figures.ts'
import { RANKED_FROM } from '../rankings/ranking.ts'
import { type Interval, wilson } from '../statistics.ts'
import type { CampaignCount, VoterGroup } from './facts.ts'

/** The sums of whole batches, each of ten voters or more. */
export function countsOf(batches: readonly CountedBatch[]): CampaignCount[] {
  const cells = Map.groupBy(batches, ({ group: { clerk, counter } }) => `${clerk}/${counter}`)
  return [...cells.values()].flatMap((own) => {
    const [first] = own
    const rate = rateOf(sumOf(own, 'overall'))
    if (first === undefined || rate === null) return []
    const { clerk: department, counter: group } = first.group
    return [{ department, group, good: rate.good, n: rate.n }]
  })
}

/** What was counted of a department. */
export interface DepartmentResult {
  readonly department: string
  /** Null where fewer than ten of the group could be counted. */
  readonly groups: readonly { readonly id: string; readonly satisfied: Rate | null }[]
  /** Over all votes that were counted, each alike; null where none was. */
  readonly all: Rate | null
  /** By the weights of the groups; null where the campaign has none, or a group could not be counted. */
  readonly weighted: (Interval & { readonly rate: number }) | null
  /** By the lower end of the interval, of departments that all have votes enough; equal ends share a place. */
  readonly place: number | null
}

/**
 * The results of departments in the order in which the campaign names them, from counts alone: the same whenever it is reckoned. Departments are placed
 * only where all of them can be: a place among some would say something of who is left out.
 */
export function resultsOf(
  { departments, groups }: { readonly departments: readonly string[]; readonly groups: readonly VoterGroup[] },
  counts: readonly CampaignCount[],
): DepartmentResult[] {
  const lines = departments.map((department) => {
    const cells = groups.map(({ id, weight }) => {
      const count = counts.find((one) => one.department === department && one.group === id)
      return { id, weight, satisfied: count === undefined ? null : of(count) }
    })
    const own = counts.filter((one) => one.department === department)
    const sum = (what: 'good' | 'n'): number => own.reduce((all, one) => all + one[what], 0)
    return {
      department,
      groups: cells.map(({ id, satisfied }) => ({ id, satisfied })),
      all: of({ good: sum('good'), n: sum('n') }),
      weighted: weightedRate(
        cells.map(({ weight, satisfied }) => ({ share: weight === null ? null : weight / 100, satisfied })),
      ),
    }
  })
  const isWeighted = groups.some(({ weight }) => weight !== null)
  const ends = lines.map(({ all, weighted }) =>
    all === null || all.n < RANKED_FROM ? null : ((isWeighted ? weighted : all)?.low ?? null),
  )
  const whole = ends.every((end) => end !== null)
  return lines.map((line, nth) => ({
    ...line,
    place: whole ? 1 + ends.filter((end) => (end ?? 0) > (ends[nth] ?? 0)).length : null,
  }))
}

function of({ good, n }: { readonly good: number; readonly n: number }): Rate | null {
  const interval = wilson(good, n)
  return interval === null ? null : { good, n, ...interval }
}

/**
 * A weighted sum of independent rates with the interval that their own intervals make (MOVER: Zou, Huang and Zhang 2009; the way of Newcombe's method
 * 10). Null where a weight or a rate is missing.
 */
export function weightedRate(
  groups: readonly { readonly share: number | null; readonly satisfied: Rate | null }[],
): (Interval & { readonly rate: number }) | null {
  const parts = groups.flatMap(({ share, satisfied }) =>
    share === null || satisfied === null ? [] : [{ share, ...satisfied, rate: satisfied.good / satisfied.n }],
  )
  if (parts.length === 0 || parts.length < groups.length) return null
  const rate = parts.reduce((sum, one) => sum + one.share * one.rate, 0)
  const reach = (end: 'low' | 'high'): number => Math.hypot(...parts.map((one) => one.share * (one[end] - one.rate)))
  return { rate, low: Math.max(0, rate - reach('low')), high: Math.min(1, rate + reach('high')) }
}
