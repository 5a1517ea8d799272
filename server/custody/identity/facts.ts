import type { Sealed } from '../../module.ts'

/** 化名 (rules P-04): who stands behind a name that was given to protect somebody. */
export type IdentityFacts = {
  /** unit or store, where the item is, `item/<code>`: two people looked up who the holder or the witness really is, and why. */
  'custody.identity-opened': { readonly whose: 'holder' | 'witness'; readonly reason: Sealed }
}
