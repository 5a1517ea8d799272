import { addDays, type Day, dayOf } from '../../clock/calendar.ts'
import type { Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, ratingFact } from '../rating.ts'
import type { SetWatch } from '../schemas.ts'
import { CUSUM_RULE, type CusumRule } from '../statistics.ts'
import { heightsFor, type Monitored } from './heights.ts'

/** A rule that a supervisor chose: by what the hall is watched from a day on, and what its heights follow from. */
export interface ChosenRule extends CusumRule, Monitored {
  readonly from: Day
  readonly by: string
  readonly at: string
}

/** How a hall is watched: every rule it ever had, in order. None is ever changed. */
export interface HallWatch {
  readonly hall: string
  readonly rules: readonly ChosenRule[]
}

/** Rules are only ever added, each from its own day on; warnings of earlier days are told by the rule of then. */
export function evolveWatch(watch: HallWatch | null, raw: Fact): HallWatch | null {
  const fact = ratingFact(raw)
  if (fact.type !== 'rating.watch-set') return watch
  const { hall, version, inOrder, outOfOrder, heights, charts, votesAMonth, falseRedsAYear, from } = fact.body
  const rule: ChosenRule = {
    ...{ version, inOrder, outOfOrder, heights, charts, votesAMonth, falseRedsAYear, from },
    ...{ by: fact.actor, at: fact.at },
  }
  return { hall, rules: [...(watch?.rules ?? []), rule] }
}

/** What was chosen for a day; null where the house's own rule held. Of two that begin on one day the later holds. */
export function chosenOn(rules: readonly ChosenRule[], day: Day): ChosenRule | null {
  return rules.findLast(({ from }) => from <= day) ?? null
}

/** The rule by which the warnings of a day are told, whenever they are. */
export function ruleOn(rules: readonly ChosenRule[], day: Day): CusumRule {
  return chosenOn(rules, day) ?? CUSUM_RULE
}

export interface SetWatchState {
  readonly hallKnown: boolean
  readonly watch: HallWatch | null
  /** Clerks and questions with a counted batch within a year, and how many votes a month each has; null where nothing was counted. */
  readonly monitored: Omit<Monitored, 'falseRedsAYear'> | null
}

/**
 * How many false reds a year are put up with: the heights follow from the number that is monitored now, and hold from the next day on, so that a
 * day that has begun is told by one rule.
 * @throws Refusal `rating.unknown-hall`, `rating.nothing-monitored`
 */
export function setWatch(
  { hallKnown, watch, monitored }: SetWatchState,
  { hall, falseRedsAYear }: SetWatch,
  { at }: Circumstances,
): Decision {
  if (!hallKnown) throw new Refusal('rating.unknown-hall', { hall })
  if (monitored === null) throw new Refusal('rating.nothing-monitored')
  const { inOrder, outOfOrder } = CUSUM_RULE
  const version = CUSUM_RULE.version + (watch?.rules.length ?? 0) + 1
  const body = {
    ...{ hall, version, inOrder, outOfOrder, heights: heightsFor({ ...monitored, falseRedsAYear }) },
    ...{ ...monitored, falseRedsAYear, from: addDays(dayOf(at), 1) },
  }
  return { facts: [draft(hall, 'rating.watch-set', `watch/${hall}`, body)] }
}
