import { type Presence, presenceTracker, USUAL_PRESENCE } from '../../devices/rfid/presence.ts'
import type { TagReading } from '../../devices/reading.ts'

/** What lies before a reader that a person uses: `one` clear tag of ours, or `several`, of which none may be taken for the one that is meant. */
export type TagSight = { readonly sight: 'one'; readonly epc: string } | { readonly sight: 'several' }

/** A tag that was taken away and put there again after this long has come anew. */
const LEAVE_MS = 2_000
/** A tag that lies there is told twice a second; one that was not for this long is no longer there, and is not one of several any more. */
const ABSENT_MS = 1_000
/** One tag is taken away while the next is put there: only what stays so for this long is several. */
const SEVERAL_MS = 1_000
const ZONE = 'desk'

/**
 * Follows the tags before one desk or hand-held reader, and says when one of ours has come to lie there clearly: read often and loud enough
 * (`likely` or better), and alone. A stray read says nothing. Each coming is told once.
 *
 * @param isOurs whether an EPC has the form of ours; other tags neither count nor disturb
 * @returns takes each reading of a tag in its order, and answers what is to be said of it
 */
export function clearTags(
  antennas: readonly number[],
  isOurs: (epc: string) => boolean,
): (tag: TagReading) => TagSight | null {
  const zones = new Map(antennas.map((antenna) => [antenna, ZONE]))
  const tracker = presenceTracker({ ...USUAL_PRESENCE, leave_ms: LEAVE_MS, zones })
  let told: ReadonlySet<string> = new Set()
  let severalSince_ms: number | null = null
  let toldSeveral = false

  return ({ value }) => {
    const now_ms = value.last_ms
    tracker.look(now_ms)
    tracker.saw(value)
    const present = tracker.present()
    const kept = new Set(present.map(comingOf))
    told = new Set([...told].filter((coming) => kept.has(coming)))
    const lying = present.filter(({ epc, last_ms }) => now_ms - last_ms < ABSENT_MS && isOurs(epc))
    if (lying.length > 1) {
      severalSince_ms ??= now_ms
      if (toldSeveral || now_ms - severalSince_ms < SEVERAL_MS) return null
      toldSeveral = true
      return { sight: 'several' }
    }
    severalSince_ms = null
    toldSeveral = false
    const [one] = lying
    if (one === undefined || !isClear(one) || told.has(comingOf(one))) return null
    told = new Set([...told, comingOf(one)])
    return { sight: 'one', epc: one.epc }
  }
}

function isClear({ grade }: Presence): boolean {
  return grade === 'sure' || grade === 'likely'
}

function comingOf({ epc, since_ms }: Presence): string {
  return `${epc} ${since_ms}`
}
