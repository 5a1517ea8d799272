import type { CusumRule } from '../statistics.ts'

/**
 * How many votes lie between two false reds of one chart on average: in order (2 % bad), found at 8 %, by height. Each is the run length of the
 * Bernoulli CUSUM, vote by vote, as the exact mean of a Markov chain with one state a good vote; a test computes it again, another one simulates
 * it. Counting by batches only makes false reds rarer: a chart that moves once a batch never stands above one that moves with every vote.
 */
export const RUN_LENGTHS: readonly (readonly [height: number, votes: number])[] = [
  [1, 50],
  [2, 259],
  [3, 837],
  [4, 2_353],
  [5, 6_640],
  [6, 18_560],
  [7, 51_431],
  [8, 141_812],
  [9, 366_193],
  [10, 1_006_535],
  [11, 2_765_951],
  [12, 7_600_124],
  [13, 20_882_241],
  [14, 57_375_202],
  [15, 147_990_433],
  [16, 406_607_709],
  [17, 1_117_164_429],
  [18, 3_069_434_727],
]

/** Heights are written with one place. */
const STEP = 10
const MONTHS = 12
/** By chance alone orange comes so many times as often as red, and yellow so many. */
const ORANGE_OFTENER = 10
const YELLOW_OFTENER = 50
/** However few are monitored, no chart is called red, orange or yellow below these. */
const LOWEST = { yellow: 1, orange: 2, red: 4 } as const

/** What heights are chosen from. */
export interface Monitored {
  /** One for each clerk and question. */
  readonly charts: number
  /** Of one chart, on average. */
  readonly votesAMonth: number
  /** How many false reds a year are put up with, over all charts together. */
  readonly falseRedsAYear: number
}

/**
 * Yellow, orange and red for so many charts: by chance alone, with everybody in order, no more than the wanted number of reds a year comes up on
 * average over all of them together; orange about ten times as often, yellow about fifty times. Rounded up to one place, so that it errs towards
 * fewer.
 */
export function heightsFor({ charts, votesAMonth, falseRedsAYear }: Monitored): CusumRule['heights'] {
  const between = (charts * votesAMonth * MONTHS) / falseRedsAYear
  return [
    Math.max(LOWEST.yellow, heightOf(between / YELLOW_OFTENER)),
    Math.max(LOWEST.orange, heightOf(between / ORANGE_OFTENER)),
    Math.max(LOWEST.red, heightOf(between)),
  ]
}

/** How many false reds a year come up over all charts together where red begins at this height. */
export function falseRedsAt(height: number, { charts, votesAMonth }: Omit<Monitored, 'falseRedsAYear'>): number {
  return (charts * votesAMonth * MONTHS) / votesBetween(height)
}

/** Votes between false alarms at a height: between two of the table it grows as they do, by the logarithm. */
export function votesBetween(height: number): number {
  const { low, high } = around(([at]) => at >= height)
  const share = (height - low[0]) / (high[0] - low[0])
  return Math.exp(Math.log(low[1]) + share * (Math.log(high[1]) - Math.log(low[1])))
}

/** The lowest height, with one place, at which false alarms lie so many votes apart. */
function heightOf(votes: number): number {
  const { low, high } = around((one) => one[1] >= votes)
  const share = (Math.log(votes) - Math.log(low[1])) / (Math.log(high[1]) - Math.log(low[1]))
  return Math.ceil(STEP * (low[0] + share * (high[0] - low[0]))) / STEP
}

type Row = (typeof RUN_LENGTHS)[number]

/** The two rows of the table that something lies between; the ends go on as their last two do. */
function around(isBeyond: (row: Row) => boolean): { low: Row; high: Row } {
  const found = RUN_LENGTHS.findIndex(isBeyond)
  const at = Math.max(1, found === -1 ? RUN_LENGTHS.length - 1 : found)
  return { low: RUN_LENGTHS[at - 1] as Row, high: RUN_LENGTHS[at] as Row }
}
