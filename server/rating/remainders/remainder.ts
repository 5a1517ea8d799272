import { SEVERAL } from '../questionnaire.ts'
import { type Group, groupName, groupOf } from '../rating.ts'
import type { BallotForm } from '../tables.ts'

/** In the place of counter, clerk and matter: of nobody in particular. No id of the house is this. */
export const NOBODY = '-'

/** Ballots of a group that wait to be counted. */
export interface WaitingGroup {
  readonly grp: string
  readonly form: BallotForm
  readonly n: number
}

/** What a hall asks, and since when. */
export interface AskedNow {
  readonly hall: string
  readonly questionnaire: string
  /** RFC 3339 UTC. */
  readonly since: string
}

export interface Move extends Pick<WaitingGroup, 'grp' | 'form'> {
  readonly into: string
}

/** Whether it is what was left of versions that are over: of no counter, clerk or matter, and in sums of the hall alone. */
export function isRemainder({ clerk }: Pick<Group, 'clerk'>): boolean {
  return clerk === NOBODY
}

/**
 * Where the ballots go that would wait for ever. Once a hall asks another version, the groups of the one before get no more ballots, and up to nine
 * of each would never be counted. Naming them by clerk or counter is not to be had: nine are too few to hide among. Dropping them would lose
 * votes. So what is left of a version in a hall is put together, of nobody in particular, and counted as one group by the same rule as every
 * other: ten or more at once, or not. It adds to the sums of the hall and of its version, and to no clerk, counter or matter. Where even the
 * whole hall has fewer than ten left of a version, or some come in later, they join what is left of several versions, until ten are there; of
 * those only the overall level counts, since they were asked different things.
 *
 * What this keeps. Every figure is still a sum of whole batches of ten ballots or more, so that no two figures differ by fewer (T19): the total of a hall
 * less all its clerks is what was left, ten or more. And whoever has everything but the key knows of whom a batch is made, as before, and of ten or
 * more not who said what (T17). Forms stay apart: a pad's, a screen's, and paper's, whose typists know what it said.
 * @param least as many of a group are counted together
 * @param before a version that is asked since then or longer: no ballot of the one before is on its way any more
 */
export function remaindersOf(
  waiting: readonly WaitingGroup[],
  asked: readonly AskedNow[],
  { least, before }: { readonly least: number; readonly before: string },
): Move[] {
  const now = new Map(asked.map((one) => [one.hall, one]))
  const over = waiting.filter(({ grp }) => {
    const { hall, questionnaire } = groupOf(grp)
    const running = now.get(hall)
    return (
      running !== undefined &&
      running.questionnaire !== questionnaire &&
      Date.parse(running.since) <= Date.parse(before)
    )
  })
  const versions = Map.groupBy(over, ({ grp, form }) => {
    const { hall, questionnaire } = groupOf(grp)
    return `${form} ${remainderOf(hall, questionnaire)}`
  })
  return [...versions.values()].flatMap((left) => {
    const enough = left.reduce((sum, { n }) => sum + n, 0) >= least
    return left.flatMap(({ grp, form }) => {
      const { hall, questionnaire } = groupOf(grp)
      const into = remainderOf(hall, enough ? questionnaire : SEVERAL)
      return into === grp ? [] : [{ grp, form, into }]
    })
  })
}

function remainderOf(hall: string, questionnaire: string): string {
  return groupName({ hall, counter: NOBODY, clerk: NOBODY, matter: NOBODY, questionnaire })
}
