import type { Sealed } from '../../module.ts'

/** 送达回证: that a paper reached whom it is for. */
export type ServiceFacts = {
  /**
   * unit, `paper/<uuid>`: a paper was served. Who took it, why not and who witnessed stand beside the register; `scan` is the picture of the
   * signed receipt. A further one of the same paper stands beside the first: to another receiver, or because the first was wrong.
   */
  'custody.paper-served': {
    readonly kind: string
    /** What it is about, as the paper has it. */
    readonly items: readonly string[]
    readonly way: string
    /** When it was handed over, left, posted back or published. */
    readonly servedAt: string
    /** When it counts as served: what is published takes its days. */
    readonly countsFrom: string
    readonly told: Sealed
    readonly scan: string | null
  }
}
