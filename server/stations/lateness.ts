import type { Session } from './session.ts'
import { refused, type Say } from './say.ts'

/** Older than this when its turn comes, a scan is refused: whoever made it has long looked elsewhere. */
export const STALE_MS = 5_000
/** The same code again within this time is the trigger, not the hand. */
export const DOUBLE_SCAN_MS = 1_000
/** Clocks of an agent or browser may run ahead of ours by this much. */
const AHEAD_MS = 2_000

/** How an input came: from which device or screen, made when, and for which step when it came from a screen. */
export interface Arrival {
  readonly by: string
  readonly at: string
  readonly step: number | null
  readonly now: string
}

/** Why an input comes too late to mean what its maker thought, or null when it does not. */
export function tooLate(session: Session, { by, at, step, now }: Arrival): Say | null {
  // What answers this very step means what it meant, however long a busy machine took over it.
  if (step !== null) return step === session.step ? null : refused('stations.step-over')
  const age_ms = Date.parse(now) - Date.parse(at)
  if (age_ms > STALE_MS || age_ms < -AHEAD_MS)
    return refused('stations.stale', { seconds: Math.round(Math.abs(age_ms) / 1_000) })
  // Who moved the step on knows that it moved; somebody at another device could not have seen it yet.
  const movedByOther = session.stepBy !== '' && session.stepBy !== by
  const before_ms = Date.parse(session.stepAt) - Date.parse(at)
  // A step that began further ahead began before the clock was put back.
  return movedByOther && before_ms > 0 && before_ms <= STALE_MS ? refused('stations.step-over') : null
}

/** Whether this scan is the last one again. */
export function isRepeat({ lastShown }: Session, text: string, at: string): boolean {
  return (
    lastShown !== null &&
    lastShown.text === text &&
    Math.abs(Date.parse(at) - Date.parse(lastShown.at)) <= DOUBLE_SCAN_MS
  )
}

/** Whether nothing else was shown since, and the station still asks what it asked after it: showing this again would say nothing new. */
export function isAnswered({ lastShown, step }: Session, text: string): boolean {
  return lastShown !== null && lastShown.text === text && lastShown.step === step
}
