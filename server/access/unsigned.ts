import type { ActivityLog, ActivityRecord } from '../ledger/activity.ts'
import { oneHost } from './place.ts'

/** What people who are not signed in are refused is written down within these bounds a window; beyond them it is counted. */
const WINDOW_MS = 10 * 60_000
export const RECORDS_AN_ADDRESS = 20
export const RECORDS_A_WINDOW = 200
/** Addresses told apart while counting; more of them count as one. */
const ADDRESSES_MAX = 256
/** Addresses with a line of their own at the end of a window; the rest share one. */
const LINES_MAX = 32
const OTHERS = '*'

export interface UnsignedLog {
  /** Writes down what somebody did who is not signed in, or counts it. Resolves when it is on disk or counted. */
  record(address: string, record: ActivityRecord): Promise<void>
  /** Writes what was counted. */
  close(): Promise<void>
}

interface Counted {
  all: number
  unwritten: number
}

/**
 * The part of the activity log that anybody can write to, without a name. It must not grow as fast as somebody can send, and it must not
 * hide that he did: of each address the first records of ten minutes stand one by one, of all addresses together the first two hundred; what
 * comes after is counted by address and written as one line each (`access.flood`) when the ten minutes end. So a window costs 233 records at most.
 */
export function openUnsignedLog(activity: ActivityLog, now: () => string, window_ms = WINDOW_MS): UnsignedLog {
  let addresses = new Map<string, Counted>()
  let written = 0
  let ending: NodeJS.Timeout | null = null
  const flushing = new Set<Promise<void>>()

  const end = async (): Promise<void> => {
    if (ending !== null) clearTimeout(ending)
    ending = null
    const counted = [...addresses].filter(([, { unwritten }]) => unwritten > 0)
    addresses = new Map()
    written = 0
    counted.sort(([, a], [, b]) => b.unwritten - a.unwritten)
    const lines = counted.slice(0, LINES_MAX).map(([address, { unwritten }]) => `${address} × ${unwritten}`)
    const rest = counted.slice(LINES_MAX)
    if (rest.length > 0) {
      const sum = rest.reduce((total, [, { unwritten }]) => total + unwritten, 0)
      lines.push(`${OTHERS} (${rest.length}) × ${sum}`)
    }
    await Promise.all(
      lines.map((about) =>
        activity.record({
          ...{ at: now(), kind: 'refusal', person: null, station: null },
          ...{ about, outcome: 'access.flood' },
        }),
      ),
    )
  }

  return {
    record: async (address, record) => {
      const host = oneHost(address)
      const key = addresses.has(host) || addresses.size < ADDRESSES_MAX ? host : OTHERS
      const counted = addresses.get(key) ?? { all: 0, unwritten: 0 }
      addresses.set(key, counted)
      counted.all += 1
      ending ??= setTimeout(() => {
        // What cannot be written now, the database being away, was a refusal without effect.
        const flushed = end().catch(() => undefined)
        flushing.add(flushed)
        void flushed.then(() => flushing.delete(flushed))
      }, window_ms).unref()
      if (counted.all > RECORDS_AN_ADDRESS || written >= RECORDS_A_WINDOW) {
        counted.unwritten += 1
        return
      }
      written += 1
      await activity.record(record)
    },
    close: async () => {
      await Promise.all(flushing)
      await end()
    },
  }
}
