import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'

/** What is wrong with the film of a taking: there is none, or something of it is not on film. */
export type Filming = 'none' | 'gap'

type Filmed = Pick<Item, 'track' | 'measure' | 'proceeds' | 'videos'>

const MS_PER_SECOND = 1_000

/**
 * 全过程录音录像 (rules C-08): what the recordings of a taking leave open; null where they show the whole of it, where the measure needs
 * none, or where no measure took it: the money of a sale stands for what was sold. The whole of it is from the first recording to the last one, with the moment of the taking among them.
 */
export function filmingOf({ track, measure, proceeds, videos = [] }: Filmed): Filming | null {
  const kinds: readonly string[] = rules.filmed_measures.value[track]
  if (proceeds !== undefined || !kinds.includes(measure.kind)) return null
  const of = videos
    .filter((one) => one.of === 'measure')
    .map(({ startedAt, endedAt }) => ({ from: Date.parse(startedAt), to: Date.parse(endedAt) }))
    .toSorted((a, b) => a.from - b.from)
  const [first, ...others] = of
  if (first === undefined) return 'none'
  const most_ms = rules.video_gap_seconds.value * MS_PER_SECOND
  const taken = Date.parse(measure.takenAt)
  let until = first.to
  for (const { from, to } of others) {
    if (from - until > most_ms) return 'gap'
    until = Math.max(until, to)
  }
  return first.from <= taken && taken <= until ? null : 'gap'
}
