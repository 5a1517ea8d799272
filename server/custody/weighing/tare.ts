import { Refusal } from '../../refusal.ts'
import type { Item } from '../items/item.ts'
import { rules } from '../rules.ts'
import { gramsOf, type Weighed } from './weights.ts'

/** Sizes of evidence bags whose empty weight is known. */
export const BAGS = ['S', 'M', 'L'] as const
export type Bag = (typeof BAGS)[number]

/** What an item weighs without its bag; hand-overs compare the whole with the whole. */
export type Tare = {
  readonly gross_mg: number
  readonly tare_mg: number
  readonly net_mg: number
  /** Null where the empty bag was weighed before, and its size does not say its weight. */
  readonly bag: Bag | null
}

/** What an empty bag of this size weighs. */
export function bagWeight(bag: Bag): number {
  return rules.bag_tare_mg.value[bag]
}

/**
 * The net weight of what is weighed in its sealed bag, by the bag's size or by what it weighed empty; null where nothing is said of a bag.
 * @throws Refusal `custody.tare-unfit`
 */
export function tareOf(
  { code, sealStatus }: Pick<Item, 'code' | 'sealStatus'>,
  { weight_mg }: Weighed,
  { bag, tare_mg }: { readonly bag?: Bag; readonly tare_mg?: number },
): Tare | null {
  if (bag === undefined && tare_mg === undefined) return null
  const empty = tare_mg ?? bagWeight(bag ?? 'S')
  const isSealed = sealStatus === 'SEALED' || sealStatus === 'RESEALED'
  if (weight_mg === null || !isSealed || empty <= 0 || empty >= weight_mg)
    throw new Refusal('custody.tare-unfit', { item: code, tare: gramsOf(empty) })
  return { gross_mg: weight_mg, tare_mg: empty, net_mg: weight_mg - empty, bag: bag ?? null }
}
