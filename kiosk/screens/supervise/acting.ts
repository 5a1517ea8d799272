/** What an act at an item's page sends, by what was typed. Pure. */

import { sealTyped } from '../../custody/codes.ts'
import type { ItemAct, ItemCard } from '../../../server/custody/protocol.ts'
import { signaturesOf, type Signing } from '../desk/signing.ts'

export interface TypedAct {
  /** Why, or what is wrong with the thing. */
  readonly reason: string
  /** Of the new seal, typed or scanned. */
  readonly number: string
  readonly kind: string
  readonly broken: boolean
  /** What was put right, by the member of the request. */
  readonly changes: object
  /** The number that the seal really has; null where it stays. */
  readonly newSeal: string | null
  readonly signers: readonly Signing[]
}

/** The body of the act's request. What lies under one seal is opened and renumbered together. */
export function bodyOfAct(
  act: ItemAct,
  { code, sealedWith }: Pick<ItemCard, 'code' | 'sealedWith'>,
  { reason, number, kind, broken, changes, newSeal, signers }: TypedAct,
): object {
  const signed = signaturesOf(signers)
  const signatures = signed.length === 0 ? {} : { signatures: signed }
  switch (act) {
    case 'seal':
      return { items: [code], number: sealTyped(number), ...signatures }
    case 'unseal':
      return { items: [code, ...sealedWith], reason: reason.trim(), ...signatures }
    case 'incident':
      return { items: [code], kind, note: reason.trim(), ...(broken ? { sealBroken: true } : {}) }
    case 'correct': {
      const renumbered = newSeal === null ? {} : { sealNumber: newSeal }
      const others = newSeal === null ? [] : sealedWith.map((item) => ({ item, ...renumbered }))
      return { items: [{ item: code, ...changes, ...renumbered }, ...others], reason: reason.trim(), ...signatures }
    }
  }
}
