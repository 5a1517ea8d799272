/** What an item comes back with, as it is typed where it is compared. Pure. */

import type { ItemCard } from '../../../server/custody/protocol.ts'
import { milligramsOf } from '../desk/signing.ts'

export interface Compared {
  grams: string
  seal: string
  condition: string
  location: string
}

export const NOTHING_COMPARED: Readonly<Compared> = { grams: '', seal: '', condition: '', location: '' }

type Item = Pick<ItemCard, 'code' | 'weighed' | 'sealStatus'>

export function isSealed({ sealStatus }: Pick<Item, 'sealStatus'>): boolean {
  return sealStatus.value === 'SEALED' || sealStatus.value === 'RESEALED'
}

/** Whether everything is said that its class and its seal ask for. */
export function isCompared(item: Item, { grams, seal, condition, location }: Compared): boolean {
  return isWeighedIn(item, grams) && location !== '' && condition !== '' && (!isSealed(item) || seal !== '')
}

export function isWeighedIn({ weighed }: Pick<Item, 'weighed'>, grams: string): boolean {
  return !weighed || milligramsOf(grams) !== null
}

export function weightIn({ weighed }: Pick<Item, 'weighed'>, grams: string): { readonly weight_mg?: number | null } {
  return weighed ? { weight_mg: milligramsOf(grams) } : {}
}

/** The line of the act. */
export function comparedLine(item: Item, { grams, seal, condition, location }: Compared): object {
  return { item: item.code, location, condition, ...weightIn(item, grams), ...(isSealed(item) ? { seal } : {}) }
}
