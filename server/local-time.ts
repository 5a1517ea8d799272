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
