import type { Sealed } from '../../module.ts'

/** What became of a call: whoever declines, or has answered, is not called again. */
export const OUTCOMES = ['answered', 'unreached', 'declined'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Every fact of call-back samples; they stand in the register of the hall whose services they are about. */
export interface SampleFacts {
  /** 抽样回访 is ordered: from which services so many are drawn, and the hash of a seed that nobody has read yet. */
  readonly 'rating.sample-ordered': {
    readonly hall: string
    readonly from: string
    readonly to: string
    /** Ids of the services, in their order. */
    readonly population: readonly string[]
    readonly size: number
    /** How many answers are wanted. */
    readonly quota: number
    readonly script: number
    /** SHA-256 of the seed's hexadecimal text. */
    readonly seedHash: string
    readonly seed: Sealed
  }
  /** The seed is told, and what follows from it, from the order's own hash and from the population. */
  readonly 'rating.sample-drawn': { readonly seed: string; readonly services: readonly string[] }
  /** Somebody was called; what he said is no matter of a register. */
  readonly 'rating.sample-called': { readonly service: string; readonly outcome: Outcome; readonly said: Sealed | null }
}
