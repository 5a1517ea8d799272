import type { MeasureStatus, Track } from '../axes.ts'
import type { Item } from '../items/item.ts'
import { Refusal } from '../../refusal.ts'
import { rules } from '../rules.ts'

/** What is wrong with the film of a taking: there is none, it has no file hash to be checked by, or something of it is not on film. */
export const FILMINGS = ['none', 'unhashed', 'gap'] as const
export type Filming = (typeof FILMINGS)[number]

type Taken = Pick<Item, 'track' | 'measure' | 'videos' | 'unfilmed' | 'proceeds' | 'dispositionStatus'>

/** Whether the whole course of a measure is filmed, by its track. */
export function isFilmed(track: Track, kind: MeasureStatus): boolean {
  const kinds: readonly string[] = rules.filmed_measures.value[track]
  return kinds.includes(kind)
}

const MS_PER_SECOND = 1_000

/**
 * 全过程录音录像 (rules C-08): what the recordings of a taking leave open; null where they show the whole of it, or where the measure needs
 * none or an approver agreed to it. The whole of it is from the first recording to the last one, with the moment of the taking among them; each
 * names device, start, end and the hash of its file. What was handed in and is held under a measure since was taken twice: its recordings show the
 * moment when it came, or they were made since it was converted. What an item comes of was filmed as its measure is; the money of a sale never
 * was taken.
 */
export function filmingOf(item: Taken): Filming | null {
  const { track, measure, videos = [], dispositionStatus } = item
  const isOver = dispositionStatus === 'REPLACED' || item.proceeds !== undefined || item.unfilmed !== undefined
  if (isOver || !isFilmed(track, measure.kind)) return null
  const taking = videos.filter((one) => one.of === 'measure')
  const hashed = taking
    .filter(({ sha256 }) => sha256 !== null)
    .map(({ startedAt, endedAt }) => ({ from: Date.parse(startedAt), to: Date.parse(endedAt) }))
    .toSorted((a, b) => a.from - b.from)
  if (hashed.length === 0) return taking.length === 0 ? 'none' : 'unhashed'
  const taken = Date.parse(measure.takenAt)
  const whole = courseOf(hashed)
  if (whole !== null && whole.from <= taken && taken <= whole.to) return null
  const { convertedAt } = measure
  if (convertedAt === undefined) return 'gap'
  const since = hashed.filter(({ from }) => from >= Date.parse(convertedAt))
  return courseOf(since) === null ? 'gap' : null
}

interface Span {
  readonly from: number
  readonly to: number
}

/** From the first of them to the last; null where there is none, or more than the rule allows between two of them. */
function courseOf(spans: readonly Span[]): Span | null {
  const [first, ...others] = spans
  if (first === undefined) return null
  const most_ms = rules.video_gap_seconds.value * MS_PER_SECOND
  let { to } = first
  for (const one of others) {
    if (one.from - to > most_ms) return null
    to = Math.max(to, one.to)
  }
  return { from: first.from, to }
}

/** So many are named in a refusal, and how many there are in all. */
const NAMED = 10

/**
 * Nobody takes over what was seized or sealed up before its whole taking is on film, or its absence is approved (rules C-08, row 2): asked where
 * the list is submitted, and again where the store or the special account takes it, the last gate.
 * @throws Refusal `custody.film-first`, naming what lacks it
 */
export function mustBeFilmed(items: readonly (Taken & Pick<Item, 'code'>)[]): void {
  const codes = items.filter((item) => filmingOf(item) !== null).map(({ code }) => code)
  if (codes.length === 0) return
  const named = codes.slice(0, NAMED)
  throw new Refusal('custody.film-first', {
    ...{ items: named.join('、'), itemsEn: named.join(', '), count: codes.length },
  })
}
