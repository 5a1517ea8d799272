import type { Sealed } from '../../module.ts'

/** 签名原件扫描: what people signed by hand on an issued paper. */
export type ScanFacts = {
  /**
   * unit, `paper/<uuid>`: the signed sheets of a paper as they were photographed or scanned, in their order, by the hash of each original.
   * A later one takes the place of the one before, which stays; the reason for it stands beside the register.
   */
  'custody.paper-scanned': {
    readonly kind: string
    /** What it is about, as the paper has it. */
    readonly items: readonly string[]
    readonly pages: readonly string[]
    /** Null for the first. */
    readonly reason: Sealed | null
  }
}
