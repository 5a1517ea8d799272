import { Refusal, type Words } from '../../refusal.ts'
import type { Item } from '../items/item.ts'
import { isSealed } from '../seals/seals.ts'
import type { Weighed } from '../weighing/weights.ts'

/** What was seen of the seal of a thing as it was handed out. */
export type SealSeen = 'intact' | 'broken' | 'none'

/** What was found of a thing as it was handed out; a member is absent where nobody looked, and in entries of the time when nobody had to. */
export type FoundOnHandingOut = { readonly seal?: SealSeen } & Partial<Weighed>

export const sealSeenWords: Readonly<Record<SealSeen, Words>> = {
  intact: { zh: '封条完好', en: 'seal intact' },
  broken: { zh: '封条破损', en: 'seal broken' },
  none: { zh: '无封条', en: 'no seal' },
}

/**
 * The seal of what leaves for good is looked at by who hands it out; a difference stops it. What others keep, or what stays while its papers go,
 * is in nobody's hands: its seal may be left unsaid.
 * @throws Refusal `custody.seal-not-checked`, `custody.seal-found-differs`
 */
export function sealSeen(item: Item, { seal }: { readonly seal?: SealSeen }, stays: boolean): SealSeen | null {
  if (seal === undefined) {
    const isInHand = item.custodyStatus === 'IN_STORE' || item.custodyStatus === 'WITH_CASE_DEPT'
    if (isSealed(item) && isInHand && !stays) throw new Refusal('custody.seal-not-checked', { item: item.code })
    return null
  }
  const { zh, en } = sealSeenWords[seal]
  if (isSealed(item) !== (seal === 'intact'))
    throw new Refusal('custody.seal-found-differs', { item: item.code, found: zh, foundEn: en })
  return seal
}

/** Both together, as the fact keeps them. */
export function foundOnHandingOut(weighed: Weighed, seal: SealSeen | null): FoundOnHandingOut {
  return { ...(weighed.weight_mg === null ? {} : weighed), ...(seal === null ? {} : { seal }) }
}

/** What stands on the receiver's list of the seal that was seen in the act, or was known to be broken before it; null of one that nobody looked at. */
export function sealSeenOf({ disposed, sealStatus }: Item): string | null {
  const seen = disposed?.seal ?? (sealStatus === 'BROKEN' ? 'broken' : undefined)
  return seen === undefined ? null : sealSeenWords[seen].zh
}

/** The same of an act to come: it is written by hand, unless it is broken already. */
export function sealToSee(item: Item, blank: string): string | null {
  return isSealed(item) ? `封条${blank}` : sealSeenOf(item)
}
