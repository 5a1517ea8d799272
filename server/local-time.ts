/** The organ's time zone: paper carries local days (contract: times are stored in UTC and shown in the organisation's zone). */
export const ZONE = 'Asia/Shanghai'

/** `2026-11-21` where the organ is. */
export function localDay(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date(at))
}

/** `2026-11-21 09:48` where the organ is. */
export function localMinute(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(at),
  )
}

/** The last day that still counts: what is due at 24:00 of a day is due on that day, and not on the next. */
export function lastLocalDay(dueAt: string): string {
  return localDay(new Date(Date.parse(dueAt) - 1).toISOString())
}

/** When something is due, `2026-11-21 17:30`; the end of a day is `2026-11-21 24:00`, since midnight of the next would read as a day more. */
export function localDue(dueAt: string): string {
  const minute = localMinute(dueAt)
  return minute.endsWith(' 00:00') ? `${lastLocalDay(dueAt)} 24:00` : minute
}
