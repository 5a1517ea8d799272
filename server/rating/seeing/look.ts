import {
  chanceOfAtLeast,
  cusum,
  type CusumRule,
  FUNNEL_INNER_TAIL,
  FUNNEL_OUTER_TAIL,
  funnelFloor,
  funnelLimit,
  warningAt,
} from '../statistics.ts'
import { changeOf, sharedDays } from '../comparing/compare.ts'
import { isRemainder } from '../remainders/remainder.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import { levelsSum } from '../counts.ts'
import { type ChosenRule, ruleOn } from '../watch/watch.ts'
import { isWithin, stepsOf } from './days.ts'
import { countedOf, type CountedBatch, levelsOf, rateOf, responseOf, type ServedDay, sumOf } from './figures.ts'
import type { Comparison, Days, Funnel, FunnelPlace, Heat, Question, TrendStep, Watch } from './protocol.ts'

/** All that a dashboard is made of: batches since counting began, services of the days looked at. */
export interface Seen {
  readonly batches: readonly CountedBatch[]
  readonly served: readonly ServedDay[]
  readonly question: Question
}

type NameOf = (id: string) => string

/** A figure for each step of the days, from whole batches; null where a step has none or too few. */
export function trendOf({ batches, served, question }: Seen, days: Days): TrendStep[] {
  return stepsOf(days).map((step) => ({
    ...step,
    satisfied: rateOf(sumOf(within(batches, step), question)),
    response: responseOf(within(served, step)),
  }))
}

/** This period beside another one; days that are in both leave no difference to be told. */
export function comparisonOf({ batches, question }: Seen, days: Days, other: Days): Comparison {
  const now = rateOf(sumOf(within(batches, days), question))
  const then = rateOf(sumOf(within(batches, other), question))
  const shared = sharedDays(days, other)
  return { days: other, satisfied: then, sharedDays: shared, change: shared === 0 ? changeOf(then, now) : null }
}

/** A limit is drawn through so many numbers of votes. */
const LIMITS_DRAWN = 24

/** Each clerk's bad votes by the number of votes, between the limits of chance (Spiegelhalter 2005): no league table. */
export function funnelOf({ batches, question }: Seen, days: Days, nameOf: NameOf): Funnel {
  const all = within(batches, days)
  const { bad, n } = countedOf(sumOf(all, question))
  if (n === 0) return { base: null, points: [], limits: [] }
  const base = bad / n
  const points = [...Map.groupBy(all.filter(ofSomebody), ({ group }) => group.clerk)].flatMap(([id, own]) => {
    const counted = countedOf(sumOf(own, question))
    return counted.n === 0 ? [] : [{ id, name: nameOf(id), ...counted, place: placeOf(counted, base) }]
  })
  const most = Math.max(...points.map((point) => point.n))
  const step = Math.max(1, Math.ceil((most - LEAST_BALLOTS) / (LIMITS_DRAWN - 1)))
  const numbers = Array.from({ length: LIMITS_DRAWN }, (_, nth) => LEAST_BALLOTS + nth * step)
  return {
    base,
    points: points.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    limits: numbers
      .slice(0, numbers.findIndex((number) => number >= most) + 1)
      .map((number) => ({ n: number, ...limitsAt(number, base) })),
  }
}

function limitsAt(n: number, base: number): { lower: number; inner: number; outer: number } {
  return {
    lower: funnelFloor(n, base, FUNNEL_INNER_TAIL),
    inner: funnelLimit(n, base, FUNNEL_INNER_TAIL),
    outer: funnelLimit(n, base, FUNNEL_OUTER_TAIL),
  }
}

function placeOf({ bad, n }: { readonly bad: number; readonly n: number }, base: number): FunnelPlace {
  const { lower, inner, outer } = limitsAt(n, base)
  if (bad > outer) return 'beyond'
  if (bad > inner) return 'high'
  return bad < lower ? 'low' : 'inside'
}

/** Counters by the days of counting. */
export function heatOf({ batches, question }: Seen, days: Days, nameOf: NameOf): Heat {
  const steps = stepsOf(days)
  const rows = [...Map.groupBy(within(batches, days).filter(ofSomebody), ({ group }) => group.counter)]
  return {
    days: steps,
    rows: rows
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, own]) => ({
        ...{ id, name: nameOf(id) },
        cells: steps.map((step) => rateOf(sumOf(within(own, step), question))),
      })),
  }
}

/** The CUSUM of each clerk: it began with his first batch, is shown for the days looked at, and judged by the rule of the last of them. */
export function watchOf(
  { batches, question }: Seen,
  days: Days,
  nameOf: NameOf,
  rules: readonly ChosenRule[],
): Omit<Watch, 'rule' | 'next'> & { readonly rule: CusumRule } {
  const rule = ruleOn(rules, days.to)
  const until = batches.filter(({ day }) => day <= days.to).filter(ofSomebody)
  const clerks = [...Map.groupBy(until, ({ group }) => group.clerk)].flatMap(([id, own]) => {
    const counted = own
      .toSorted((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0))
      .filter((batch) => levelsSum(levelsOf(batch, question)) > 0)
    const heights = cusum(
      counted.map((batch) => countedOf(levelsOf(batch, question))),
      rule,
    )
    const path = counted.map((batch, nth) => ({
      ...{ day: batch.day, n: levelsSum(levelsOf(batch, question)), height: heights[nth] ?? 0 },
    }))
    const warning = warningAt(heights.at(-1) ?? 0, rule)
    const { bad, n } = countedOf(sumOf(within(own, days), question))
    const shown = path.filter(({ day }) => isWithin(day, days))
    if (shown.length === 0 && warning === 'none') return []
    const chance = warning === 'none' || n === 0 ? null : chanceOfAtLeast(bad, n, rule.inOrder)
    return [{ id, name: nameOf(id), warning, chance, path: shown }]
  })
  return { rule, clerks: clerks.toSorted((one, other) => (one.id < other.id ? -1 : 1)) }
}

/** Not what was left of versions that are over, which counts for the hall alone. */
export function ofSomebody({ group }: CountedBatch): boolean {
  return !isRemainder(group)
}

/** Those of these days. */
export function within<T extends { readonly day: string }>(all: readonly T[], days: Days): T[] {
  return all.filter(({ day }) => isWithin(day, days))
}
