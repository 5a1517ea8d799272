/** 立案: since when a case is one, by what document. */
export type FilingFacts = {
  /** unit, `case/<number>`: the case was filed on this local day. */
  'custody.case-filed': { readonly filedOn: string; readonly document: string }
}
