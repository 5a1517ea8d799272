import type { Words } from '../../refusal.ts'
import type { Rate } from '../protocol.ts'
import { isWithin } from '../seeing/days.ts'
import { type CountedBatch, rateOf, sumOf } from '../seeing/figures.ts'
import type { Comparison, Days, Question } from '../seeing/protocol.ts'
import { difference } from '../statistics.ts'
import type { ComparedLine } from './protocol.ts'

const DAY_MS = 86_400_000

/** How many days two ranges have in common. */
export function sharedDays(one: Days, other: Days): number {
  const from = one.from > other.from ? one.from : other.from
  const to = one.to < other.to ? one.to : other.to
  return from > to ? 0 : Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}

/** The second rate less the first, with its interval: better or worse only where the whole of it says so. Null where one of them is of nothing. */
export function changeOf(first: Rate | null, second: Rate | null): Comparison['change'] {
  const change = first === null || second === null ? null : difference(first, second)
  if (change === null) return null
  const { change: by, low, high } = change
  return { by, low, high, verdict: low > 0 ? 'better' : high < 0 ? 'worse' : 'no-difference' }
}

/**
 * Two ranges of days of counting, question by question. Every figure is a sum of whole batches, each of ten or more that answered this question:
 * whatever days are chosen, two ranges differ by no vote, or by ten or more. Where days are in both, the two rates are not independent, and the
 * interval of their difference would be none: no difference is given.
 */
export function compareRanges(
  batches: readonly CountedBatch[],
  { first, second }: { readonly first: Days; readonly second: Days },
  questions: readonly { readonly id: Question; readonly words: Words }[],
): ComparedLine[] {
  const rateIn = (days: Days, question: Question): Rate | null =>
    rateOf(
      sumOf(
        batches.filter(({ day }) => isWithin(day, days)),
        question,
      ),
    )
  const apart = sharedDays(first, second) === 0
  return questions.map(({ id, words }) => {
    const [one, other] = [rateIn(first, id), rateIn(second, id)]
    return { ...{ id, words, first: one, second: other }, change: apart ? changeOf(one, other) : null }
  })
}
