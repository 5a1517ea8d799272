import type { Reading } from '../../devices/reading.ts'

/** No hand takes a badge away and shows it again in less; a reader sends one that lies there several times in this. */
const HELD_MS = 300

/**
 * What a sight is to the ones before it: `first`, or of the same thing within the repeat window of its device: still `held` there, or
 * shown `again`.
 */
export type Sight = 'first' | 'held' | 'again'

/** Remembers when each device last saw what it sees, as long as it sees the same. */
export function openSights(): (reading: Reading) => Sight {
  const lastAt = new Map<string, number>()
  return ({ station, device, at, value }) => {
    const key = `${station} ${device}`
    const before_ms = lastAt.get(key)
    const now_ms = Date.parse(at)
    lastAt.set(key, now_ms)
    if (!isRepeated(value) || before_ms === undefined) return 'first'
    return now_ms - before_ms < HELD_MS ? 'held' : 'again'
  }
}

/** Whether a device says that it has just seen this. */
export function isRepeated(value: Reading['value']): boolean {
  return (value.kind === 'scan' || value.kind === 'badge') && value.repeats !== undefined && value.repeats !== null
}
