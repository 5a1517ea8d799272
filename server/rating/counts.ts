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
  /** The overall levels of votes that came oddly and of those that did not; absent where either are fewer than a batch's least number. */
  readonly apart?: Apart
}

/** Two parts of a batch, each as large as a batch has to be; together they are its overall levels. */
export interface Apart {
  readonly flagged: Levels
  readonly plain: Levels
  /** So many of the flagged said the very same, to every question; absent where none or few did, or where all but a few did. */
  readonly alike?: number
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

/** A ballot with what was odd about how it came. */
export interface MarkedBallot {
  readonly content: BallotContent | null
  readonly flagged: boolean
}

/**
 * The flagged votes of a batch apart from the others. Both parts and what the largest run of equal ballots leaves of the flagged are `least` or more, or
 * nothing is said: so a part, or what is left when it is subtracted, is never about fewer (R22). Only the overall level is told apart, since fewer
 * may have answered a question in one of the parts.
 */
export function apartOf(ballots: readonly MarkedBallot[], least: number): Apart | null {
  const read = ballots.flatMap(({ content, flagged }) =>
    content === null || content.level === null ? [] : [{ content, flagged }],
  )
  const [flagged, plain] = [read.filter((one) => one.flagged), read.filter((one) => !one.flagged)]
  if (flagged.length < least || plain.length < least) return null
  const same = Map.groupBy(flagged, ({ content }) => sayingOf(content))
  const run = Math.max(...[...same.values()].map(({ length }) => length))
  const isTold = run >= least && (run === flagged.length || flagged.length - run >= least)
  return {
    flagged: levelsOf(flagged.flatMap(({ content }) => content.level ?? [])),
    plain: levelsOf(plain.flatMap(({ content }) => content.level ?? [])),
    ...(isTold ? { alike: run } : {}),
  }
}

/** What a ballot says, whatever the order in which it says it. */
function sayingOf({ level, answers, reasons }: BallotContent): string {
  return JSON.stringify([level, Object.entries(answers).toSorted(), [...reasons].toSorted()])
}

function levelsOf(given: readonly Level[]): Levels {
  const levels = { ...NO_LEVELS }
  for (const level of given) levels[level] += 1
  return levels
}

/** How many ballots said something. */
export function levelsSum(levels: Levels): number {
  return levels[1] + levels[2] + levels[3] + levels[4] + levels[5]
}

/** Level by level; neither of the two is changed. */
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
