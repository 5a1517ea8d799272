import type { TagSeen } from '../reading.ts'

/**
 * How much a tag's being there is worth.
 *
 * - `sure`: read often, over a while, loud
 * - `likely`: read several times, loud enough
 * - `weak`: read more than once, faint
 * - `stray`: read once, or too faint to say where it is. Never confirms an item by itself
 */
export type Grade = 'sure' | 'likely' | 'weak' | 'stray'

export interface PresenceSettings {
  /** Which place each antenna watches. A tag is in one place at a time; an antenna that is not named watches none, and is not looked at. */
  readonly zones: ReadonlyMap<number, string>
  /** Reads older than this say nothing any more. */
  readonly window_ms: number
  /** A tag not read for this long has left. Behind metal or a body it may vanish for seconds. */
  readonly leave_ms: number
  readonly sure_dbm: number
  readonly likely_dbm: number
  readonly weak_dbm: number
  /** A grade that was reached is kept until the signal is this much below what it takes. */
  readonly hysteresis_db: number
  /** A grade falls only after the evidence has been lower for this long. */
  readonly demote_ms: number
  /** Another place must hear the tag this much louder, for `move_ms`, before it is there. */
  readonly move_db: number
  readonly move_ms: number
}

export const USUAL_PRESENCE: Omit<PresenceSettings, 'zones'> = {
  window_ms: 3000,
  leave_ms: 8000,
  sure_dbm: -58,
  likely_dbm: -64,
  weak_dbm: -72,
  hysteresis_db: 3,
  demote_ms: 3000,
  move_db: 6,
  move_ms: 1500,
}

export interface Presence {
  readonly epc: string
  readonly zone: string
  readonly grade: Grade
  readonly since_ms: number
  readonly last_ms: number
  /** Of the loudest antenna of its zone, smoothed over the window; null when no reader measures it. */
  readonly level_dbm: number | null
  /** Reads by antennas of other zones, since it came: it was heard there, and is not there. */
  readonly crossReads: number
}

export type PresenceChange =
  | { readonly change: 'arrived' | 'graded' | 'left'; readonly presence: Presence }
  | { readonly change: 'moved'; readonly presence: Presence; readonly from: string }

export interface PresenceTracker {
  /** A reading of a tag. Times must not run backwards; one that does counts as the latest time seen. */
  saw(seen: TagSeen): PresenceChange[]
  /** Time has passed: who has faded or left. Called about once a second. */
  look(at_ms: number): PresenceChange[]
  /** Every tag that arrived and has not left. */
  present(): Presence[]
  /** Tags read of which nothing better can be said than `stray`. */
  strays(): Presence[]
  /** Readings left out, because of antennas without a zone or more than {@link TAGS_MAX} tags at once. */
  ignored(): number
}

/** Tags that one tracker follows at once. */
export const TAGS_MAX = 20_000

const SLICES = 6
const LADDER: readonly Grade[] = ['stray', 'weak', 'likely', 'sure']
/** Slices of the window in which another zone must have heard a tag: one loud flash is no move. */
const MOVE_SLICES = 3
/** Reads, and slices of the window in which there were any, that each grade takes. */
const EVIDENCE = {
  sure: { reads: 5, slices: 3 },
  likely: { reads: 3, slices: 2 },
  weak: { reads: 2, slices: 1 },
} as const

interface Slice {
  nth: number
  reads: number
  /** Of the reads whose strength is known. */
  measured: number
  sum_dbm: number
}

interface Tag {
  readonly epc: string
  zone: string
  grade: Grade
  since_ms: number
  last_ms: number
  crossReads: number
  readonly slices: Map<number, Slice[]>
  lowerSince_ms: number | null
  /** Another zone has been louder since. */
  louder: { readonly zone: string; readonly since_ms: number } | null
}

/**
 * Follows which tags are where, from the readings of one or several readers' antennas. Knows no clock: every time comes in with a reading or
 * with `look`.
 */
