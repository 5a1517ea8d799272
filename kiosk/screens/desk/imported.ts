import type { BothWords } from '../../notice.ts'

/** What the server says of a table that it tried, whatever the table is of. */
export interface TriedTable {
  readonly faults: readonly { readonly row: number; readonly column: BothWords | null; readonly what: BothWords }[]
  readonly corrected: string | null
}
