/** Moments as a field shows them, in the time of the house. Pure. */

const HOUSE = new Intl.DateTimeFormat('sv-SE', {
  ...{ timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' },
})
const OFFSET = '+08:00'
const DAY_MS = 86_400_000

/** `2026-03-02T10:31:00`, by the second, as the house's clock shows it. */
export function localOf(at: string): string {
  return HOUSE.format(new Date(at)).replace(' ', 'T')
}

/** What a field says, in UTC; null where it is no moment. */
export function momentOf(local: string): string | null {
  const at = new Date(`${local}${OFFSET}`)
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** What of a sign-on lies on a day, up to now: what is offered to be corrected. */
export function onDay(
  { from, until }: { readonly from: string; readonly until: string | null },
  day: string,
  now: string,
): { readonly from: string; readonly until: string } {
  const begin = new Date(`${day}T00:00:00${OFFSET}`).toISOString()
  const end = new Date(Date.parse(begin) + DAY_MS).toISOString()
  const last = until ?? now
  return { from: from > begin ? from : begin, until: last < end ? last : end }
}
