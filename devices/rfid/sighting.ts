import type { TagSeen } from '../reading.ts'

/** What one report of a reader says of one tag. */
export interface Sighting {
  /** Upper-case hex. */
  readonly epc: string
  readonly tid: string | null
  readonly antenna: number
  readonly rssi_dbm: number | null
  /** Reads that the report stands for. */
  readonly count: number
}

/** A reading of a tag with the bytes of the last report that went into it. */
export interface TagTold {
  readonly raw: Uint8Array
  readonly seen: TagSeen
}

/** Pairs of tag and antenna that are gathered at once; ten full stores in one field. Reads of further ones are told one by one. */
export const PAIRS_MAX = 20_000
/** A pair that was silent for this many ticks is forgotten, and its next read told at once. */
const FORGET_TICKS = 4

interface Pair {
  gathered: TagTold | null
  idleTicks: number
}

/**
 * Gathers the reads of each pair of tag and antenna: the first is told at once, the further ones together with the next tick. The counts of all
 * that is told add up to the counts of all sightings.
 */
export function tagWindow(pairsMax = PAIRS_MAX) {
  const pairs = new Map<string, Pair>()

  function gather(sighting: Sighting, raw: Uint8Array, at_ms: number): TagTold | null {
    const key = `${sighting.antenna} ${sighting.epc}`
    const told = { raw, seen: { kind: 'tag', ...sighting, first_ms: at_ms, last_ms: at_ms } as const }
    const pair = pairs.get(key)
    if (pair === undefined) {
      if (pairs.size < pairsMax) pairs.set(key, { gathered: null, idleTicks: 0 })
      return told
    }
    pair.gathered = pair.gathered === null ? told : { raw, seen: joined(pair.gathered.seen, told.seen) }
    return null
  }

  function drain(): TagTold[] {
    const all: TagTold[] = []
    for (const [key, pair] of pairs) {
      if (pair.gathered !== null) {
        all.push(pair.gathered)
        pair.gathered = null
        pair.idleTicks = 0
      } else if (pair.idleTicks + 1 >= FORGET_TICKS) pairs.delete(key)
      else pair.idleTicks += 1
    }
    return all
  }

  return {
    /** A report came at `at_ms`: the reading to tell now, if this is the first of its pair. */
    saw: gather,
    /** What was gathered since the last tick. Called regularly, and once more at the end. */
    tick: drain,
    /** How many pairs are remembered. */
    size: () => pairs.size,
  }
}

function joined(before: TagSeen, after: TagSeen): TagSeen {
  return {
    ...before,
    tid: after.tid ?? before.tid,
    rssi_dbm: strongest(before.rssi_dbm, after.rssi_dbm),
    count: before.count + after.count,
    last_ms: after.last_ms,
  }
}

function strongest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.max(one, other)
}
