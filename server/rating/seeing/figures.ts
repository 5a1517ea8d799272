import { addLevels, badOf, type Counts, type Levels, levelsSum, NO_LEVELS } from '../counts.ts'
import type { Group } from '../rating.ts'
import type { Rate } from '../protocol.ts'
import { isSatisfied } from '../questionnaire.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import { type Counted, wilson } from '../statistics.ts'
import type { Question, Response } from './protocol.ts'

/** One batch of the tally: the smallest thing that is known of votes. */
export interface CountedBatch {
  readonly group: Group
  readonly day: string
  readonly counts: Counts
}

/** Services of one group and day whose vote is over. */
export interface ServedDay extends Response {
  readonly group: Group
  readonly day: string
}

const LEVELS = [1, 2, 3, 4, 5] as const

/** What a batch says to a question; nothing where fewer than `LEAST_BALLOTS` that can be read said something. */
export function levelsOf({ counts }: CountedBatch, question: Question): Levels {
  const levels = question === 'overall' ? counts.overall : (counts.answers[question] ?? NO_LEVELS)
  return levelsSum(levels) < LEAST_BALLOTS ? NO_LEVELS : levels
}

/** The sum of whole batches: no two sums differ by fewer votes than a batch has. */
export function sumOf(batches: readonly CountedBatch[], question: Question): Levels {
  return batches.reduce((sum, batch) => addLevels(sum, levelsOf(batch, question)), NO_LEVELS)
}

/** Null of nothing. */
export function rateOf(levels: Levels): Rate | null {
  const n = levelsSum(levels)
  const good = LEVELS.filter(isSatisfied).reduce((sum, level) => sum + levels[level], 0)
  const interval = wilson(good, n)
  return interval === null ? null : { good, n, ...interval }
}

/** As the charts of `statistics.ts` take a batch. */
export function countedOf(levels: Levels): Counted {
  return { bad: badOf(levels), n: levelsSum(levels) }
}

/** Null where fewer were asked than a figure has at least. */
export function responseOf(served: readonly ServedDay[]): Response | null {
  const asked = served.reduce((sum, one) => sum + one.asked, 0)
  return asked < LEAST_BALLOTS ? null : { asked, rated: served.reduce((sum, one) => sum + one.rated, 0) }
}
