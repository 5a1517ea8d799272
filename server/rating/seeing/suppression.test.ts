import { describe, expect, test } from 'vitest'
import type { BallotContent, Level } from '../../../devices/ballot/ballot.ts'
import { compareRanges } from '../comparing/compare.ts'
import { isToFollow } from '../counter-follow-ups/bad-batch.ts'
import { apartOf, badOf, countBallots, levelsSum } from '../counts.ts'
import type { SummaryBy } from '../protocol.ts'
import { HALL_SERVICE } from '../questionnaire.ts'
import { groupName, groupOf, type Group } from '../rating.ts'
import { remaindersOf } from '../remainders/remainder.ts'
import { linesBy, rowOf } from '../summary.ts'
import { spansUnder, type Units } from '../tree/spans.ts'
import { type CountedBatch, sumOf } from './figures.ts'
import { comparisonOf, funnelOf, heatOf, trendOf, watchOf } from './look.ts'
import type { Days } from './protocol.ts'
import { smallestTold } from './testing-solver.ts'

/**
 * T19: whatever is published, by whatever filter and at whatever two moments, no linear combination of it is about fewer than ten voters. What a
 * figure is made of is not told to the solver: it changes one vote after the other and looks at which figures move.
 */

const LEAST = 10
const VOTERS = 120
const FIRST = '2026-03-02'
const SECOND = '2026-03-09'
/** Another version has been asked for days: what was left of the one before is put together. */
const THIRD = '2026-03-16'
const RELEASES = [
  { from: '2026-03-01', to: FIRST },
  { from: '2026-03-01', to: SECOND },
  { from: '2026-03-01', to: THIRD },
] as const
const QUESTIONS = ['overall', 'integrity'] as const
const WORDS = { zh: '', en: '' }
/** Every range that a reader can choose, also ones that differ by a single day, and by the days between two releases. */
const BOUNDS = [FIRST, '2026-03-05', SECOND, THIRD]
const RANGES: readonly Days[] = BOUNDS.flatMap((from, nth) => BOUNDS.slice(nth).map((to) => ({ from, to })))

