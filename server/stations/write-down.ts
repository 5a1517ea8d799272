import type { Log } from '../database/log.ts'
import type { ActivityLog, ActivityRecord } from '../ledger/activity.ts'
import type { Arriving } from './arriving.ts'
import type { Place } from './place.ts'
import type { Say } from './say.ts'

export interface WriteDownDependencies {
  readonly activity: ActivityLog
  readonly log: Log
  /** RFC 3339 UTC with milliseconds. */
  readonly now: () => string
}

/**
 * Writes sign-ins, refusals and faults of a station into the activity log, after they were said; never a code that failed, never a name.
 * What was seen of an item is written before it is shown, by the step itself.
 */
export function writeDown(
  { activity, log, now }: WriteDownDependencies,
  { config, kept }: Place,
  { by, content }: Arriving,
  { outcome, code }: Say,
): void {
  const record = (kind: ActivityRecord['kind'], about: string): void => {
    const person = kept.session.custodian?.id ?? null
    activity
      .record({ at: now(), kind, person, station: config.id, about, outcome: code })
      .catch((error: unknown) => log.warn({ err: error }, 'a verdict could not be recorded'))
  }
  if (content.kind === 'pin') record('sign-in', by)
  else if (outcome === 'fault') record('device', `${by} ${content.kind}`)
  else if (outcome === 'refused') record('refusal', `${by} ${content.kind}`)
}
