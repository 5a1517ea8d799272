import { Refusal, type RefusalValues } from '../refusal.ts'
import type { Seal } from './custody.ts'

/**
 * A seal's number stands for one sealing: one bag, closed once by the same people at the same time. It may hold several items of one case
 * that are registered together; opened, it gets a new number and the old one is never used again (rules C-14, C-30).
 */

/** Numbers that items were registered with before. */
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
