/** 办理要点核对: what was seen to when a measure was taken. */
export type ChecklistFacts = {
  /** unit, `case/<number>`: whoever writes this says of the measure of this notice that these points were seen to. */
  'custody.measure-checked': { readonly notice: string; readonly points: readonly string[] }
}
