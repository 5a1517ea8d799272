import type { BallotContent, Level } from '../../devices/ballot/ballot.ts'

export type Levels = Readonly<Record<Level, number>>

/** What a batch of ballots becomes: how many said what, and nothing of who said two things together. */
export interface Counts {
  readonly v: 1
  readonly overall: Levels
  /** By question; one that fewer than a batch's least number answered is absent. */
  readonly answers: Readonly<Record<string, Levels>>
  readonly reasons: Readonly<Record<string, number>>
  /** Ballots without a level that can be read. */
  readonly unread: number
}

export const NO_LEVELS: Levels = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }

/**
 * Counts a batch; null stands for what was sealed and is no ballot.
 * @param questionnaire what they were asked: of a ballot that names another, answers and reasons are to other questions, and only its level counts
 * @param least an answer that fewer gave is not counted: so few could be told apart
 */
export function countBallots(
  ballots: readonly (BallotContent | null)[],
  { questionnaire, least }: { readonly questionnaire: string; readonly least: number },
): Counts {
  const overall = levelsOf(ballots.flatMap((one) => one?.level ?? []))
  const read = ballots.filter((one) => one !== null).filter((one) => one.questionnaire === questionnaire)
  const questions = new Set(read.flatMap(({ answers }) => Object.keys(answers)))
  const answers = [...questions].toSorted().flatMap((question): [string, Levels][] => {
    // A question may bear the name of what every object has.
    const given = read.flatMap((one) => (Object.hasOwn(one.answers, question) ? (one.answers[question] ?? []) : []))
    return given.length < least ? [] : [[question, levelsOf(given)]]
  })
  const reasons = new Map<string, number>()
  for (const one of read) for (const reason of new Set(one.reasons)) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return {
    v: 1,
    overall,
    answers: Object.fromEntries(answers),
    reasons: Object.fromEntries([...reasons].toSorted()),
    unread: ballots.length - levelsSum(overall),
  }
}

function levelsOf(given: readonly Level[]): Levels {
  const levels = { ...NO_LEVELS }
  for (const level of given) levels[level] += 1
  return levels
}

export function levelsSum(levels: Levels): number {
  return levels[1] + levels[2] + levels[3] + levels[4] + levels[5]
}

export function addLevels(one: Levels, other: Levels): Levels {
  return {
    1: one[1] + other[1],
    2: one[2] + other[2],
    3: one[3] + other[3],
    4: one[4] + other[4],
    5: one[5] + other[5],
  }
}

/** The last two of five are 差评 (rules K-01). */
export function badOf(levels: Levels): number {
  return levels[1] + levels[2]
}
