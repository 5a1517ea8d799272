import type { MeasureStatus } from '../axes.ts'

/** Who asked for leave, and who gave it. */
export type Granted = {
  readonly approval: string
  readonly requester: string
  readonly approver: string
}

/** 呈批: what is agreed about a measure before it is taken, and what is decided about it afterwards. */
export type MeasureFacts = {
  /** unit, `case/<number>`: 呈批获准; a measure of this kind may be taken in the case until `validUntil`. */
  'custody.measure-approved': Granted & { readonly kind: MeasureStatus; readonly validUntil: string }
  /** unit, `item/<code>`: 补办批准; the measure that was taken on the spot was approved afterwards. */
  'custody.measure-confirmed': Granted
  /**
   * unit, `item/<code>`: 转为正式措施; what was handed in voluntarily is held under a measure of this kind and notice from now on. `film`: its
   * recording is owed from now on, to whose case and officers; absent where it is whole or not needed, and in entries from before it was asked.
   */
  'custody.surrender-converted': Granted & {
    readonly kind: MeasureStatus
    readonly noticeNumber: string
    readonly film?: { readonly case: string; readonly officers: readonly string[] }
    /** Why its recording was not entered yet; absent where nothing was said. In clear: nobody is named in it. */
    readonly recordingLater?: string
  }
}
