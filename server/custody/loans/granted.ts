import { Refusal } from '../../refusal.ts'
import type { Item, Reservation } from '../items/item.ts'
import type { Borrow } from '../schemas.ts'

/**
 * The grant under which an item goes out now: by itself, or as part of the whole box that was granted.
 * @throws Refusal `custody.not-approved`, `custody.grant-lapsed`, `custody.due-in-past`, `custody.container-granted`, `custody.container-not-granted`
 */
export function grantOf(
  item: Item,
  { approval, container }: Pick<Borrow, 'approval' | 'container'>,
  at: string,
): Reservation {
  const { reservation } = item
  if (reservation === null || reservation.approval !== approval)
    throw new Refusal('custody.not-approved', { item: item.code })
  const { validUntil, dueAt } = reservation
  if (validUntil < at) throw new Refusal('custody.grant-lapsed', { item: item.code, validUntil })
  if (dueAt <= at) throw new Refusal('custody.due-in-past', { dueAt })
  if (container === reservation.container) return reservation
  throw reservation.container === undefined
    ? new Refusal('custody.container-not-granted', { item: item.code })
    : new Refusal('custody.container-granted', { item: item.code, container: reservation.container })
}
