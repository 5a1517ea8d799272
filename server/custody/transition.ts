import type { Words } from '../refusal.ts'
import type { Axes, CustodyStatus, DispositionStatus, MeasureStatus, SealStatus } from './axes.ts'
import type { FactType } from './custody.ts'
import type { CustodyRefusal } from './refusals.ts'

/** One allowed move of an item, as the table of rules 7.2 has it. */
export interface Transition {
  /** Row of the table. */
  readonly row: number
  readonly name: Words
  readonly fact: FactType
  /** Where an axis is named, the item must stand on one of these. */
  readonly from: {
    readonly measureStatus?: readonly MeasureStatus[]
    readonly custodyStatus?: readonly CustodyStatus[]
    readonly sealStatus?: readonly SealStatus[]
    readonly dispositionStatus?: readonly DispositionStatus[]
  }
  /** What changes; an axis that is not named stays. */
  readonly to: Partial<Axes>
  /** Whether it may happen while an incident is open. */
  readonly whileFrozen: boolean
  readonly who: Words
  readonly document: string
  /** What stops it beyond the axes, by the code of the refusal. */
  readonly guards: readonly CustodyRefusal[]
}

/** What every act of a custodian at the store is asked first. */
export const AT_STORE = ['custody.not-your-store', 'custody.wrong-station', 'custody.before-last-event'] as const
/** Not disposed of yet: it may be lent and proposed for disposal. */
export const UNDISPOSED = ['NONE', 'PROPOSED', 'IN_REVIEW', 'APPROVED'] as const
/** 扣管分离: who keeps is apart from who handles the case. */
export const APART = ['custody.officer-keeps', 'custody.same-department'] as const
