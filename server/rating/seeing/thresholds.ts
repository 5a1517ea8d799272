import type { Words } from '../../refusal.ts'
import type { CountedBatch } from './figures.ts'
import { rateOf, sumOf } from './figures.ts'
import { ofSomebody, within } from './look.ts'
import type { Days, Proposal } from './protocol.ts'

/** What follows from a rate, as data. What it proposes, a person decides. */
export interface Threshold {
  readonly rule: string
  readonly version: number
  /** The share of satisfied below which it is met. */
  readonly below: number
  /** Of fewer votes nothing follows. */
  readonly least: number
  readonly action: Words
  readonly why: Words
}

/**
 * The common rule "below 70 % satisfied" alone is met by chance: a clerk who is truly at 98 % falls below it in 5.9 % of periods with three votes
 * (product.md R27). So it asks for a number of votes, and for the whole 95 % interval to lie below.
 */
export const THRESHOLDS: readonly Threshold[] = [
  {
    ...{ rule: 'below-70', version: 1, below: 0.7, least: 30 },
    action: { zh: '谈话提醒', en: 'A talk' },
    why: {
      zh: '满意率低于 70%：已计票不少于 30 份，且 95% 区间整个低于 70%',
      en: 'Below 70 % satisfied: 30 votes or more, and the whole 95 % interval below 70 %',
    },
  },
]

/** Which rules are met, and by whom. */
export function proposalsOf(
  batches: readonly CountedBatch[],
  days: Days,
  nameOf: (clerk: string) => string,
  thresholds: readonly Threshold[] = THRESHOLDS,
): Omit<Proposal, 'decided'>[] {
  const clerks = [...Map.groupBy(within(batches, days).filter(ofSomebody), ({ group }) => group.clerk)]
  return clerks.flatMap(([id, own]) => {
    const satisfied = rateOf(sumOf(own, 'overall'))
    if (satisfied === null) return []
    return thresholds
      .filter(({ below, least }) => satisfied.n >= least && satisfied.high < below)
      .map(({ rule, version, action, why }) => ({
        ...{ rule, version, action, why, satisfied },
        clerk: { id, name: nameOf(id) },
      }))
  })
}
