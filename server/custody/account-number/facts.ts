import type { Sealed } from '../../module.ts'

/** 查询账号 (rules T-14): the number of a deposit, a security or a card, which every answer else shows masked. */
export type AccountNumberFacts = {
  /** unit or store, where the item is, `item/<code>`: somebody dedicated to it read the whole number, and why; never the number. */
  'custody.account-number-opened': { readonly reason: Sealed }
}
