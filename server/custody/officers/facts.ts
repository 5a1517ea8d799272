import type { Sealed } from '../../module.ts'

/** 增加承办人员: who handles a case as well. */
export type OfficerFacts = {
  /** unit, `case/<number>`: these people handle the case from now on, beside those who do. `reason` may name people, so it stands beside the register. */
  'custody.officers-joined': { readonly officers: readonly string[]; readonly reason: Sealed }
}
