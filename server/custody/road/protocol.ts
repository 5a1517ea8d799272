import type { Holder } from '../items/protocol.ts'

/** Why an item is not where it is kept: on its way between stores, on loan, at an appraiser. */
export type RoadKind = 'transit' | 'loan' | 'appraisal'

/** 在途、在外: an item that is with somebody on the road, for a time. */
export interface OnTheRoad {
  readonly code: string
  readonly name: string
  readonly case: string
  readonly kind: RoadKind
  /** Who carries or has it; of an appraisal, who sent it. */
  readonly who: Holder
  /** The appraiser; null where a colleague has it. */
  readonly institution: string | null
  /** The store that gave it out. */
  readonly from: Holder | null
  /** The store it goes to; null where it comes back to where it was. */
  readonly to: Holder | null
  /** The order or commission that it goes under; null for a loan. */
  readonly document: string | null
  readonly since: string
  readonly dueAt: string
  readonly overdue: boolean
}
