/** What an item code says without its letter and check characters; the same parts that the label's code is made of. */
export interface ItemNumber {
  /** Two characters of 0-9 A-Z. */
  readonly unit: string
  /** 2000 to 2099. */
  readonly year: number
  /** 1 to 9,999,999. */
  readonly serial: number
}

const SERIALS = 10_000_000
const YEARS = 100
const UNITS = 36 * 36

/**
 * An item's number as the asset reference of its GIAI: unit, year and serial as one whole number below 2^41, so that it fits GIAI-96 beside any
 * company prefix, and the code on the label can be told from the tag alone.
 *
 * @throws RangeError when a part lies outside its range
 */
export function itemReference({ unit, year, serial }: ItemNumber): string {
  if (!/^[0-9A-Z]{2}$/.test(unit)) throw new RangeError(`unit number must be two of 0-9 A-Z: ${JSON.stringify(unit)}`)
  if (!Number.isInteger(year) || year < 2000 || year > 2099) throw new RangeError(`year out of range: ${year}`)
  if (!Number.isInteger(serial) || serial < 1 || serial >= SERIALS)
    throw new RangeError(`serial out of range: ${serial}`)
  return String((Number.parseInt(unit, 36) * YEARS + (year - 2000)) * SERIALS + serial)
}

/** The item that a reference names; null for a reference that {@link itemReference} does not make. */
export function itemOfReference(reference: string): ItemNumber | null {
  if (!/^[1-9][0-9]{0,12}$/.test(reference)) return null
  const number = Number(reference)
  const serial = number % SERIALS
  const unitAndYear = Math.floor(number / SERIALS)
  const unit = Math.floor(unitAndYear / YEARS)
  if (serial === 0 || unit >= UNITS) return null
  return { unit: unit.toString(36).toUpperCase().padStart(2, '0'), year: 2000 + (unitAndYear % YEARS), serial }
}