interface Voter {
  readonly group: Group
  readonly release: 0 | 1
  readonly ballot: BallotContent
  /** It came oddly. */
  readonly flagged: boolean
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function ballotOf(level: Level, integrity: Level | null): BallotContent {
  const answers = integrity === null ? {} : { integrity }
  return { v: 1, questionnaire: 'hall-service@1', level, answers, reasons: [], words: null, key: null }
}

/** All say the same: so whatever a figure is, it moves alike with any vote that is in it. */
function votersOf(seed: number): Voter[] {
  const random = seeded(seed)
  const oneOf = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  return Array.from({ length: VOTERS }, () => {
    const counter = oneOf(['c-1', 'c-2'])
    return {
      group: {
        ...{ hall: counter === 'c-1' ? 'hall-1' : 'hall-2', counter, clerk: oneOf(['a', 'b', 'b']) },
        ...{ matter: oneOf(['general', 'general', 'invoice']), questionnaire: 'hall-service@1' },
      },
      release: random() < 0.5 ? 0 : 1,
      ballot: random() < 0.8 ? ballotOf(5, 5) : ballotOf(5, null),
      flagged: random() < 0.45,
    }
  })
}

/** The tally's rule over three nights: a group waits until ten are there, and is then counted as a whole; the third finds the version over. */
function batchesOf(voters: readonly Voter[]): CountedBatch[] {
  const batches: CountedBatch[] = []
  let waiting: readonly Voter[] = []
  for (const [release, day] of [FIRST, SECOND, THIRD].entries()) {
    waiting = [...waiting, ...voters.filter((voter) => voter.release === release)]
    if (day === THIRD) waiting = putTogether(waiting)
    const ready = [...Map.groupBy(waiting, ({ group }) => groupName(group))].filter(([, of]) => of.length >= LEAST)
    for (const [grp, of] of ready) {
      const counts = countBallots(
        of.map(({ ballot }) => ballot),
        { questionnaire: groupOf(grp).questionnaire, least: LEAST },
      )
      const apart = apartOf(
        of.map(({ ballot, flagged }) => ({ content: ballot, flagged })),
        LEAST,
      )
      batches.push({ group: groupOf(grp), day, counts: apart === null ? counts : { ...counts, apart } })
      waiting = waiting.filter((one) => !of.includes(one))
    }
  }
  return batches
}

function putTogether(waiting: readonly Voter[]): Voter[] {
  const groups = [...Map.groupBy(waiting, ({ group }) => groupName(group))]
  const moves = remaindersOf(
    groups.map(([grp, of]) => ({ grp, form: 'full', n: of.length })),
    ['hall-1', 'hall-2'].map((hall) => ({ hall, questionnaire: `${hall}@1`, since: `${SECOND}T04:00:00.000Z` })),
    { least: LEAST, before: `${THIRD}T00:00:00.000Z` },
  )
  const into = new Map(moves.map((move) => [move.grp, groupOf(move.into)]))
  return waiting.map((voter) => ({ ...voter, group: into.get(groupName(voter.group)) ?? voter.group }))
}

/** Every number of votes that any page shows, at each moment. */
function published(voters: readonly Voter[]): number[] {
  const name = (id: string): string => id
  const batches = batchesOf(voters)
  return RELEASES.flatMap((days) =>
    QUESTIONS.flatMap((question) => {
      const seen = { batches: batches.filter(({ day }) => day <= days.to), served: [], question }
      const other = { from: SECOND, to: SECOND }
      const cells = [...Map.groupBy(seen.batches, ({ group }) => groupName(group))].map(([grp, of]) => ({
        ...{ group: groupOf(grp), issued: 0, used: 0, expired: 0, waiting: 0 },
        batches: of.map(({ day, counts }) => ({ day, n: levelsSum(counts.overall), counts })),
      }))
      const rows = (['clerk', 'counter', 'matter', 'hall'] as const).flatMap((by) =>
        shownBy(cells, by).map(([id, of]) => rowOf(id, id, of, HALL_SERVICE.questions)),
      )
      return numbersIn([
        ...[trendOf(seen, days), comparisonOf(seen, days, other), heatOf(seen, days, name)],
        ...[
          followedUp(seen.batches),
          funnelOf(seen, days, name),
          watchOf(seen, days, name, []),
          rows,
          overTheTree(seen.batches, question, days),
        ],
        RANGES.flatMap((first) =>
          RANGES.map((second) => compareRanges(seen.batches, { first, second }, [{ id: question, words: WORDS }])),
        ),
      ])
    }),
  )
}

/** What follow-ups for counters say: the bad votes of a batch, and that a batch has none says that there are none (R15). */
function followedUp(batches: readonly CountedBatch[]): number[] {
  return batches.map((batch) => (isToFollow({ ...batch, ofHall: true }) ? badOf(batch.counts.overall) : 0))
}

/** The lines of a summary, the one of what was left and the total. */
function shownBy(cells: Parameters<typeof rowOf>[2], by: SummaryBy): [string, Parameters<typeof rowOf>[2]][] {
  const { byId, left } = linesBy(cells, by)
  return [...byId, ['left', left], ['total', cells]]
}

/** A hall that moved between the two moments from one city to the other: seen from both, from above, and by itself. */
const UNITS: Units = new Map([
  ['province', { name: '', kind: 'organ', parent: null }],
  ['city-a', { name: '', kind: 'organ', parent: 'province' }],
  ['city-b', { name: '', kind: 'organ', parent: 'province' }],
  ['hall-1', { name: '', kind: 'hall', parent: 'city-b', moves: [{ from: 'city-a', at: '2026-03-05T04:00:00.000Z' }] }],
  ['hall-2', { name: '', kind: 'hall', parent: 'city-b' }],
])

/** Every level and line of the tree, over the days that can be asked for. */
function overTheTree(batches: readonly CountedBatch[], question: (typeof QUESTIONS)[number], days: Days): number[] {
  return [days, { from: FIRST, to: FIRST }, { from: SECOND, to: SECOND }].flatMap((asked) =>
    [...UNITS.keys()].flatMap((root) =>
      [...Map.groupBy(spansUnder(UNITS, root, asked), ({ under }) => under).values()].map((spans) =>
        badOf(
          sumOf(
            batches.filter(({ group, day }) =>
              spans.some(({ hall, from, to }) => hall === group.hall && day >= from && day <= to),
            ),
            question,
          ),
        ),
      ),
    ),
  )
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

/** Which figures each voter moves, by how much: what he said to one question is changed, and nothing else. */
function moved(
  voters: readonly Voter[],
  question: (typeof QUESTIONS)[number],
  publish: (of: readonly Voter[]) => readonly number[],
): number[][] {
  const before = publish(voters)
  return voters.map((voter, nth) => {
    const answered = 'integrity' in voter.ballot.answers
    const ballot = question === 'overall' ? ballotOf(1, answered ? 5 : null) : ballotOf(5, answered ? 1 : null)
    const after = publish(voters.with(nth, { ...voter, ballot }))
    expect(after).toHaveLength(before.length)
    return after.map((figure, at) => figure - (before[at] ?? 0))
  })
}

/** What a page without batches would show: live counts of every cell that has ten or more, at both moments. */
function naive(voters: readonly Voter[]): number[] {
  return RELEASES.flatMap((_, release) => {
    const cast = voters.filter((voter) => voter.release <= release)
    return (['clerk', 'counter', 'hall'] as const).flatMap((by) =>
      ['a', 'b', 'c-1', 'c-2', 'hall-1'].map((id) => {
        const own = cast.filter(({ group }) => group[by] === id)
        return own.length < LEAST ? 0 : own.filter(({ ballot }) => (ballot.level ?? 5) <= 2).length
      }),
    )
  })
}

describe('figures of votes', () => {
  test.each([1, 2, 3])(
    'tell of no fewer than ten voters, over all filters, ranges and three moments (seed %d)',
    (seed) => {
      const voters = votersOf(seed)
      for (const question of QUESTIONS) {
        const all = moved(voters, question, published)
        expect(all.filter((row) => row.some((by) => by !== 0)).length).toBeGreaterThan(LEAST)
        expect(smallestTold(all, LEAST), question).toBeNull()
      }
    },
  )

  test('of flagged votes are told, and telling of fewer of them than ten would be found', () => {
    const voters = votersOf(2)
    expect(batchesOf(voters).some(({ counts }) => counts.apart !== undefined)).toBe(true)
    // The one flagged vote of a hundred, told apart: the whole less the others.
    const one = voters.map((voter, nth) => ({ ...voter, flagged: nth === 4 }))
    const byFlag = (of: readonly Voter[]): number[] => {
      const bad = of.filter(({ ballot }) => (ballot.level ?? 5) <= 2)
      return [bad.length, bad.filter(({ flagged }) => !flagged).length]
    }
    expect(smallestTold(moved(one, 'overall', byFlag), LEAST)).toEqual([4])
  })

  test('of two ranges that went by the day of the vote would tell of fewer: the solver finds them', () => {
    const late = votersOf(5).map((voter, nth) => ({ ...voter, release: nth === 3 ? (1 as const) : (0 as const) }))
    // Both have ten and more, and they differ by one day on which one person voted.
    const byDay = (voters: readonly Voter[]): number[] =>
      ([0, 1] as const).map(
        (last) => voters.filter(({ release, ballot }) => release <= last && (ballot.level ?? 5) <= 2).length,
      )
    expect(smallestTold(moved(late, 'overall', byDay), LEAST)).toEqual([3])
  })

  test('that went by single votes would tell of fewer: the solver finds them', () => {
    const late = votersOf(7).map((voter, nth) => ({ ...voter, release: nth === 0 ? (1 as const) : (0 as const) }))
    expect(smallestTold(moved(late, 'overall', naive), LEAST)).toEqual([0])
  })
})
