import { sealWords } from '../axes.ts'
import { Refusal, type RefusalValues } from '../../refusal.ts'
import type { Seal } from '../custody.ts'
import type { Item } from '../items/item.ts'

/**
 * A seal's number stands for one sealing: one bag, closed once by the same people at the same time. It may hold several items of one case
 * that are registered together; opened, it gets a new number and the old one is never used again (rules C-14, C-30).
 */

/** Those of the numbers asked for that an item wears or ever wore. */
export type Seals = ReadonlySet<string>

/**
 * The seals of one registration, line by line.
 * @throws Refusal `custody.seal-taken` for a number that was registered before, or that this registration gives to another sealing
 */
export class FreshSeals {
  readonly #known: Seals
  readonly #given = new Map<string, Seal>()

  constructor(known: Seals) {
    this.#known = known
  }

  take(seal: Seal, place: RefusalValues): void {
    const earlier = this.#given.get(seal.number)
    if (this.#known.has(seal.number) || (earlier !== undefined && !isOneSealing(earlier, seal)))
      throw new Refusal('custody.seal-taken', { number: seal.number, ...place })
    this.#given.set(seal.number, seal)
  }
}

function isOneSealing(one: Seal, other: Seal): boolean {
  return one.sealedAt === other.sealedAt && [...one.signers].sort().join() === [...other.signers].sort().join()
}

/** A seal that is no more: opened by those who may, found broken and replaced, or written down under a wrong number. */
export type RetiredSeal = Seal & { readonly endedAt: string; readonly end: 'OPENED' | 'BROKEN' | 'WRITTEN_WRONGLY' }

/** The seals an item wore before, with the one that ends now; nothing where it wears none. */
export function retired(
  { seal, retiredSeals = [] }: Pick<Item, 'seal' | 'retiredSeals'>,
  endedAt: string,
  end: RetiredSeal['end'],
): { readonly retiredSeals?: readonly RetiredSeal[] } {
  return seal === null ? {} : { retiredSeals: [...retiredSeals, { ...seal, endedAt, end }] }
}

/** Whether it is closed with a seal that was whole when it was last looked at. */
export function isSealed({ sealStatus }: Pick<Item, 'sealStatus'>): boolean {
  return sealStatus === 'SEALED' || sealStatus === 'RESEALED'
}

/**
 * What was opened, or whose seal was found broken, goes to no shelf before two officers have sealed it again (rules C-30).
 * @throws Refusal `custody.seal-needed`
 */
export function mustBeClosed({ code, sealStatus }: Pick<Item, 'code' | 'sealStatus'>): void {
  if (sealStatus === 'OPENED' || sealStatus === 'BROKEN') {
    const words = sealWords[sealStatus]
    throw new Refusal('custody.seal-needed', { item: code, is: words.zh, isEn: words.en })
  }
}
