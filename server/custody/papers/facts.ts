import type { JsonObject, Sealed } from '../../module.ts'
import type { LabelFault } from './label-faults.ts'

/** What names an item and tells people of it: labels, tags, notices. */
export type PapersFacts = {
  /** unit or store, `label/<uuid>`: one issue of one label is to be printed; an earlier one is void. */
  'custody.label-wanted': {
    readonly code: string
    readonly issue: number
    readonly payload: string
    readonly template: string
    readonly station: string
    /** Why it is printed again. */
    readonly reason: Sealed | null
  }
  /** The printer says it is on paper. */
  'custody.label-printed': JsonObject
  /** The printer says it is not on paper. */
  'custody.label-failed': { readonly fault: LabelFault }
  /** Nobody can say; a person has to look. Nothing prints again by itself. */
  'custody.label-unknown': { readonly fault: LabelFault }
  /** The paper label was read back by a scanner: the code counts as labelled. */
  'custody.label-scanned-back': JsonObject
  /** A later issue takes its place; this paper is alarmed when seen. */
  'custody.label-voided': { readonly by: string }
  /**
   * unit, `paper/<uuid>`: a form was filled in, numbered within its unit, form and year, and archived. `sha256` is of the file, which carries a
   * secret mark, so that it cannot be guessed once it is erased; `document` is the file itself.
   */
  'custody.paper-issued': {
    readonly kind: string
    readonly unit: string
    readonly year: number
    readonly serial: number
    readonly number: string
    readonly layout: number
    readonly of: string
    readonly part: string | null
    readonly cases: readonly string[]
    readonly items: readonly string[]
    readonly store: string | null
    readonly check: string
    readonly sha256: string
    readonly bytes: number
    readonly pages: number
    /** Who gets its copies, where that goes by the track of the case. */
    readonly copies?: readonly string[]
    readonly document: Sealed
  }
  /** unit, `paper/<uuid>`: issued anew; both stay in the archive. */
  'custody.paper-replaced': { readonly by: string }
  /** unit, `paper/<uuid>`: the archived file is to be printed by the office printer of this station. */
  'custody.paper-print-wanted': { readonly job: string; readonly station: string }
  /**
   * unit, `paper/<uuid>`: what became of that: `printed` by the printer's own word or by that of a person who looked, `failed` when nothing
   * came out, `unknown` when nobody can say. Nothing prints again by itself.
   */
  'custody.paper-print-settled': {
    readonly job: string
    readonly outcome: 'printed' | 'failed' | 'unknown'
    readonly fault: LabelFault | null
  }
  /** unit or store, where the item is, `item/<code>`: a tag is to be written with the item's EPC by a reader of this station. */
  'custody.tag-wanted': { readonly epc: string; readonly station: string }
  /** The same: the EPC was read back from the tag; `tid` is the chip's own number in hex, null where the reader tells none. */
  'custody.tag-bound': { readonly epc: string; readonly tid: string | null }
  /** The same: the tag is as it was, or nobody knows how it is. `why` is the reader's word for it. */
  'custody.tag-not-written': { readonly outcome: 'failed' | 'unknown'; readonly why: string }
  /** unit or store, `notice/<uuid>`: a head of department is told. `person` is null where the department has no head appointed. */
  'custody.head-told': {
    readonly unit: string
    readonly person: string | null
    readonly about: 'incident'
    readonly items: readonly string[]
    readonly store: string | null
  }
}
