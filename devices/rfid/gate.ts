import type { TagSeen } from '../reading.ts'

export interface GateSettings {
  /** Antennas that look at the room inside, and at the way out. */
  readonly inner: readonly number[]
  readonly outer: readonly number[]
  /** First sights of the two sides closer than this say nothing of which was first. */
  readonly order_ms: number
  /** A tag not read for this long has passed, or turned back. */
  readonly quiet_ms: number
}

export const USUAL_GATE: Pick<GateSettings, 'order_ms' | 'quiet_ms'> = { order_ms: 60, quiet_ms: 2000 }

export type Direction = 'out' | 'in'
export type GateSide = 'inner' | 'outer'

/**
 * - `seen`: a tag came into the gate; told at once, so that an alarm need not wait for the direction
 * - `heading`: the second side has seen it: it is on its way
 * - `passed`: it is gone from the gate. `sure` when who saw it first and who saw it last agree; else by where it was loudest last, or by the one
 *   of the two that says something
 * - `turned`: it was seen by one side only, or came back to the side it came from
 */
export type GateEvent =
  | { readonly event: 'seen'; readonly epc: string; readonly side: GateSide; readonly at_ms: number }
  | { readonly event: 'heading'; readonly epc: string; readonly direction: Direction; readonly at_ms: number }
  | {
      readonly event: 'passed'
      readonly epc: string
      readonly direction: Direction
      readonly sure: boolean
      readonly first_ms: number
      readonly last_ms: number
      readonly reads: number
    }
  | {
      readonly event: 'turned'
      readonly epc: string
      /** Where it was seen; null when both sides saw it and neither first. */
      readonly side: GateSide | null
      readonly first_ms: number
      readonly last_ms: number
      readonly reads: number
    }

export interface Gate {
  saw(seen: TagSeen): GateEvent[]
  /** Time has passed: which tags are through. Called several times a second. */
  look(at_ms: number): GateEvent[]
  /** Readings left out, because of antennas of no side or more than {@link GATE_TAGS_MAX} tags at once. */
  ignored(): number
}

/** Tags in the gate at once; a pallet is a few hundred. */
export const GATE_TAGS_MAX = 5000

interface Sights {
  readonly first_ms: number
  readonly last_ms: number
  /** When it was loudest. */
  readonly peak_ms: number
  readonly peak_dbm: number
  readonly reads: number
}

interface Passing {
  readonly epc: string
  inner: Sights | null
  outer: Sights | null
  /** What was said of its direction so far. */
  heading: Direction | null
}

/** Tells the direction of tags through a gate from the first and last sights of the antennas on its two sides. Knows no clock. */
export function gate(settings: GateSettings): Gate {
  const passing = new Map<string, Passing>()
  let ignored = 0

  function sideOf(antenna: number): GateSide | null {
    if (settings.inner.includes(antenna)) return 'inner'
    return settings.outer.includes(antenna) ? 'outer' : null
  }

  /** Which side was first, by more than the order of two antennas in one round. */
  function order(inner_ms: number, outer_ms: number): Direction | null {
    if (Math.abs(inner_ms - outer_ms) < settings.order_ms) return null
    return inner_ms < outer_ms ? 'out' : 'in'
  }

  function verdict({ epc, inner, outer }: Passing): GateEvent {
    const seen = [inner, outer].filter((one) => one !== null)
    const first_ms = Math.min(...seen.map((one) => one.first_ms))
    const last_ms = Math.max(...seen.map((one) => one.last_ms))
    const reads = seen.reduce((sum, one) => sum + one.reads, 0)
    const turned = (side: GateSide | null): GateEvent => ({ event: 'turned', epc, side, first_ms, last_ms, reads })
    const passed = (direction: Direction, sure: boolean): GateEvent => {
      return { event: 'passed', epc, direction, sure, first_ms, last_ms, reads }
    }
    if (inner === null) return turned('outer')
    if (outer === null) return turned('inner')
    const came = order(inner.first_ms, outer.first_ms)
    const went = order(inner.last_ms, outer.last_ms)
    if (came !== null && came === went) return passed(came, true)
    // It came from this side and was last seen there again.
    if (came !== null && went !== null) return turned(came === 'out' ? 'inner' : 'outer')
    const said = came ?? went ?? order(inner.peak_ms, outer.peak_ms)
    return said === null ? turned(null) : passed(said, false)
  }

  return {
    saw(seen) {
      const { epc, antenna, last_ms: at_ms } = seen
      const side = sideOf(antenna)
      const known = passing.get(epc)
      if (side === null || (known === undefined && passing.size >= GATE_TAGS_MAX)) {
        ignored += 1
        return []
      }
      const one: Passing = known ?? { epc, inner: null, outer: null, heading: null }
      passing.set(epc, one)
      one[side] = withSight(one[side], seen)
      const events: GateEvent[] = known === undefined ? [{ event: 'seen', epc, side, at_ms }] : []
      if (one.heading === null && one.inner !== null && one.outer !== null) {
        const direction = order(one.inner.first_ms, one.outer.first_ms)
        one.heading = direction
        if (direction !== null) events.push({ event: 'heading', epc, direction, at_ms })
      }
      return events
    },
    look(at_ms) {
      const events: GateEvent[] = []
      for (const one of passing.values()) {
        const last_ms = Math.max(one.inner?.last_ms ?? -Infinity, one.outer?.last_ms ?? -Infinity)
        if (at_ms - last_ms < settings.quiet_ms) continue
        passing.delete(one.epc)
        events.push(verdict(one))
      }
      return events
    },
    ignored: () => ignored,
  }
}

function withSight(before: Sights | null, { first_ms, last_ms, rssi_dbm, count }: TagSeen): Sights {
  const dbm = rssi_dbm ?? -Infinity
  if (before === null) return { first_ms, last_ms, peak_ms: last_ms, peak_dbm: dbm, reads: count }
  const louder = dbm > before.peak_dbm
  return {
    first_ms: Math.min(before.first_ms, first_ms),
    last_ms: Math.max(before.last_ms, last_ms),
    peak_ms: louder ? last_ms : before.peak_ms,
    peak_dbm: louder ? dbm : before.peak_dbm,
    reads: before.reads + count,
  }
}
