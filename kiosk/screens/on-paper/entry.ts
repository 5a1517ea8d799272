/** What is typed from a sheet of paper, as the request wants it. Pure. */

import type { ItemCard, PaperAct } from '../../../server/custody/protocol.ts'
import { sealTyped } from '../../custody/codes.ts'
import { milligramsOf } from '../desk/signing.ts'

/** What stands on the paper beside one item. */
export interface PaperLine {
  readonly item: ItemCard
  grams: string
  sealNumber: string
  seal: string
  condition: string
  location: string
}

export function newLine(item: ItemCard): PaperLine {
  return { item, grams: '', sealNumber: '', seal: '', condition: '', location: '' }
}

const SHELVED: ReadonlySet<PaperAct> = new Set(['check-in', 'give-back'])

export function goesToShelf(act: PaperAct): boolean {
  return SHELVED.has(act)
}

export function isSealed({ sealStatus }: Pick<ItemCard, 'sealStatus'>): boolean {
  return sealStatus.value === 'SEALED' || sealStatus.value === 'RESEALED'
}

/** Whether the act weighs this item. */
export function isWeighed(act: PaperAct, { weighed }: Pick<ItemCard, 'weighed'>): boolean {
  return weighed && act !== 'hand-over'
}

/** One line of the request; null while something that the act asks for is missing or wrong. */
export function lineOf(act: PaperAct, { item, ...typed }: PaperLine): object | null {
  const weight_mg = isWeighed(act, item) ? milligramsOf(typed.grams) : undefined
  if (weight_mg === null) return null
  const location = goesToShelf(act) ? typed.location : undefined
  if (location === '') return null
  const sealNumber = act === 'check-in' && item.seal !== null ? sealTyped(typed.sealNumber) : undefined
  if (sealNumber === '') return null
  const seal = act === 'give-back' && isSealed(item) ? typed.seal : undefined
  const condition = act === 'give-back' ? typed.condition : undefined
  if (seal === '' || condition === '') return null
  const said = { weight_mg, location, sealNumber, seal, condition }
  return { item: item.code, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) }
}

/** Posts by which somebody may have done it. */
export function actsOf(posts: readonly { readonly post: string }[]): readonly PaperAct[] {
  const holds = (wanted: string): boolean => posts.some(({ post }) => post === wanted)
  return [
    ...(holds('officer') ? (['hand-over'] as const) : []),
    ...(holds('custodian') ? (['check-in', 'borrow', 'give-back'] as const) : []),
  ]
}
