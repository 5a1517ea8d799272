import type { Words } from '../../refusal.ts'
import type { Track } from '../axes.ts'
import type { Named } from '../../names.ts'

/** A table of cases as it was tried: `cases` that could be read, and everything that is wrong, by row and column. */
export interface TriedCases {
  readonly cases: readonly {
    readonly row: number
    readonly number: string
    readonly title: string
    readonly track: Track
    readonly unit: Named
    readonly officers: readonly Named[]
    readonly filedOn: string | null
    /** The same case has its account already: nothing is done about it. */
    readonly there: boolean
  }[]
  readonly faults: readonly { readonly row: number; readonly column: Words | null; readonly what: Words }[]
  /** The same table as CSV with what is wrong in front of each row; null where nothing is, and where it was no file. */
  readonly corrected: string | null
}
