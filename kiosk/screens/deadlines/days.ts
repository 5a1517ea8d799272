/** Between which days a day that is asked for may lie, as the server has it; the form says so before it is sent. */

import type { DeadlineDeed, ShownDeadline } from '../../../server/clock/protocol.ts'
import { formatTime } from '../../format.ts'

/** Days in the organisation's zone, both counted in: `2026-11-23`. */
export interface Days {
  readonly from: string
  readonly until: string
}

type Asked = Pick<ShownDeadline, 'from' | 'dueAt' | 'appraisal' | 'reviewUntil'>

const DAY_MS = 86_400_000
const dayOf = (at: string): string => formatTime(at, 'day')
const shifted = (at: string, by_ms: number): string => dayOf(new Date(Date.parse(at) + by_ms).toISOString())

/**
 * 中止: the day on which an appraisal began; 恢复: on which it ended; 延长 by its cause: the day of review; 缩短: the earlier last day. Null where no
 * day is asked for.
 */
export function daysFor(deed: DeadlineDeed, { from, dueAt, appraisal, reviewUntil }: Asked, now: string): Days | null {
  switch (deed) {
    case 'pause-deadline':
      return { from: appraisal?.endedOn ?? dayOf(from), until: dayOf(now) }
    case 'resume-deadline':
      return appraisal === null ? null : { from: appraisal.begins, until: dayOf(now) }
    // A term ends at 24:00: its last day is the one before.
    case 'extend-deadline':
      return reviewUntil === null ? null : { from: dayOf(dueAt), until: reviewUntil }
    case 'shorten-deadline':
      return { from: dayOf(now), until: shifted(dueAt, -1 - DAY_MS) }
    default:
      return null
  }
}

export function isWithin({ from, until }: Days, day: string): boolean {
  return day >= from && day <= until
}
