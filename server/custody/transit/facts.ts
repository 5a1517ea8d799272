import type { SealStatus } from '../axes.ts'
import type { PointVerdict } from '../fact-shapes.ts'
import type { Weighed } from '../weighing/weights.ts'

/** 库间移交: items on their way from one store to another, in the hands of somebody who signed for them. */
export type TransitFacts = {
  /** store, `item/<code>`: the giver's side; out of its shelf with what it weighed and the state of its seal. */
  'custody.dispatched': Weighed & {
    readonly store: string
    readonly to: string
    readonly location: string
    readonly carrier: string
    readonly document: string
    readonly dueAt: string
    readonly sealStatus: SealStatus
  }
  /** unit, `item/<code>`: the carrier's side; he holds it from now on. */
  'custody.carried': {
    readonly from: string
    readonly to: string
    readonly carrier: string
    /** Absent in entries of the time when the giver's side alone said it. */
    readonly case?: string
    readonly dueAt?: string
  }
  /** unit, `item/<code>`: the carrier's side of the arrival. */
  'custody.brought': { readonly to: string; readonly carrier: string }
  /** store, `item/<code>`: compared with how it went and taken in; the other store holds it from now on. */
  'custody.arrived': Weighed & {
    readonly store: string
    readonly from: string
    readonly location: string
    readonly container?: string
    readonly points: readonly PointVerdict[]
  }
}
