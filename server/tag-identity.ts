import { randomBytes } from 'node:crypto'
import { encodeGiai96, parseGiai96 } from '../devices/rfid/giai.ts'
import { itemOfReference, itemReference, type ItemNumber } from '../devices/rfid/item-reference.ts'
import { EPC_RANDOM_BYTES, makeEpc, parseEpc } from '../labels/epc.ts'

/** "All others" (GS1 Tag Data Standard, filter values of a GIAI). */
const FILTER = 0

/**
 * The identity that a new item's tag will carry, 24 upper-case hex digits: the item's own number as a GIAI-96 where GS1 has lent the house
 * a company prefix (it fits beside every prefix), else a random one that no GS1 scheme claims.
 */
export function newTagIdentity(item: ItemNumber, companyPrefix: string | null): string {
  const epc =
    companyPrefix === null
      ? makeEpc(randomBytes(EPC_RANDOM_BYTES))
      : encodeGiai96({ companyPrefix, reference: itemReference(item), filter: FILTER })
  if (epc === null) throw new RangeError(`item ${item.unit}-${item.year}-${item.serial} fits no GIAI-96`)
  return epc
}

/** Whether a tag may be one of ours by its form: what it belongs to, if anything, the register of items says. Hex digits in either case. */
export function mayBeOurs(epc: string): boolean {
  if (parseEpc(epc).ok) return true
  const giai = parseGiai96(epc.toUpperCase())
  return giai !== null && itemOfReference(giai.reference) !== null
}