export function presenceTracker(settings: PresenceSettings): PresenceTracker {
  const slice_ms = settings.window_ms / SLICES
  const tags = new Map<string, Tag>()
  let now_ms = 0
  let ignored = 0

  function heard(tag: Tag, antenna: number, { count, rssi_dbm, first_ms, last_ms }: TagSeen): void {
    const slices = tag.slices.get(antenna) ?? []
    tag.slices.set(antenna, slices)
    const early = count > 1 && nthOf(first_ms) < nthOf(last_ms) && isFresh(nthOf(first_ms)) ? 1 : 0
    if (early > 0) add(slices, nthOf(first_ms), early, rssi_dbm)
    add(slices, nthOf(now_ms), count - early, rssi_dbm)
  }

  function add(slices: Slice[], nth: number, reads: number, rssi_dbm: number | null): void {
    let slice = slices.find((one) => one.nth === nth)
    if (slice === undefined) {
      slice = { nth, reads: 0, measured: 0, sum_dbm: 0 }
      slices.push(slice)
      if (slices.length > SLICES + 1) slices.shift()
    }
    slice.reads += reads
    if (rssi_dbm === null) return
    slice.measured += reads
    slice.sum_dbm += reads * rssi_dbm
  }

  function nthOf(at_ms: number): number {
    return Math.floor(at_ms / slice_ms)
  }

  function isFresh(nth: number): boolean {
    return nth > nthOf(now_ms) - SLICES
  }

  /** What the antennas of one zone have heard of a tag within the window. */
  function evidence(tag: Tag, zone: string) {
    const nths = new Set<number>()
    let reads = 0
    let level_dbm: number | null = null
    for (const [antenna, slices] of tag.slices) {
      if (settings.zones.get(antenna) !== zone) continue
      let measured = 0
      let sum_dbm = 0
      for (const slice of slices) {
        if (!isFresh(slice.nth)) continue
        nths.add(slice.nth)
        reads += slice.reads
        measured += slice.measured
        sum_dbm += slice.sum_dbm
      }
      if (measured > 0) level_dbm = Math.max(level_dbm ?? -Infinity, sum_dbm / measured)
    }
    return { reads, slices: nths.size, level_dbm }
  }

  function gradeOf(tag: Tag): Grade {
    const { reads, slices, level_dbm } = evidence(tag, tag.zone)
    const enough = (grade: keyof typeof EVIDENCE, dbm: number): boolean => {
      const kept_db = LADDER.indexOf(grade) <= LADDER.indexOf(tag.grade) ? settings.hysteresis_db : 0
      const loud = level_dbm === null ? grade !== 'sure' : level_dbm >= dbm - kept_db
      return loud && reads >= EVIDENCE[grade].reads && slices >= EVIDENCE[grade].slices
    }
    if (enough('sure', settings.sure_dbm)) return 'sure'
    if (enough('likely', settings.likely_dbm)) return 'likely'
    return enough('weak', settings.weak_dbm) ? 'weak' : 'stray'
  }

  /** Up at once, down late; one that has arrived stays present until it leaves. */
  function regrade(tag: Tag): PresenceChange[] {
    const grade = gradeOf(tag)
    const step = LADDER.indexOf(grade) - LADDER.indexOf(tag.grade)
    if (step === 0) tag.lowerSince_ms = null
    else if (step > 0) return graded(tag, grade)
    else {
      tag.lowerSince_ms ??= now_ms
      const lowest = grade === 'stray' ? 'weak' : grade
      if (now_ms - tag.lowerSince_ms >= settings.demote_ms && lowest !== tag.grade) return graded(tag, lowest)
    }
    return []
  }

  function graded(tag: Tag, grade: Grade): PresenceChange[] {
    const arrived = tag.grade === 'stray'
    tag.grade = grade
    tag.lowerSince_ms = null
    return [{ change: arrived ? 'arrived' : 'graded', presence: shown(tag) }]
  }

  /** The zone that has heard the tag louder than its own for long enough. */
  function relocate(tag: Tag): PresenceChange[] {
    const here = evidence(tag, tag.zone)
    let best: { readonly zone: string; readonly level_dbm: number } | null = null
    for (const zone of new Set(settings.zones.values())) {
      if (zone === tag.zone) continue
      const there = evidence(tag, zone)
      if (there.slices < (tag.grade === 'stray' ? 1 : MOVE_SLICES)) continue
      const level_dbm = there.level_dbm ?? -Infinity
      const louder = here.reads === 0 || level_dbm >= (here.level_dbm ?? -Infinity) + settings.move_db
      if (louder && level_dbm >= (best?.level_dbm ?? -Infinity)) best = { zone, level_dbm }
    }
    if (best === null) {
      tag.louder = null
      return []
    }
    if (tag.louder?.zone !== best.zone) tag.louder = { zone: best.zone, since_ms: now_ms }
    // A stray has no place yet that it could be moved from.
    if (tag.grade !== 'stray' && now_ms - tag.louder.since_ms < settings.move_ms) return []
    const from = tag.zone
    tag.zone = best.zone
    tag.louder = null
    if (tag.grade === 'stray') return []
    tag.grade = LADDER[Math.max(1, LADDER.indexOf(gradeOf(tag)))] ?? 'weak'
    return [{ change: 'moved', presence: shown(tag), from }]
  }

  function shown(tag: Tag): Presence {
    const { epc, zone, grade, since_ms, last_ms, crossReads } = tag
    return { epc, zone, grade, since_ms, last_ms, level_dbm: evidence(tag, zone).level_dbm, crossReads }
  }

  return {
    saw(seen) {
      const zone = settings.zones.get(seen.antenna)
      const known = tags.get(seen.epc)
      if (zone === undefined || (known === undefined && tags.size >= TAGS_MAX)) {
        ignored += 1
        return []
      }
      now_ms = Math.max(now_ms, seen.last_ms)
      const tag: Tag = known ?? {
        epc: seen.epc,
        zone,
        grade: 'stray',
        since_ms: Math.min(now_ms, seen.first_ms),
        last_ms: now_ms,
        crossReads: 0,
        slices: new Map(),
        lowerSince_ms: null,
        louder: null,
      }
      tags.set(seen.epc, tag)
      tag.last_ms = now_ms
      heard(tag, seen.antenna, seen)
      if (zone !== tag.zone) tag.crossReads += seen.count
      const moved = relocate(tag)
      return moved.length > 0 ? moved : regrade(tag)
    },
    look(at_ms) {
      now_ms = Math.max(now_ms, at_ms)
      const changes: PresenceChange[] = []
      for (const tag of tags.values()) {
        if (now_ms - tag.last_ms >= settings.leave_ms) {
          tags.delete(tag.epc)
          if (tag.grade !== 'stray') changes.push({ change: 'left', presence: shown(tag) })
        } else if (tag.grade !== 'stray') changes.push(...regrade(tag))
      }
      return changes
    },
    present: () => [...tags.values()].filter(({ grade }) => grade !== 'stray').map(shown),
    strays: () => [...tags.values()].filter(({ grade }) => grade === 'stray').map(shown),
    ignored: () => ignored,
  }
}
