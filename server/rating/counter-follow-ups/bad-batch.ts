import type { Circumstances, Decision } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { badOf, type Counts, levelsSum } from '../counts.ts'
import { draft, type Group } from '../rating.ts'
import { isRemainder } from '../remainders/remainder.ts'
import type { FollowCounter } from '../schemas.ts'
import { BAD_BATCH, type BadBatchRule } from './rule.ts'

/** A batch as the tally wrote it. */
export interface WrittenBatch {
  readonly group: Group
  /** Whether the group is of a hall: not of a campaign, nor of ratings of answers. */
  readonly ofHall: boolean
  readonly day: string
  readonly counts: Pick<Counts, 'overall'>
}

/**
 * Whether a batch makes a follow-up for its counter. What was left of several groups is of no counter, and makes none.
 */
export function isToFollow({ group, ofHall, counts }: WrittenBatch, rule: BadBatchRule = BAD_BATCH): boolean {
  return ofHall && !isRemainder(group) && badOf(counts.overall) >= rule.bad
}

export interface FollowCounterState {
  /** Null where there is no such batch. */
  readonly batch: WrittenBatch | null
  /** It has its follow-up. */
  readonly there: boolean
}

/**
 * 匿名差评: a counted batch with bad votes makes one follow-up, for its counter. It names the day of counting and the two figures of the batch, no
 * vote, no time and no rater; the clerk only so that neither he nor whoever reports to him handles it (R17). A batch is ten ballots or more that
 * are counted together, so what it says is a figure that may be published (R22), and so is every difference between two of them; that a batch
 * made no follow-up says that fewer than `bad` of its ten or more were bad, which its figures say too (T19).
 * @throws Refusal `rating.nothing-to-follow`
 */
export function followCounter(
  { batch, there }: FollowCounterState,
  { batch: id }: FollowCounter,
  _: Circumstances,
): Decision {
  if (batch === null || there || !isToFollow(batch)) throw new Refusal('rating.nothing-to-follow', { batch: id })
  const { hall, counter, clerk } = batch.group
  const { rule, version } = BAD_BATCH
  const { overall } = batch.counts
  const body = { hall, counter, clerk, day: batch.day, rule, version, bad: badOf(overall), counted: levelsSum(overall) }
  return { facts: [draft(hall, 'rating.counter-follow-up-opened', `follow-up/${id}`, body)] }
}
