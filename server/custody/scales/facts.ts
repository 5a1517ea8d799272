import type { Weighing } from '../weighing/weights.ts'

/** Scales of a store that are tried with a test weight; they stand in the store's register. */
export type ScaleFacts = {
  /** About `scale/<station>.<device>`: what it said of the test weight, and what it might be off. */
  readonly 'custody.scale-checked': {
    readonly store: string
    readonly station: string
    readonly device: string
    /** What the certificate says that the weight is, its class, and the last day of the certificate. */
    readonly test_mg: number
    readonly testClass: string | null
    readonly testUntil: string | null
    readonly tolerance_mg: number
    readonly weight_mg: number
    readonly weighing: Weighing
    readonly passed: boolean
  }
}
