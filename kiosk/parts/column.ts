/** A column of a table. */
export interface Column<Row> {
  readonly id: string
  readonly label: string
  readonly align?: 'start' | 'end'
  /** Any CSS length; the rest is shared. */
  readonly width?: string
  /** Plain text of the cell; a `cell` snippet may draw it instead. */
  readonly text: (row: Row) => string
  /** Codes and hashes: even figures, never broken by a space. */
  readonly code?: boolean
  /** Words that a person wrote: a run without a space breaks anywhere rather than push the other columns out of sight. */
  readonly written?: boolean
  /** Its head sorts the rows; the screen does the sorting. */
  readonly sortable?: boolean
}
