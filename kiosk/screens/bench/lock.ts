/** The time until a bench locks by itself. */

/** No bench waits longer; a browser whose clock is wrong must not promise more. */
export const LOCK_MS = 120_000
/** From here on it is said louder. */
export const SOON_MS = 20_000

/** Milliseconds left at `now_ms`, 0 to {@link LOCK_MS}; null when nothing is due to lock. */
export function leftUntilLock(locksAt: string | null, now_ms: number): number | null {
  return locksAt === null ? null : Math.min(LOCK_MS, Math.max(0, Date.parse(locksAt) - now_ms))
}

/** `1:05`. */
export function minutes(left_ms: number): string {
  const seconds = Math.ceil(left_ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
