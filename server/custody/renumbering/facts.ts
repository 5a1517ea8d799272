import type { Sealed } from '../../module.ts'

/** 更正案号: by what number a case goes. */
export type RenumberingFacts = {
  /**
   * unit, `case/<number>`: the number that the case went by was written wrongly; it goes by another from now on. The subject stays what was
   * registered, so that nothing which names it has to change. `wrong` is the fact that gave the wrong number, and stays as it is.
   */
  'custody.case-renumbered': {
    readonly was: string
    readonly is: string
    readonly wrong: { readonly register: string; readonly seq: number; readonly hash: string }
    readonly signers: readonly string[]
    readonly reason: Sealed
  }
}
