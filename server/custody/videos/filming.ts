import type { MeasureStatus, Track } from '../axes.ts'
import type { Item } from '../items/item.ts'
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
 * names device, start, end and the hash of its file. What an item comes of was filmed as its measure is; the money of a sale never was taken.
 */
export function filmingOf(item: Taken): Filming | null {
  const { track, measure, videos = [], dispositionStatus } = item
  const isOver = dispositionStatus === 'REPLACED' || item.proceeds !== undefined || item.unfilmed !== undefined
  if (isOver || !isFilmed(track, measure.kind)) return null
  const taking = videos.filter((one) => one.of === 'measure')
  const of = taking
    .filter(({ sha256 }) => sha256 !== null)
    .map(({ startedAt, endedAt }) => ({ from: Date.parse(startedAt), to: Date.parse(endedAt) }))
    .toSorted((a, b) => a.from - b.from)
  const [first, ...others] = of
  if (first === undefined) return taking.length === 0 ? 'none' : 'unhashed'
  const most_ms = rules.video_gap_seconds.value * MS_PER_SECOND
  const taken = Date.parse(measure.takenAt)
  let until = first.to
  for (const { from, to } of others) {
    if (from - until > most_ms) return 'gap'
    until = Math.max(until, to)
  }
  return first.from <= taken && taken <= until ? null : 'gap'
}
