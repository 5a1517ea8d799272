import type { Sealed } from '../../module.ts'

/** What things have to do with the case. */
export type RelevanceFacts = {
  /** unit or store, where the item is, `item/<code>`: which facts of the case it proves. In the place of what was said before. */
  'custody.relevance-stated': { readonly relevance: Sealed }
}
