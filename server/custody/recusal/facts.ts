import type { Sealed } from '../../module.ts'
import type { RecusalGround } from './grounds.ts'

/** 回避: who has no part in a case any more. */
export type RecusalFacts = {
  /**
   * unit, `case/<number>`: this person handles, approves and keeps nothing of the case from now on. `reason` names a relation, so it stands
   * beside the register; `successors` handle the case in his place.
   */
  'custody.recused': {
    readonly person: string
    readonly ground: RecusalGround
    readonly reason: Sealed
    readonly successors: readonly string[]
  }
}
